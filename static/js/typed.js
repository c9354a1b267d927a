// A list that the server draws anew: what was chosen, written, opened or held in it stands there again.

const KEPT = "select, textarea";

export function keeper(list) {
  // By name; a value that was sent once is still the member's word against a slower, older answer.
  const changed = new Map();
  for (const sign of ["input", "change"]) {
    list.addEventListener(sign, ({ target }) => {
      if (target.matches(KEPT)) changed.set(target.name, target.value);
    });
  }
  const named = (name) => list.querySelector(`[name="${CSS.escape(name)}"]`);
  const reasonIn = (details) => details.querySelector(KEPT)?.name;

  // `instead` names the control that stands for another now: its picture was turned or replaced.
  return function redraw(draw, instead = {}) {
    const held = list.contains(document.activeElement) ? document.activeElement : null;
    const summaryOf = held?.matches("summary") && reasonIn(held.parentElement);
    const caret = held?.matches("textarea") && [held.selectionStart, held.selectionEnd, held.scrollTop];
    const open = new Map([...list.querySelectorAll("details")].map((one) => [reasonIn(one), one.open]));
    draw();
    for (const [name, now] of Object.entries(instead)) {
      if (changed.has(name)) changed.set(now, changed.get(name));
    }
    for (const [name, value] of changed) {
      const control = named(name);
      if (!control) changed.delete(name);
      else if (!control.matches("select") || [...control.options].some((one) => one.value === value)) control.value = value;
    }
    for (const details of list.querySelectorAll("details")) details.open = open.get(reasonIn(details)) ?? details.open;
    const back = held && (held.isConnected ? held : again(held, summaryOf, instead));
    back?.focus({ preventScroll: true });
    if (caret && back) {
      back.setSelectionRange(caret[0], caret[1]);
      back.scrollTop = caret[2];
    }
  };

  function again(held, summaryOf, instead) {
    if (summaryOf) return named(summaryOf)?.closest("details").querySelector("summary");
    if (held.matches("button")) {
      const picture = CSS.escape(instead[`title_${held.value}`]?.replace("title_", "") ?? held.value);
      const same = list.querySelector(`button[name="${CSS.escape(held.name)}"][value="${picture}"]`);
      return same ?? list.querySelector(`[data-document="${picture}"] .slot-actions button`);
    }
    return held.name ? named(instead[held.name] ?? held.name) : null;
  }
}
