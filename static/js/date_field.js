// A calendar beside a date field. The field stays typable: the calendar is fetched when its button is first pressed.
import { latinDigits, persianDigits } from "./digits.js";

let ready, shown;

function load(button) {
  ready ??= Promise.all([
    sheet(button.dataset.calendarCss),
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = button.dataset.calendarJs;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }),
  ]).then(() => {
    document.addEventListener("keydown", backToField, true);
    window.jalaliDatepicker.startWatch({
      autoShow: false,
      autoReadOnlyInput: false,
      persianDigits: true,
      showTodayBtn: true,
      showEmptyBtn: false,
      showCloseBtn: true,
      maxDate: "attr",
      selector: "input[data-jalali-date]",
    });
  });
  return ready;
}

// Closed with Escape, the calendar takes the focus from its field.
function backToField(event) {
  const isOpen = document.querySelector("jdp-container")?.style.visibility === "visible";
  if (event.key === "Escape" && isOpen) setTimeout(() => shown.focus());
}

function sheet(href) {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

const MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(" ");

// As 1403/08/22, or empty: the calendar reads Latin digits with slashes alone.
export function readable(typed) {
  const numbered = MONTHS.reduce((text, name, place) => text.replace(name, ` ${place + 1} `), latinDigits(typed));
  const parts = numbered.replace(/^\s*(\d{4})(\d\d)(\d\d)\s*$/, "$1/$2/$3").match(/\d+/g) ?? [];
  if (parts[2]?.length === 4) parts.reverse();
  const [year, month, day] = parts;
  if (parts.length !== 3 || !/^1[345]\d\d$/.test(year)) return "";
  return `${year}/${month.padStart(2, "0")}/${day.padStart(2, "0")}`;
}

export function enhance(input) {
  const button = input.parentElement.querySelector("[data-calendar]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await load(button);
    const typed = input.value;
    input.value = readable(typed);
    input.focus();
    window.jalaliDatepicker.show(input);
    shown = input;
    input.value = typed;
  });
  input.addEventListener("jdp:change", () => {
    input.value = persianDigits(input.value);
  });
}
