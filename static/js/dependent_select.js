// A select that follows another: its options come as JSON from data-options-url when the other changes.
// Without it the page's own button fetches them by a plain request.

export function enhance(select) {
  const leader = document.getElementById(select.dataset.dependsOn);
  const empty = select.options[0]?.cloneNode(true);
  let asked = 0;
  leader.addEventListener("change", async () => {
    const turn = (asked += 1);
    select.replaceChildren(...(empty ? [empty.cloneNode(true)] : []));
    select.disabled = !leader.value;
    if (!leader.value) return;
    const address = new URL(select.dataset.optionsUrl, location.href);
    address.searchParams.set(leader.name, leader.value);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || turn !== asked) return;
    const { options } = await answer.json();
    for (const { value, label } of options) select.add(new Option(label, value));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
