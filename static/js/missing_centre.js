// «مرکز درمانی را پیدا نکردم»: opening the part says it, closing it takes it back.

export function enhance(part) {
  const checkbox = part.querySelector("input[type=checkbox]");
  const text = document.getElementById("id_centre_text");
  const centre = document.getElementById("id_centre");
  checkbox.closest("label").hidden = true;
  const follow = () => {
    checkbox.checked = part.open;
    if (part.open) {
      centre.value = "";
      text.value = "مرکز درمانی را پیدا نکردم";
    } else if (!centre.value) {
      text.value = "";
    }
  };
  part.addEventListener("toggle", follow);
  text.addEventListener("focus", () => {
    if (part.open && !document.getElementById("id_centre_name").value) part.open = false;
  });
}
