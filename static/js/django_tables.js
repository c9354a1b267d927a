// What Django's own lists and forms leave without a name, for those who hear the page: the fields in a row are
// named by their column, a column without words by what stands in it, pictures of tips as pictures.

const rowName = (row) => (row.querySelector("th, td.original p") || row).textContent.trim().slice(0, 60);

export function name(table) {
  const heads = [...table.querySelectorAll("thead th")];
  for (const head of heads) {
    if (head.textContent.trim() || head.querySelector("input")) continue;
    const word = document.createElement("span");
    word.className = "visually-hidden";
    word.textContent = head.matches(".original") ? "ردیف" : "کارها";
    head.append(word);
  }
  for (const row of table.querySelectorAll("tbody tr")) {
    for (const [place, cell] of [...row.cells].entries()) {
      for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        if (field.labels.length || field.hasAttribute("aria-label")) continue;
        const column = heads[place]?.querySelector(".text")?.textContent || heads[place]?.textContent || "";
        field.setAttribute("aria-label", [column.trim(), rowName(row)].filter(Boolean).join("، "));
      }
    }
  }
}

export function tell(tip) {
  tip.setAttribute("role", "img");
}
