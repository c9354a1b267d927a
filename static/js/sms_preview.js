// The text of an SMS as it will leave, while the one value in it changes; parts as notifications/texts.py counts them.
import { persianDigits } from "./digits.js";

const ALONE = 70;
const JOINED = 67;

export function tell(box, value) {
  if (!box?.dataset.smsPattern) return;
  const text = box.dataset.smsPattern.replace("{value}", value);
  const shown = box.querySelector("[data-sms-text]");
  shown.replaceChildren(...text.split("\n").flatMap((line, index) => (index ? [document.createElement("br"), line] : [line])));
  const parts = text.length <= ALONE ? 1 : Math.ceil(text.length / JOINED);
  box.querySelector("[data-sms-parts]").textContent = persianDigits(parts);
}
