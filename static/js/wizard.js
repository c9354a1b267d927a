// Comfort in the wizard; every step works by plain posts without it.
import { toast } from "./say.js";

const PARTS = [
  ["[data-linked-to]", () => import("./linked_select.js")],
  ["[data-contract-of]", () => import("./contract_by_date.js")],
  ["[data-centre]", () => import("./centre_picker.js")],
  ["[data-missing-centre]", () => import("./missing_centre.js")],
  // Beside the form, where there is room for it.
  ...(matchMedia("(min-width: 960px)").matches ? [["[data-papers]", () => import("./papers.js")]] : []),
  ["[data-uploads]", () => import("./uploads.js")],
];

for (const [mark, load] of PARTS) {
  const found = document.querySelectorAll(mark);
  if (found.length) load().then((part) => found.forEach(part.enhance));
}

// Sent without a line, the page would give way to one of the browser's, and what was typed with it.
let isReached = false;
addEventListener(
  "submit",
  async (event) => {
    if (navigator.onLine || isReached) return;
    event.preventDefault();
    event.stopPropagation();
    const { target, submitter } = event;
    // A browser may believe so wrongly, as behind some tunnels.
    isReached = await fetch(location.href, { method: "HEAD" }).then(() => true, () => false);
    if (isReached) target.requestSubmit(submitter);
    else toast("اینترنت قطع است. نوشته‌هایتان همین‌جا می‌ماند؛ وصل که شد دوباره بزنید.");
    isReached = false;
  },
  true,
);

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
// Where a code was sent, its field is what comes next.
const code = document.querySelector("#step-form [autocomplete=one-time-code]");
const isWrong = document.querySelector("[data-error-summary]");
const isSaid = document.querySelector(".page > .notice, .page-main > :not(.wizard)");
const isPhone = matchMedia("(max-width: 767px)").matches;
if (code && !isWrong) {
  code.scrollIntoView({ block: "center" });
  code.focus({ preventScroll: true });
} else if (open && isPhone && isNew && !isSaid && !location.hash && open.getBoundingClientRect().top > innerHeight / 2) {
  open.scrollIntoView();
}
