// What cannot be taken back is asked first: data-confirm holds the question. Without a script the button acts at once.

export function ask(button) {
  const { form } = button;
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.innerHTML = `<h2 id="confirm-title"></h2><form class="row" method="dialog">
    <button class="button button--wrong" value="yes"></button><button class="button" value="">نه، برگرد</button></form>`;
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.querySelector("h2").textContent = button.dataset.confirm;
  dialog.querySelector("[value=yes]").textContent = button.firstChild.textContent.trim();
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    // A list may have been drawn anew meanwhile, and the button with it.
    const again = button.isConnected ? button : [...form.elements].find((one) => same(one, button));
    if (again) form.requestSubmit(again);
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[value='']").focus();
}

const same = (one, other) => one.matches("button") && one.name === other.name && one.value === other.value;
