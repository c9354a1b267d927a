// Two minutes before the session ends the page offers to go on; data-session-ends holds seconds since 1970.
import { announce } from "./say.js";

const WARNING = 120;

// Posted without a session a form is kept by the server, and stands again after the login.
function leave() {
  const form = document.querySelector("form[data-outlives-session]");
  if (!form) return location.reload();
  // Another window may have kept the session alive: then this is not yet what the person wants to send.
  const unsent = Object.assign(document.createElement("input"), { type: "hidden", name: "unsent", value: "1" });
  form.append(unsent);
  // Past the listeners: nothing may hold it up, and no button was pressed.
  HTMLFormElement.prototype.submit.call(form);
}

export function enhance(body) {
  const dialog = document.querySelector("[data-session-dialog]");
  const form = dialog?.querySelector("[data-session-keep]");
  if (!form) return;
  let ends = Number(body.dataset.sessionEnds);

  const look = () => {
    const left = ends - Date.now() / 1000;
    if (left <= 0) {
      if (dialog.open) leave();
    } else if (left <= WARNING) {
      if (!dialog.open) dialog.showModal();
    }
    // Often enough to notice the end after the machine has slept.
    setTimeout(look, Math.max(1, Math.min(left - WARNING, 20)) * 1000);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    delete form.dataset.sent;
    dialog.close();
    if (!answer.ok) return;
    const told = await answer.json();
    ends = Number(told.session_ends);
    announce("نشست شما ادامه یافت.");
  });
  look();
}
