// Files go up as they are chosen, three at a time, each with its own progress, stop and retry.

import { persianDigits } from "./digits.js";
import { announce, toast } from "./say.js";
import { shrink } from "./shrink.js";
import { keeper } from "./typed.js";

const AT_ONCE = 3;
const PRESSED = ["rotate", "remove", "keep", "up", "also"];

// What is answered where the portal's own answer did not come: nothing is lost, and each says what to do.
const AWAY = "پرتال برای چند لحظه در دسترس نیست؛ کمی بعد دوباره بفرستید.";
const ANSWERS = {
  200: "این درخواست در پنجره یا دستگاه دیگری تغییر کرده است؛ این صفحه را دوباره باز کنید.",
  403: "این صفحه قدیمی شده بود؛ دوباره بفرستید.",
  404: "این درخواست دیگر اینجا نیست؛ شاید در پنجرهٔ دیگری حذف شده باشد.",
  408: "اینترنت کند است و فایل کامل نرسید؛ دوباره بفرستید.",
  413: "این فایل بزرگ‌تر از اندازهٔ مجاز است؛ عکسی کوچک‌تر از ۱۵ مگابایت انتخاب کنید.",
  429: "درخواست‌ها پشت سر هم رسیده است؛ کمی بعد دوباره بفرستید.",
  502: AWAY,
  503: AWAY,
  504: AWAY,
};
const OURS = "مشکلی از سوی ما پیش آمد؛ کمی بعد دوباره بفرستید.";

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
  const notice = form.querySelector("[data-changed]");
  const saved = document.querySelector("[data-saved]");
  let running = 0;
  let asking = 0;
  let turn = Promise.resolve(true);
  let rememberedAt = 0;
  let shownAt = 0;

  form.addEventListener("change", ({ target }) => {
    if (target.matches("[data-upload]")) take(target);
  });
  // On a weak line somebody may have chosen a file before this script was there.
  queueMicrotask(() => form.querySelectorAll("[data-upload]").forEach(take));

  function take(input) {
    for (const file of input.files) waiting.push(item(file, input));
    input.value = "";
    next();
  }

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const asksHere = PRESSED.includes(button?.name);
    if (!asksHere && !running && !waiting.length && !asking) return;
    event.preventDefault();
    delete form.dataset.sent;
    if (asksHere) {
      button.disabled = true;
      await inTurn(button);
      button.disabled = false;
    } else if (running || waiting.length) {
      announce("بارگذاری هنوز تمام نشده است.");
      form.querySelector(".slot--uploading")?.scrollIntoView({ block: "center" });
    } else if (await turn) {
      form.requestSubmit(button);
    }
  });

  // What is chosen and written is saved at once, so that nothing waits for «بعدی».
  list.addEventListener("change", ({ target }) => {
    if (target.matches("select, textarea")) inTurn();
  });

  // One after another: each post knows what the one before has changed.
  function inTurn(button) {
    asking += 1;
    turn = turn.then(() => ask(button)).finally(() => {
      asking -= 1;
    });
    return turn;
  }

  // True once it is done; false leaves everything on the page as it is.
  async function ask(button) {
    const body = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
    if (button) body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.status === 401) return leave();
      const told = await answer.json().catch(() => null);
      if (!told) {
        if (answer.status === 403) renew();
        toast(ANSWERS[answer.status] ?? OURS);
        return !button;
      }
      remember(told);
      notice.innerHTML = told.changed;
      if (told.changed) notice.scrollIntoView({ block: "center" });
      if (button || told.changed) show(told);
      // Used once more, the picture waits for a title of its own.
      if (button?.name === "also") [...list.querySelectorAll("select")].at(-1)?.focus();
      return answer.ok;
    } catch {
      if (button) toast("نرسید. اینترنت را بررسی کنید و دوباره بزنید.");
      return !button;
    }
  }

  // Posted without a session the form is kept by the server, and stands again after the login.
  function leave() {
    HTMLFormElement.prototype.submit.call(form);
    return false;
  }

  // Logging in anew in another window has put this page's token out of date; its next post carries the new one.
  async function renew() {
    const page = await fetch(location.href).then((answer) => answer.text(), () => "");
    const token = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
  }

  // What this window has seen is what the server last told it: its own uploads are no other window's.
  function remember(answer) {
    if (answer.at < rememberedAt) return;
    rememberedAt = answer.at;
    form.elements.seen.value = answer.seen;
    if (saved) saved.textContent = answer.saved;
  }

  // The rows are made anew; who stood in one of them stands there again.
  function show(answer) {
    if (answer.at < shownAt) return;
    shownAt = answer.at;
    const place = rows().indexOf(document.activeElement?.closest("li"));
    const titles = Object.entries(answer.instead).map(([old, now]) => [`title_${old}`, `title_${now}`]);
    redraw(() => {
      list.innerHTML = answer.html;
      for (const upload of underWay) stand(upload);
    }, Object.fromEntries(titles));
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
      <div class="slot-actions"><button class="link" type="button"></button><button class="link" type="button" hidden>حذف</button></div>`;
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
    const [button, away] = row.querySelectorAll("button");
    button.addEventListener("click", () => pressed(upload));
    away.addEventListener("click", () => done(upload));
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
    const [button, away] = upload.row.querySelectorAll("button");
    button.textContent = action;
    away.hidden = name !== "failed";
    const icon = name === "failed" ? "circle-alert" : "upload";
    upload.row.querySelector("use").setAttribute("href", `${sprite}#${icon}`);
  }

  // Its row stays, so that it can go up once more; the others go on.
  function fail(upload, sentence) {
    state(upload, "failed", sentence, "دوباره می‌فرستم");
    announce(`${upload.file.name}: ${sentence}`);
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
      // The file alone: titles and reasons go in turn, an older word never after a newer.
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
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
        const refusal = answer ? answer.refusals?.[0] : (ANSWERS[request.status] ?? OURS);
        if (request.status === 403) renew();
        if (request.status === 401) leave();
        else if (refusal) fail(upload, refusal);
        else {
          underWay.delete(upload);
          announce(`${upload.file.name} بارگذاری شد.`);
        }
        if (answer?.html) {
          remember(answer);
          show(answer);
        }
        if (!underWay.has(upload)) done(upload);
        finished();
      });
      request.addEventListener("error", () => {
        fail(upload, "نرسید. اینترنت قطع شد.");
        finished();
      });
      request.addEventListener("abort", finished);
      request.send(body);
    });
  }
}
