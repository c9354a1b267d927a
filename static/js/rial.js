// An amount as it is typed: grouped by threes, with its words in toman in the box's foot.
import { tomanWords, grouped } from "./number_words.js";
import { latinDigits } from "./digits.js";

const UNSEEN = /[\s٬\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g;
const AROUND = /^ر[یي]ال|ر[یي]ال$|\/-?$/g;

// As the server reads it: «ریال» or the «/-» of a cheque aside, and a mark that could part decimals is none.
function digitsOf(typed) {
  const plain = latinDigits(typed).replace(UNSEEN, "").replace(AROUND, "").replace(/(?<=\d)[-–−]/g, "");
  const amount = /^(?:\d{1,3}(?:[,،.'’٫]\d{3})+|\d+)$/.test(plain) ? plain.replace(/\D/g, "") : "";
  return amount.length > 15 ? "" : amount;
}

export function enhance(input) {
  const words = input.closest(".control-box")?.querySelector("[data-rial-words]");
  const show = () => {
    const digits = digitsOf(input.value);
    if (!digits) {
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
