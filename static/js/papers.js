// «مدارکی که در مرحلهٔ بعد می‌خواهیم» follows the service while it is chosen.

const NAMES = ["service_type", "service", "has_eprescription"];

export function enhance(part) {
  const form = document.getElementById("step-form");
  let turn = 0;

  async function ask() {
    const mine = (turn += 1);
    const address = new URL(part.dataset.papers, location.href);
    for (const name of NAMES) address.searchParams.set(name, form.elements.namedItem(name).value);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || answer.redirected || mine !== turn) return;
    part.innerHTML = await answer.text();
    part.hidden = !part.children.length;
  }

  form.addEventListener("change", ({ target }) => {
    if (NAMES.includes(target.name)) ask();
  });
  if (form.elements.service_type.value) ask();
}
