// The row of one file on its way up: its picture, its progress, and the two buttons of its state.
import { persianDigits } from "./digits.js";

export function row(file, title) {
  const part = document.createElement("li");
  part.innerHTML = `<span class="slot-picture"></span><div><h3 class="slot-title"><bdi></bdi></h3>
    <p class="slot-state"><svg class="icon" aria-hidden="true" focusable="false"><use/></svg><span></span></p>
    <progress max="100" value="0"></progress><p class="slot-file" data-left></p><p class="slot-file"><bdi dir="ltr"></bdi></p></div>
    <div class="slot-actions"><button class="link" type="button"></button><button class="link" type="button" hidden>حذف</button></div>`;
  part.querySelector("h3 bdi").textContent = title || file.name;
  part.querySelector(".slot-file > bdi").textContent = title ? file.name : "";
  part.querySelector("progress").setAttribute("aria-label", `بارگذاری ${title || file.name}`);
  if (file.type.startsWith("image/")) {
    const picture = new Image(72, 96);
    picture.alt = "";
    picture.onerror = () => picture.remove();
    picture.src = URL.createObjectURL(file);
    part.querySelector(".slot-picture").append(picture);
  }
  return part;
}

// `action` is the word of its button; without one it keeps its word, and the focus, but cannot be pressed.
export function state(part, name, text, action) {
  part.className = `slot slot--${name}`;
  part.querySelector(".slot-state span").textContent = text;
  part.querySelector("progress").hidden = name === "failed";
  part.querySelector("[data-left]").textContent = "";
  const [button, away] = part.querySelectorAll("button");
  button.textContent = action || button.textContent;
  button.setAttribute("aria-disabled", String(!action));
  button.classList.toggle("hint", !action);
  away.hidden = name !== "failed";
  const use = part.querySelector("use");
  const sprite = document.querySelector("form use").getAttribute("href").replace(/#.*/, "");
  use.setAttribute("href", `${sprite}#${name === "failed" ? "circle-alert" : "upload"}`);
}

// «۲٫۱ از ۳٫۳ مگابایت، حدود ۹ ثانیه»: after so many seconds.
export function moved(part, { loaded, total }, seconds) {
  const percent = Math.round((loaded / total) * 100);
  part.querySelector("progress").value = percent;
  if (percent === 100) {
    // What has gone up is kept; from then on its own «حذف» takes it away.
    state(part, "uploading", "در حال بررسی تصویر", "");
    return;
  }
  state(part, "uploading", `در حال بارگذاری، ${persianDigits(percent)}٪`, "توقف");
  const left = Math.ceil(((total - loaded) / loaded) * seconds);
  const wait = left < 100 ? `${left} ثانیه` : `${Math.round(left / 60)} دقیقه`;
  part.querySelector("[data-left]").textContent = persianDigits(`${megabytes(loaded)} از ${megabytes(total)} مگابایت، حدود ${wait}`);
}

const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(1).replace(".", "٫");

export function remove(part) {
  const picture = part.querySelector("img");
  if (picture) URL.revokeObjectURL(picture.src);
  part.remove();
}
