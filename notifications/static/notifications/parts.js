/* Counts the parts of a message while staff type it; the same arithmetic as notifications/texts.py. */
const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("^{}\\[~]|€\f");

function count(text) {
  const letters = [...text];
  const plain = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
  const units = plain
    ? letters.length + letters.filter((letter) => EXTENDED.has(letter)).length
    : text.length;
  const [alone, joined] = plain ? [160, 153] : [70, 67];
  return { units, parts: units <= alone ? 1 : Math.ceil(units / joined) };
}

const area = document.querySelector("textarea[data-parts-counter]");
if (area) {
  const told = document.createElement("p");
  told.className = "help";
  told.setAttribute("role", "status");
  area.after(told);
  const tell = () => {
    // Lengths typical of the values; the footer or the code line that is added on the way out.
    const text = area.value.replace(/\{(\w+)\}/g, "0000000000") + area.dataset.partsTail;
    const { units, parts } = count(text);
    const number = new Intl.NumberFormat("fa-IR");
    told.textContent = `حدود ${number.format(units)} نویسه با سطر پایانی، ${number.format(parts)} پیامک`;
  };
  area.addEventListener("input", tell);
  tell();
}
