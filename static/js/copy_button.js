import { toast } from "./say.js";

export function enhance(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(button.dataset.announce);
  });
}
