// «تأیید»: lines of cuts come as they are needed, what is left is reckoned while they are typed.
import { latinDigits } from "./digits.js";
import { grouped, tomanWords } from "./number_words.js";
import { tell } from "./sms_preview.js";

export function enhance(form) {
  const lines = form.querySelector("[data-cuts]");
  const template = form.querySelector("[data-cut-template]");
  const total = form.querySelector("[name$=TOTAL_FORMS]");
  const more = form.querySelector("[data-cut-more]");
  const paid = Number(form.dataset.paid);
  const threshold = form.dataset.threshold ? Number(form.dataset.threshold) : null;

  form.querySelector("[data-cut-reckon]").hidden = true;

  function reckon() {
    let left = paid;
    for (const field of lines.querySelectorAll("[data-rial]")) {
      const digits = latinDigits(field.value).replace(/[\s٬,،.'’٫]/g, "");
      const isAmount = /^\d{1,15}$/.test(digits);
      field.closest(".field").querySelector("[data-rial-words]").textContent = isAmount ? tomanWords(Number(digits)) : "";
      if (isAmount) {
        left -= Number(digits);
        if (document.activeElement !== field) field.value = grouped(digits);
      }
    }
    const shown = Math.max(left, 0);
    form.querySelector("[data-payable]").textContent =
      left < 0 ? "کسورات از مبلغ بیشتر است" : left ? `${grouped(shown)} ریال` : "چیزی نمی‌ماند؛ رد کنید";
    tell(form.querySelector("[data-sms]"), shown.toLocaleString("en-US"));
    const twice = threshold !== null && shown > threshold;
    form.querySelector("[data-when-once]").hidden = twice;
    form.querySelector("[data-when-twice]").hidden = !twice;
    const send = form.querySelector("[data-approve]");
    send.textContent = twice ? send.dataset.twiceWords : send.dataset.onceWords;
  }

  more.addEventListener("click", (event) => {
    event.preventDefault();
    lines.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__prefix__", total.value));
    total.value = Number(total.value) + 1;
    lines.lastElementChild.querySelector("select").focus();
  });
  form.addEventListener("input", reckon);
  form.addEventListener("change", reckon);
  reckon();
}
