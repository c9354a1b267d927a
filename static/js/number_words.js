// Rials in words of toman, the same words as the server's `toman_words`.
import { persianDigits } from "./digits.js";

const ONES = ["", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده",
  "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"];
const TENS = ["", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"];
const HUNDREDS = ["", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"];
const SCALES = ["", "هزار", "میلیون", "میلیارد", "تریلیون"];
const AND = " و ";

function underThousand(number) {
  const rest = number % 100;
  const parts = [HUNDREDS[Math.floor(number / 100)]];
  if (rest < 20) parts.push(ONES[rest]);
  else parts.push(TENS[Math.floor(rest / 10)], ONES[rest % 10]);
  return parts.filter(Boolean).join(AND);
}

export function words(number) {
  if (number === 0) return "صفر";
  const groups = [];
  for (let scale = 0, left = number; left > 0; scale += 1, left = Math.floor(left / 1000)) {
    const group = left % 1000;
    if (group) groups.unshift([underThousand(group), SCALES[scale]].filter(Boolean).join(" "));
  }
  return groups.join(AND);
}

export function tomanWords(rial) {
  const toman = Math.floor(rial / 10);
  const rest = rial % 10;
  const parts = [];
  if (toman || !rest) parts.push(`${words(toman)} تومان`);
  if (rest) parts.push(`${words(rest)} ریال`);
  return parts.join(AND);
}

export const grouped = (digits) =>
  persianDigits(String(digits).replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, "٬"));
