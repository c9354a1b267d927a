// data-show-when="name=value": a part of a form that matters only with one answer.

export function enhance(part) {
  const [name, wanted] = part.dataset.showWhen.split("=");
  const form = part.closest("form");
  const follow = () => {
    part.hidden = new FormData(form).get(name) !== wanted;
  };
  form.addEventListener("change", follow);
  follow();
}
