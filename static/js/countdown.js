// «ارسال دوباره تا ۴۲ ثانیهٔ دیگر»: counts in sight, then frees the button it names.
import { persianDigits } from "./digits.js";
import { announce } from "./say.js";

export function enhance(line) {
  const button = document.getElementById(line.dataset.countdownFor);
  const number = line.querySelector("[data-countdown-left]");
  const end = performance.now() + Number(line.dataset.countdown) * 1000;
  if (button) button.disabled = true;
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > 0) {
      number.textContent = persianDigits(left);
      setTimeout(tick, 250);
      return;
    }
    line.hidden = true;
    if (button) {
      button.disabled = false;
      announce("اکنون می‌توانید کد را دوباره بگیرید.");
    }
  };
  tick();
}
