// Comfort on every page; each part loads only where the page has its mark, and every page works without.

const PARTS = [
  ["[data-rial]", () => import("./rial.js")],
  ["[data-jalali-date]", () => import("./date_field.js")],
  ["[data-copy]", () => import("./copy_button.js")],
  ["[data-countdown]", () => import("./countdown.js")],
  ["[data-depends-on]", () => import("./dependent_select.js")],
  ["[data-show-when]", () => import("./show_when.js")],
  ["[data-dialog]", () => import("./dialog.js")],
  ["[autocomplete=one-time-code]", () => import("./one_time_code.js")],
  ["[data-session-ends]", () => import("./session_end.js")],
];

for (const [mark, load] of PARTS) {
  const found = document.querySelectorAll(mark);
  if (found.length) load().then((part) => found.forEach(part.enhance));
}

for (const button of document.querySelectorAll("[data-show-password]")) {
  const input = button.parentElement.querySelector("input");
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
    const use = button.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, shown ? "#eye-off" : "#eye"));
  });
}

// Few people need a second security code: its script comes when they first touch the field.
for (const field of document.querySelectorAll("[data-captcha]")) {
  const wake = () => {
    for (const sign of ["focusin", "pointerover"]) field.removeEventListener(sign, wake);
    // A tap is touch and click at once: the link is held back until its script is there.
    let held;
    const hold = (event) => {
      const link = event.target.closest("[data-captcha-refresh], [data-captcha-sound]");
      if (!link) return;
      event.preventDefault();
      held = link;
    };
    const free = () => {
      field.removeEventListener("click", hold);
      held?.click();
    };
    field.addEventListener("click", hold);
    import("./captcha.js").then((part) => part.enhance(field)).then(free, free);
  };
  for (const sign of ["focusin", "pointerover"]) field.addEventListener(sign, wake);
}

// Menus close with Escape and with a click elsewhere.
const menus = document.querySelectorAll("details[data-menu]");
function close(menu) {
  if (menu.open) menu.querySelector("summary").focus();
  menu.open = false;
}
if (menus.length) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menus.forEach(close);
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus) {
      const list = menu.nextElementSibling;
      if (menu.open && !menu.contains(event.target) && !(list && list.contains(event.target))) menu.open = false;
    }
  });
}

// Listened for on the page, as lists are drawn anew; the question's script comes with the first one.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (!button) return;
  event.preventDefault();
  import("./confirm.js").then((part) => part.ask(button));
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

const summary = document.querySelector("[data-error-summary]");
if (summary) {
  // The address keeps the fragment of the last link to a field, and would take the focus there again.
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  summary.focus();
}
