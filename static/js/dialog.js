// A dialog opens from the control whose data-opens names it; without a script that control's own page asks.

export function enhance(dialog) {
  for (const opener of document.querySelectorAll(`[data-opens="${dialog.id}"]`)) {
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  }
}
