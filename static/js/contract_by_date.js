// «بیمه‌نامه» follows «تاریخ مراجعه» where only one holds that day, until somebody chooses it by hand.
// The JSON inside tells the first and the last day of each: {"3": ["1403/08/01", "1404/07/30"]}.
import { readable } from "./date_field.js";

export function enhance(part) {
  const select = part.querySelector("select");
  const day = document.getElementById(part.dataset.contractOf);
  const periods = JSON.parse(part.querySelector("script[type='application/json']").textContent);
  const told = document.createElement("p");
  told.className = "field-hint";
  told.setAttribute("role", "status");
  select.after(told);
  let isByHand = false;
  let isFollowing = false;

  const follow = () => {
    const typed = readable(day.value);
    const holds = (key) => Boolean(periods[key]) && periods[key][0] <= typed && typed <= periods[key][1];
    const fitting = Object.keys(periods).filter(holds);
    told.textContent = "";
    if (isByHand || !typed || holds(select.value) || fitting.length !== 1) return;
    isFollowing = true;
    select.value = fitting[0];
    select.dispatchEvent(new Event("change", { bubbles: true }));
    isFollowing = false;
    told.textContent = "از روی تاریخ مراجعه انتخاب شد.";
  };
  select.addEventListener("change", () => {
    if (isFollowing) return;
    isByHand = true;
    told.textContent = "";
  });
  for (const sign of ["change", "jdp:change"]) day.addEventListener(sign, follow);
}
