// An amount as it is typed: grouped by threes, with its words in toman in the box's foot.
import { tomanWords, grouped } from "./number_words.js";
import { latinDigits } from "./digits.js";

export function enhance(input) {
  const words = input.closest(".control-box")?.querySelector("[data-rial-words]");
  const show = () => {
    const digits = latinDigits(input.value).replace(/[\s٬,،.'’٫]/g, "");
    if (!/^\d{1,15}$/.test(digits)) {
      if (words) words.textContent = "";
      return;
    }
    if (words) words.textContent = tomanWords(Number(digits));
    const after = charsAfterCaret(input);
    input.value = grouped(digits);
    if (document.activeElement === input) putCaret(input, after);
  };
  input.addEventListener("input", show);
  show();
}

// The caret keeps the digits to its right, whatever marks come and go.
function charsAfterCaret(input) {
  return latinDigits(input.value.slice(input.selectionEnd ?? input.value.length)).replace(/\D/g, "").length;
}

function putCaret(input, digitsAfter) {
  let place = input.value.length;
  for (let left = digitsAfter; left > 0; place -= 1) if (/\d|[۰-۹]/.test(input.value[place - 1])) left -= 1;
  input.setSelectionRange(place, place);
}
