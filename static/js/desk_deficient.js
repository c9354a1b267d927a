// «اعلام نقص»: reasons are found by code or words and added without a new page; the SMS tells how many.
import { persianDigits, latinDigits } from "./digits.js";
import { tell } from "./sms_preview.js";

const plain = (text) =>
  latinDigits(text)
    .replace(/ي/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[آأإ]/g, "ا")
    .replace(/[\u200c\s]+/g, " ")
    .toLowerCase();

export function enhance(form) {
  const rows = form.querySelector("[data-found]");
  const template = form.querySelector("[data-found-template]");
  const total = form.querySelector("[name$=TOTAL_FORMS]");
  const search = form.querySelector("[data-reason-search]");
  const list = form.querySelector("[data-reasons]");
  const send = form.querySelector("[data-deficient-send]");
  const reasons = [...list.querySelectorAll("[data-reason]")].map((button) => ({
    button,
    item: button.closest("li"),
    key: plain(button.textContent),
  }));

  function count() {
    const number = rows.querySelectorAll("[data-found-row]").length;
    send.textContent = number ? `اعلام ${persianDigits(number)} نقص و ارسال پیامک` : "اعلام نقص و ارسال پیامک";
    tell(form.querySelector("[data-sms]"), String(Math.max(number, 1)));
  }

  function narrow() {
    const words = plain(search.value).trim().split(" ").filter(Boolean);
    for (const one of reasons) one.item.hidden = !words.every((word) => one.key.includes(word));
    for (const group of list.querySelectorAll("ul")) {
      const isEmpty = !group.querySelector("li:not([hidden])");
      group.hidden = isEmpty;
      group.previousElementSibling.hidden = isEmpty;
    }
    list.open = words.length > 0 || list.open;
  }

  function add(button) {
    const number = total.value;
    rows.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", number));
    total.value = Number(number) + 1;
    const row = rows.lastElementChild;
    const field = (name) => row.querySelector(`[name$="-${name}"]`);
    field("reason").value = button.value;
    field("text").value = button.querySelector("[data-reason-title]").textContent;
    field("advice").value = button.dataset.advice;
    row.querySelector("[data-found-place]").textContent = button.dataset.place;
    if (button.dataset.section !== "documents") row.querySelector("[data-found-image]")?.remove();
    else if (field("document")) field("document").value = button.dataset.document;
    search.value = "";
    narrow();
    list.open = false;
    count();
    field("advice").focus();
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-reason]")) {
      event.preventDefault();
      add(button);
    } else if (button?.matches("[data-found-remove]")) {
      event.preventDefault();
      button.closest("[data-found-row]").remove();
      count();
      search.focus();
    }
  });
  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = reasons.find((one) => !one.item.hidden);
    if (search.value.trim() && first) add(first.button);
  });
  count();
}
