// «مدارکی که در مرحلهٔ بعد می‌خواهیم» follows the service while it is chosen; where there is no room for it nothing is asked.

const NAMES = ["service_type", "service", "has_eprescription"];
const isWide = matchMedia("(min-width: 960px)");

export function enhance(part) {
  const form = document.getElementById("step-form");
  const list = part.querySelector("ul");
  let turn = 0;

  async function ask() {
    if (!isWide.matches) return;
    const mine = (turn += 1);
    const address = new URL(location.pathname, location.href);
    address.searchParams.set("asked", "1");
    for (const name of NAMES) address.searchParams.set(name, form.elements.namedItem(name).value);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || answer.redirected || mine !== turn) return;
    list.innerHTML = await answer.text();
    part.hidden = !list.children.length;
  }

  form.addEventListener("change", ({ target }) => {
    if (NAMES.includes(target.name)) ask();
  });
  // Chosen and not saved: the step was refused for something else.
  if (part.hidden && form.elements.service_type.value) ask();
}
