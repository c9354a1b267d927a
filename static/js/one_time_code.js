// The code out of the text, where the browser may hand it over; the button stays for the person to press.
import { announce } from "./say.js";

export function enhance(field) {
  // Two fields wait for the codes of two numbers, and a code does not say which of them it belongs to.
  const isAlone = document.querySelectorAll("[autocomplete=one-time-code]").length === 1;
  if (!isAlone || !("OTPCredential" in window)) return;
  const waiting = new AbortController();
  field.form?.addEventListener("submit", () => waiting.abort());
  const fill = ({ code }) => {
    field.value = code;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    announce("کد از پیامک خوانده شد.");
  };
  // Refused or given up: the person types the code.
  navigator.credentials.get({ otp: { transport: ["sms"] }, signal: waiting.signal }).then(fill, () => {});
}
