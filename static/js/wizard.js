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

// Back from the next page leads to the draft that this form has made, not to an empty form.
const mark = document.querySelector("[data-mark]");
mark?.form.addEventListener("submit", () => {
  const here = new URL(location);
  here.searchParams.set(mark.name, mark.value);
  history.replaceState(history.state, "", here);
});

// On a phone the finished steps push the open one out of sight; what is said above it is read first.
const open = document.querySelector(".wizard > .step--open");
const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const isSaid = document.querySelector(".page > .notice, .page-main > :not(.wizard)");
const isPhone = matchMedia("(max-width: 767px)").matches;
if (open && isPhone && isNew && !isSaid && !location.hash && open.getBoundingClientRect().top > innerHeight / 2) {
  open.scrollIntoView();
}
