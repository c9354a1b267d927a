// Said by screen readers without moving the focus.
export function announce(text) {
  const place = document.querySelector("[data-announcer]");
  if (place) place.textContent = text;
}

export function toast(text) {
  const box = document.createElement("p");
  box.className = "toast";
  box.textContent = text;
  document.body.append(box);
  announce(text);
  setTimeout(() => box.remove(), 4000);
}
