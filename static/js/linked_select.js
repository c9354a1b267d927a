// A select that follows another: data-linked-to names the leader. Which options go with each of its values tells
// the JSON inside or, without one, the group whose label is the leader's choice. All options are in the page, so
// that it works as it is without this script.

export function enhance(part) {
  const leader = document.getElementById(part.dataset.linkedTo);
  const select = part.querySelector("select");
  const hint = part.querySelector(".field-hint");
  const [empty, ...options] = [...select.options];
  const allowed = told(part) || grouped(select);

  const follow = () => {
    const chosen = select.value;
    const open = new Set(allowed(leader.selectedOptions[0]));
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

function told(part) {
  const json = part.querySelector("script[type='application/json']");
  const values = json && JSON.parse(json.textContent);
  return values && ((choice) => values[choice.value] || []);
}

function grouped(select) {
  const values = new Map();
  for (const group of select.querySelectorAll("optgroup")) {
    values.set(group.label, [...group.children].map((option) => option.value));
  }
  return (choice) => values.get(choice.label) || [];
}
