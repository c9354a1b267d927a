// «کد امنیتی»: a new picture without losing what was typed, and the sound without leaving the page.
import { announce } from "./say.js";

export function enhance(field) {
  const picture = field.querySelector("[data-captcha-picture]");
  const sound = field.querySelector("[data-captcha-sound]");
  const key = field.querySelector("input[type=hidden]");
  const answer = field.querySelector("input:not([type=hidden])");

  field.querySelector("[data-captcha-refresh]").addEventListener("click", async (event) => {
    event.preventDefault();
    const reply = await fetch(field.dataset.captcha);
    if (!reply.ok) return;
    const fresh = await reply.json();
    picture.src = fresh.image;
    sound.href = fresh.audio;
    key.value = fresh.key;
    answer.value = "";
    answer.focus();
    announce("کد امنیتی تازه شد.");
  });

  sound.addEventListener("click", (event) => {
    event.preventDefault();
    new Audio(sound.href).play();
    answer.focus();
  });
}
