// Comfort in the wizard; every step works by plain posts without it.

const PARTS = [
  ["[data-linked-to]", () => import("./linked_select.js")],
  ["[data-centre]", () => import("./centre_picker.js")],
  ["[data-missing-centre]", () => import("./missing_centre.js")],
  ["[data-uploads]", () => import("./uploads.js")],
];

for (const [mark, load] of PARTS) {
  const found = document.querySelectorAll(mark);
  if (found.length) load().then((part) => found.forEach(part.enhance));
}
