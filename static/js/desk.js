// Comfort for the staff; every page works by plain posts without it.

const PARTS = [
  ["[data-paper]", () => import("./desk_paper.js")],
  ["[data-approval]", () => import("./desk_approval.js")],
  ["[data-deficient]", () => import("./desk_deficient.js")],
];

for (const [mark, load] of PARTS) {
  const found = document.querySelectorAll(mark);
  if (found.length) load().then((part) => found.forEach(part.enhance));
}

// A key presses the button that shows it, unless something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// A second click on the way sends nothing twice; coming back to the page frees the button again.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    else if (!event.defaultPrevented) form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Django counts the chosen rows of its lists in Latin digits.
for (const counter of document.querySelectorAll(".action-counter")) {
  const inPersian = () => {
    const said = counter.textContent.replace(/[0-9]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
    if (said !== counter.textContent) counter.textContent = said;
  };
  new MutationObserver(inPersian).observe(counter, { childList: true, characterData: true, subtree: true });
  inPersian();
}

// Django's own lists and forms; their scripts make rows and boxes of their own first.
addEventListener("load", async () => {
  const tables = document.querySelectorAll("#result_list, .tabular table");
  const tips = document.querySelectorAll(".help-tooltip[aria-label]");
  if (!tables.length && !tips.length) return;
  const part = await import("./django_tables.js");
  tables.forEach(part.name);
  tips.forEach(part.tell);
});
