// «مرکز درمانی را پیدا نکردم» stands in the field as the value; whoever types there again takes it back.

export function enhance(part) {
  const checkbox = part.querySelector("input[type=checkbox]");
  const text = document.getElementById("id_centre_text");
  const centre = document.getElementById("id_centre");
  const words = checkbox.labels[0].textContent.trim();
  const follow = () => {
    if (checkbox.checked) {
      centre.value = "";
      text.value = words;
      document.querySelector("[data-picker-place]").hidden = true;
    } else if (text.value === words) text.value = "";
  };
  checkbox.addEventListener("change", follow);
  text.addEventListener("focus", () => {
    if (checkbox.checked) text.select();
  });
  text.addEventListener("input", () => {
    checkbox.checked = false;
  });
  follow();
}
