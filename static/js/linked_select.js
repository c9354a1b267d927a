// A select that follows another: data-linked-to names the leader, the JSON inside tells which options go with
// each of its values. All options are in the page, so that it works as it is without this script.

export function enhance(part) {
  const leader = document.getElementById(part.dataset.linkedTo);
  const select = part.querySelector("select");
  const hint = part.querySelector(".field-hint");
  const allowed = JSON.parse(part.querySelector("script[type='application/json']").textContent);
  const [empty, ...options] = [...select.options].map((option) => option.cloneNode(true));

  const follow = () => {
    const chosen = select.value;
    const open = new Set(allowed[leader.value] || []);
    const shown = options.filter((option) => open.has(option.value));
    select.replaceChildren(empty, ...shown);
    select.disabled = !leader.value || !shown.length;
    select.value = open.has(chosen) ? chosen : "";
    if (shown.length === 1 && select.required) select.value = shown[0].value;
    if (hint) hint.hidden = Boolean(leader.value);
  };
  leader.addEventListener("change", follow);
  addEventListener("pageshow", follow);
  follow();
}
