// Finds a medical centre while its name is typed: a combobox over the search that also works as a page.
// What is sent is the hidden field; words that were not chosen from the list choose nothing.

const PAUSE = 180;
const FEWEST_LETTERS = 2;

export function enhance(part) {
  const chosen = part.querySelector("input[type=hidden]");
  const picker = part.querySelector("[data-picker]");
  const text = picker.querySelector("input");
  const list = picker.querySelector("[data-picker-list]");
  const place = picker.querySelector("[data-picker-place]");
  const missing = part.querySelector("[data-missing-centre] input[type=checkbox]");
  const outcome = document.createElement("p");
  let results = [];
  let active = -1;
  let waiting = 0;
  let asking = null;

  outcome.className = "field-hint";
  outcome.setAttribute("role", "status");
  list.after(outcome);
  list.id ||= "centre-list";
  for (const [name, value] of Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    text.setAttribute(name, value);
  }

  // Written over before this script had come, the choice that stood there is not meant any more.
  if (text.value !== text.defaultValue) chosen.value = "";

  const isOpen = () => !list.hidden;

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    text.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) text.setAttribute("aria-activedescendant", option.id);
    else text.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    results = found.results;
    list.replaceChildren(...results.map(drawn));
    activate(-1);
    list.hidden = !results.length;
    text.setAttribute("aria-expanded", String(isOpen()));
    outcome.textContent = found.outcome;
    // The keyboard and the bar at the foot of a phone would lie over the list.
    if (isOpen() && list.getBoundingClientRect().bottom > innerHeight - 80) picker.scrollIntoView({ block: "start" });
  }

  function drawn(centre, index) {
    const option = document.createElement("div");
    const name = document.createElement("b");
    const second = document.createElement("span");
    option.className = "picker-option";
    option.id = `${list.id}-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    name.textContent = centre.name;
    second.className = "second";
    second.textContent = `${centre.type}، ${centre.place}`;
    option.append(name, document.createElement("br"), second);
    return option;
  }

  function choose(index) {
    const centre = results[index];
    if (!centre) return;
    chosen.value = centre.id;
    text.value = centre.label;
    place.querySelector("span").textContent = centre.place;
    place.hidden = false;
    close();
    outcome.textContent = "";
    if (missing) missing.checked = false;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function address() {
    const url = new URL(part.dataset.searchUrl, location.href);
    url.searchParams.set("format", "json");
    url.searchParams.set("q", text.value);
    if (part.dataset.recent) url.searchParams.set("recent", part.dataset.recent);
    const home = part.closest("form")?.elements.namedItem("home_province")?.value;
    if (home) url.searchParams.set("near", home);
    return url;
  }

  async function search() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(address(), { headers: { Accept: "application/json" }, signal });
      if (!answer.ok || answer.redirected) throw new TypeError("no answer");
      const found = await answer.json();
      if (!signal.aborted) show(found);
    } catch (error) {
      if (error.name === "AbortError") return;
      show({ results: [], outcome: "جست‌وجو انجام نشد؛ چند لحظهٔ دیگر دوباره بنویسید یا «جست‌وجو» را بزنید." });
    }
  }

  const letters = () => text.value.trim().length;
  const searchable = () => letters() >= FEWEST_LETTERS || (!letters() && Boolean(part.dataset.recent));
  // Words that chose nothing yet: typed before this script had come, or sent and refused.
  const searchWhatStands = () => !chosen.value && !missing?.checked && searchable() && search();

  text.addEventListener("input", () => {
    chosen.value = "";
    place.hidden = true;
    outcome.textContent = "";
    close();
    if (searchable()) waiting = setTimeout(search, PAUSE);
  });

  text.addEventListener("focus", searchWhatStands);

  // A press on the list must not take the focus out of the field before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
  text.addEventListener("blur", close);

  text.addEventListener("keydown", (event) => {
    const last = results.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen()) {
        if (results.length && letters()) {
          list.hidden = false;
          text.setAttribute("aria-expanded", "true");
        } else if (letters() >= FEWEST_LETTERS) search();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = active + step;
      activate(next > last ? 0 : next < 0 ? last : next);
    } else if (event.key === "Enter" && isOpen() && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });

  if (document.activeElement === text) searchWhatStands();
}
