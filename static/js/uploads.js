// Files go up as they are chosen, three at a time, each with its own progress, stop and retry.

import { persianDigits } from "./digits.js";
import { announce, toast } from "./say.js";
import { shrink } from "./shrink.js";
import { keeper } from "./typed.js";
import { LARGEST, SILENCE, TOO_LARGE, post, words } from "./upload_request.js";
import { moved, remove, row, state } from "./upload_row.js";

const AT_ONCE = 3;
// Between the places of two files: room for the pages of a PDF.
const PAGES = 20;
const FULL = "هر درخواست حداکثر ۲۰ تصویر دارد؛ پیش از افزودن، تصویری را حذف کنید.";
const PRESSED = ["rotate", "remove", "keep", "up", "also"];

export function enhance(form) {
  const list = form.querySelector("[data-document-list]");
  const count = form.querySelector("[data-count]");
  const queue = document.createElement("ul");
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
  // Where the next file belongs: they arrive as they can, and stand as they were chosen.
  let place = Number(form.dataset.lastPlace);
  // «بعدی» was pressed while files were on their way: the page leads on once all have arrived.
  let onwards = null;
  let isLeaving = false;

  form.addEventListener("change", ({ target }) => {
    if (target.matches("[data-upload]")) take(target);
  });
  // On a weak line somebody may have chosen a file before this script was there.
  queueMicrotask(() => form.querySelectorAll("[data-upload]").forEach(take));

  function take(input) {
    for (const file of input.files) waiting.push(item(file, input, (place += PAGES)));
    input.value = "";
    next();
  }

  const lost = () => [...underWay].filter((upload) => upload.isLost);

  function sendAgain(uploads) {
    for (const upload of uploads) {
      upload.isLost = false;
      state(upload.row, "uploading", "در نوبت بارگذاری", "توقف");
      waiting.push(upload);
      next();
    }
  }

  addEventListener("online", () => sendAgain(lost()));

  // Whoever goes elsewhere meanwhile is asked first.
  const hold = (event) => event.preventDefault();
  function guard() {
    if (!isLeaving && (running || waiting.length || lost().length)) addEventListener("beforeunload", hold);
    else removeEventListener("beforeunload", hold);
  }

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    const asksHere = PRESSED.includes(button?.name);
    if (!asksHere && !running && !waiting.length && !asking && !lost().length) return;
    event.preventDefault();
    delete form.dataset.sent;
    if (asksHere) {
      // Not disabled: that would take the focus from who presses it with a key.
      if (button.ariaDisabled === "true") return;
      button.ariaDisabled = "true";
      await inTurn(button);
      button.ariaDisabled = null;
    } else if (running || waiting.length || lost().length) {
      sendAgain(lost());
      onwards = button;
      toast("بارگذاری هنوز تمام نشده است؛ پس از آن به مرحلهٔ بعد می‌روید.");
      form.querySelector(".slot--uploading")?.scrollIntoView({ block: "center" });
    } else if (await turn) {
      form.requestSubmit(button);
    }
  });

  function goOn() {
    if (running || waiting.length || !onwards) return;
    const button = onwards;
    onwards = null;
    if (form.querySelector(".slot--failed")) form.querySelector(".slot--failed").scrollIntoView({ block: "center" });
    else form.requestSubmit(button);
  }

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
      const signal = AbortSignal.timeout?.(SILENCE);
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, signal });
      if (answer.status === 401) return leave();
      const told = await answer.json().catch(() => null);
      if (!told) {
        if (answer.status === 403) renew();
        toast(words(answer.status));
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
    isLeaving = true;
    waiting.length = 0;
    guard();
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
    place = Math.max(place, answer.last_place);
    if (saved) saved.textContent = answer.saved;
  }

  // The rows are made anew; who stood in one of them stands there again.
  function show(answer) {
    if (answer.at < shownAt) return;
    shownAt = answer.at;
    const held = rows().indexOf(document.activeElement?.closest("li"));
    const titles = Object.entries(answer.instead).map(([old, now]) => [`title_${old}`, `title_${now}`]);
    for (const [old, now] of Object.entries(answer.instead)) {
      for (const upload of underWay) if (upload.name === `replace_${old}`) upload.name = `replace_${now}`;
    }
    redraw(() => {
      list.innerHTML = answer.html;
      for (const upload of underWay) stand(upload);
    }, Object.fromEntries(titles));
    if (held >= 0 && !list.contains(document.activeElement)) {
      rows()[held]?.querySelector("a, button, input:not([type=hidden])")?.focus({ preventScroll: true });
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

  function item(file, input, place) {
    const chosenIn = input.closest("li.slot");
    const title = chosenIn?.querySelector(".slot-title").firstChild.textContent.trim();
    const slot = chosenIn?.id || chosenIn?.querySelector("a[id]")?.id;
    const upload = { file, name: input.name, row: row(file, title), slot, place, request: null, isLost: false };
    const [button, away] = upload.row.querySelectorAll("button");
    button.addEventListener("click", () => pressed(upload, button));
    away.addEventListener("click", () => done(upload));
    state(upload.row, "uploading", "در نوبت بارگذاری", "توقف");
    underWay.add(upload);
    stand(upload);
    if (chosenIn && !input.checkVisibility()) button.focus({ preventScroll: true });
    return upload;
  }

  function pressed(upload, button) {
    if (button.ariaDisabled === "true") return;
    if (upload.row.classList.contains("slot--failed")) {
      sendAgain([upload]);
      return;
    }
    const queued = waiting.indexOf(upload);
    if (queued >= 0) waiting.splice(queued, 1);
    done(upload);
    upload.request?.abort();
  }

  // Its row stays, so that it can go up once more; the others go on.
  function fail(upload, sentence, isLost) {
    upload.isLost = isLost;
    state(upload.row, "failed", sentence, "دوباره می‌فرستم");
    announce(`${upload.file.name}: ${sentence}`);
  }

  function done(upload) {
    underWay.delete(upload);
    remove(upload.row);
    guard();
  }

  async function next() {
    guard();
    if (running >= AT_ONCE || !waiting.length) return;
    running += 1;
    const upload = waiting.shift();
    next();
    try {
      // Of a file that goes up once more the same bytes as before: the server knows it by them.
      upload.small ??= await shrink(upload.file);
      const why = refused(upload);
      if (why) fail(upload, why, false);
      else if (underWay.has(upload)) await send(upload);
    } finally {
      running -= 1;
      next();
    }
    goOn();
  }

  // What the server would refuse need not go through a weak line first.
  function refused(upload) {
    const isNew = !upload.name.startsWith("replace_") && upload.since === undefined;
    if (isNew && list.querySelectorAll("[data-document]").length >= Number(form.dataset.most)) return FULL;
    return upload.small.size > LARGEST ? TOO_LARGE : "";
  }

  async function send(upload) {
    // The file alone: titles and reasons go in turn, an older word never after a newer.
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set(upload.name, upload.small, upload.file.name);
    // Once more, as nobody knows whether it arrived: then it is not kept twice.
    if (upload.since !== undefined) body.set("since", upload.since);
    upload.since ??= form.elements.seen.value;
    body.set("place", upload.place);
    const began = performance.now();
    const { status, answer, refusal, isLost } = await post(form.action, body, {
      began: (request) => (upload.request = request),
      moved: (event) => moved(upload.row, event, (performance.now() - began) / 1000),
    });
    // Stopped by its own button.
    if (!underWay.has(upload)) return;
    if (status === 403) renew();
    if (status === 401) leave();
    else if (refusal) fail(upload, refusal, isLost);
    else {
      underWay.delete(upload);
      announce(`${upload.file.name} بارگذاری شد.`);
    }
    if (answer?.html) {
      remember(answer);
      show(answer);
    }
    if (!underWay.has(upload)) done(upload);
  }
}
