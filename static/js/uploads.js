// Files go up as they are chosen, three at a time, each with its own progress, stop and retry.

import { persianDigits } from "./digits.js";
import { announce } from "./say.js";
import { shrink } from "./shrink.js";
import { keeper } from "./typed.js";

const AT_ONCE = 3;

export function enhance(form) {
  const list = form.querySelector("[data-document-list]");
  const count = form.querySelector("[data-count]");
  const queue = document.createElement("ul");
  const sprite = form.querySelector("use").getAttribute("href").replace(/#.*/, "");
  queue.className = "slots";
  list.after(queue);
  for (const part of form.querySelectorAll("[data-no-script]")) part.hidden = true;
  const redraw = keeper(list);
  const waiting = [];
  const underWay = new Set();
  let running = 0;

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches("[data-upload]")) return;
    for (const file of input.files) waiting.push(item(file, input));
    input.value = "";
    next();
  });

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button || !["rotate", "remove", "keep", "up"].includes(button.name)) {
      if (running || waiting.length) {
        event.preventDefault();
        delete form.dataset.sent;
        announce("بارگذاری هنوز تمام نشده است.");
        form.querySelector(".slot--uploading")?.scrollIntoView({ block: "center" });
      }
      return;
    }
    event.preventDefault();
    delete form.dataset.sent;
    button.disabled = true;
    const body = typed();
    body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 401) location.reload();
      else show(await answer.json());
    } catch {
      button.disabled = false;
      announce("نرسید. اینترنت را بررسی کنید و دوباره بزنید.");
    }
  });

  // Titles and reasons as they stand now, so that drawing the list anew loses none of them.
  function typed() {
    const body = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
    return body;
  }

  // The rows are made anew; who stood in one of them stands there again.
  function show(answer) {
    const place = rows().indexOf(document.activeElement?.closest("li"));
    redraw(() => {
      list.innerHTML = answer.html;
      for (const upload of underWay) stand(upload);
    });
    if (place >= 0 && !list.contains(document.activeElement)) {
      rows()[place]?.querySelector("a, button, input:not([type=hidden])")?.focus({ preventScroll: true });
    }
    count.textContent = persianDigits(answer.count);
    for (const sentence of answer.refusals) announce(sentence);
  }

  function rows() {
    return [...list.querySelectorAll("li")];
  }

  // Beside the place it was chosen for, where the member is looking; what was chosen for none comes last.
  function stand(upload) {
    const slot = upload.slot && document.getElementById(upload.slot)?.closest("li");
    if (slot && list.contains(slot)) slot.after(upload.row);
    else queue.append(upload.row);
  }

  function item(file, input) {
    const row = document.createElement("li");
    const chosenIn = input.closest("li.slot");
    const title = chosenIn?.querySelector(".slot-title").firstChild.textContent.trim();
    row.className = "slot slot--uploading";
    row.innerHTML = `<span class="slot-picture"></span><div><h3 class="slot-title"><bdi></bdi></h3>
      <p class="slot-state"><svg class="icon" aria-hidden="true" focusable="false"><use/></svg><span></span></p>
      <progress max="100" value="0"></progress><p class="slot-file"><bdi dir="ltr"></bdi></p></div>
      <div class="slot-actions"><button class="link" type="button"></button></div>`;
    row.querySelector("h3 bdi").textContent = title || file.name;
    row.querySelector(".slot-file bdi").textContent = title ? file.name : "";
    row.querySelector("progress").setAttribute("aria-label", `بارگذاری ${title || file.name}`);
    if (file.type.startsWith("image/")) {
      const picture = new Image(72, 96);
      picture.alt = "";
      picture.onerror = () => picture.remove();
      picture.src = URL.createObjectURL(file);
      row.querySelector(".slot-picture").append(picture);
    }
    const upload = { file, name: input.name, row, slot: chosenIn?.id || chosenIn?.querySelector("a[id]")?.id, request: null };
    const button = row.querySelector("button");
    button.addEventListener("click", () => pressed(upload));
    state(upload, "uploading", "در نوبت بارگذاری", "توقف");
    underWay.add(upload);
    stand(upload);
    if (chosenIn && !input.checkVisibility()) button.focus({ preventScroll: true });
    return upload;
  }

  function pressed(upload) {
    if (upload.row.classList.contains("slot--failed")) {
      state(upload, "uploading", "در نوبت بارگذاری", "توقف");
      waiting.push(upload);
      next();
      return;
    }
    upload.request?.abort();
    const place = waiting.indexOf(upload);
    if (place >= 0) waiting.splice(place, 1);
    done(upload);
  }

  function state(upload, name, text, action) {
    upload.row.className = `slot slot--${name}`;
    upload.row.querySelector(".slot-state span").textContent = text;
    upload.row.querySelector("progress").hidden = name === "failed";
    upload.row.querySelector("button").textContent = action;
    const icon = name === "failed" ? "circle-alert" : "upload";
    upload.row.querySelector("use").setAttribute("href", `${sprite}#${icon}`);
  }

  function done(upload) {
    const picture = upload.row.querySelector("img");
    if (picture) URL.revokeObjectURL(picture.src);
    underWay.delete(upload);
    upload.row.remove();
  }

  async function next() {
    if (running >= AT_ONCE || !waiting.length) return;
    running += 1;
    const upload = waiting.shift();
    try {
      await send(upload, await shrink(upload.file));
    } finally {
      running -= 1;
      next();
    }
    next();
  }

  function send(upload, file) {
    return new Promise((finished) => {
      const request = (upload.request = new XMLHttpRequest());
      const body = typed();
      body.set(upload.name, file, upload.file.name);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => {
        const percent = Math.round((event.loaded / event.total) * 100);
        upload.row.querySelector("progress").value = percent;
        const text = percent < 100 ? `در حال بارگذاری، ${persianDigits(percent)}٪` : "در حال بررسی تصویر";
        state(upload, "uploading", text, "توقف");
      });
      request.addEventListener("load", () => {
        const answer = request.response;
        if (!answer || request.status === 401) location.reload();
        else if (answer.refusals?.length) state(upload, "failed", answer.refusals[0], "دوباره می‌فرستم");
        else {
          underWay.delete(upload);
          announce(`${upload.file.name} بارگذاری شد.`);
        }
        if (answer?.html) show(answer);
        if (!underWay.has(upload)) done(upload);
        finished();
      });
      request.addEventListener("error", () => {
        state(upload, "failed", "نرسید. اینترنت قطع شد.", "دوباره می‌فرستم");
        announce(`${upload.file.name} نرسید.`);
        finished();
      });
      request.addEventListener("abort", finished);
      request.send(body);
    });
  }
}
