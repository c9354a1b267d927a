// The image in the middle: nearer, farther, turned for reading only, and the next one without a new page.
import { persianDigits } from "./digits.js";

const STEP = 1.25;
const NEAREST = 5;
const FARTHEST = 0.25;

export function enhance(paper) {
  const page = paper.querySelector("[data-paper-page]");
  const image = paper.querySelector("[data-paper-image]");
  const tools = paper.querySelector("[data-paper-tools]");
  if (!image || !tools) return;
  const shown = tools.querySelector("[data-paper-zoom]");
  const picks = [...paper.querySelectorAll("[data-paper-pick]")];
  let zoom = 1;
  let turned = 0;

  // The width of the frame is 100 %; a turned image takes the room of its turned shape.
  function draw() {
    const room = page.clientWidth - 2 * parseFloat(getComputedStyle(page).paddingLeft);
    const ratio = image.naturalHeight / image.naturalWidth || 1;
    const lies = turned % 180 !== 0;
    const width = lies ? (room * zoom) / ratio : room * zoom;
    const height = width * ratio;
    const style = image.style;
    style.maxWidth = "none";
    style.width = `${width}px`;
    style.height = `${height}px`;
    style.rotate = `${turned}deg`;
    const gap = lies ? (width - height) / 2 : 0;
    style.marginBlock = `${gap}px`;
    style.marginInline = lies ? `${-gap}px` : zoom > 1 ? "0" : "auto";
    shown.textContent = `${persianDigits(Math.round(zoom * 100))}٪`;
  }

  function fit() {
    const room = page.clientWidth - 32;
    const ratio = turned % 180 ? image.naturalWidth / image.naturalHeight : image.naturalHeight / image.naturalWidth;
    zoom = Math.min(1, (page.clientHeight - 34) / (room * (ratio || 1)));
  }

  const acts = {
    in: () => (zoom = Math.min(zoom * STEP, NEAREST)),
    out: () => (zoom = Math.max(zoom / STEP, FARTHEST)),
    fit: () => (zoom === 1 ? fit() : (zoom = 1)),
    turn: () => (turned = (turned + 90) % 360),
  };
  const run = (name) => {
    acts[name]();
    draw();
  };

  function pick(index) {
    const link = picks[index];
    if (!link) return;
    const current = paper.querySelector("[data-paper-pick][aria-current]");
    current?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest", inline: "nearest" });
    turned = 0;
    zoom = 1;
    image.alt = link.dataset.title;
    image.src = link.dataset.full;
    page.setAttribute("aria-label", `تصویر ${link.dataset.title}؛ با کلیدهای جهت تصویر پیشین و بعدی`);
    paper.querySelector("[data-paper-number]").textContent = persianDigits(index + 1);
    const advice = paper.querySelector("[data-paper-advice]");
    advice.textContent = link.dataset.advice;
    advice.hidden = !link.dataset.advice;
    const title = paper.querySelector("[name=title]");
    if (title) title.value = link.dataset.code;
    for (const field of document.querySelectorAll("input[name=image]")) field.value = link.dataset.image;
    history.replaceState(null, "", link.getAttribute("href"));
    page.scrollTo(0, 0);
  }

  const place = () => picks.findIndex((link) => link.hasAttribute("aria-current"));

  tools.hidden = false;
  for (const button of tools.querySelectorAll("[data-paper-do]")) {
    button.addEventListener("click", () => run(button.dataset.paperDo));
  }
  picks.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      pick(index);
    }),
  );
  image.addEventListener("load", draw);
  addEventListener("resize", draw);
  if (image.complete) draw();

  // A title is saved by choosing it.
  paper.querySelector("[data-title-save]")?.classList.add("visually-hidden");
  paper.querySelector("[name=title]")?.addEventListener("change", (event) => event.target.form.requestSubmit());

  const keys = { "+": "in", "=": "in", "-": "out", f: "fit", r: "turn" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [role=listbox]")) return;
    // The next image lies to the left.
    if (event.key === "ArrowLeft") pick(place() + 1);
    else if (event.key === "ArrowRight") pick(place() - 1);
    else if (keys[event.key]) run(keys[event.key]);
    else return;
    event.preventDefault();
  });
}
