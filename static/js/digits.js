// Persian, Arabic and Latin digits.

export const latinDigits = (text) =>
  String(text)
    .replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x06f0)
    .replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x0660);

export const persianDigits = (text) =>
  String(text).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
