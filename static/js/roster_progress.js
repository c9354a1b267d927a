// Asks how far the worker has come, and shows the result when it is there. Without it a link does.

const PAUSE = 1500;
const place = document.querySelector("[data-roster-progress]");
const bar = place?.querySelector("progress");
const words = place?.querySelector("[data-roster-percent]");

async function ask() {
  try {
    const answer = await fetch(place.dataset.rosterProgress, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) return later();
    const told = await answer.json();
    if (!told.is_working) return location.reload();
    bar.value = told.percent;
    words.textContent = told.text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  later();
}

function later() {
  setTimeout(ask, PAUSE);
}

if (place) later();
