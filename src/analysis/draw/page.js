// Shows the sentences behind a bar, a row or a search. Everything is in the page; text is only ever set as text.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const say = data.say;
const panel = document.getElementById("panel");
const list = document.getElementById("found");
const MOST = 200;
let opener = null;

// Characters of these speeches → their Simplified forms, so that a search works in either script.
const plain = new Map();
for (const [, , , text, shadow] of data.sentences) {
  if (!shadow) continue;
  const to = Array.from(shadow);
  Array.from(text).forEach((sign, place) => plain.set(sign, to[place]));
}
const simplified = (text) => Array.from(text, (sign) => plain.get(sign) || sign).join("");
const shadowOf = (row) => row[4] || row[3];

function matches(row, find, at) {
  if (find.speeches && !find.speeches.includes(data.speeches[row[0]].speech)) return false;
  if (find.start !== undefined && (row[1] >= find.end || row[2] <= find.start)) return false;
  if (find.theme !== undefined && !(data.themes[find.theme] || []).includes(at)) return false;
  return find.key === undefined || shadowOf(row).includes(find.key);
}

function item(row, key) {
  const entry = document.createElement("li");
  const where = document.createElement("p");
  where.className = "where";
  where.textContent = `${data.speeches[row[0]].label} · ${say.characters} ${row[1]}–${row[2]}`;
  const said = document.createElement("p");
  const text = Array.from(row[3]);
  const shadow = Array.from(shadowOf(row)).join("");
  let done = 0;
  // Offsets in the Simplified text hold for the text itself: both have the same number of characters.
  for (let at = key ? shadow.indexOf(key) : -1; at >= 0; at = shadow.indexOf(key, at + key.length)) {
    const from = Array.from(shadow.slice(0, at)).length;
    const to = from + Array.from(key).length;
    said.append(text.slice(done, from).join(""));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to).join("");
    said.append(mark);
    done = to;
  }
  said.append(text.slice(done).join(""));
  entry.append(where, said);
  return entry;
}

function show(find, title) {
  const rows = data.sentences.filter((row, at) => matches(row, find, at));
  list.replaceChildren(...rows.slice(0, MOST).map((row) => item(row, find.key)));
  // The times a word stands in them as plain text: the count n_text of the table.
  const times = find.key ? rows.reduce((sum, row) => sum + shadowOf(row).split(find.key).length - 1, 0) : 0;
  const found = (find.key ? say.times : say.found).replace("{m}", times).replace("{n}", rows.length);
  const told = rows.length ? found : say.none;
  const first = rows.length > MOST ? ` (${say.first.replace("{n}", MOST)})` : "";
  document.getElementById("told").textContent = (title ? title + " – " : "") + told + first;
  panel.hidden = false;
  list.scrollTop = 0;
}

function close() {
  panel.hidden = true;
  if (opener) opener.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-find], [data-copy], #close");
  if (!target) return;
  if (target.id === "close") return close();
  if (target.dataset.copy !== undefined) {
    const box = document.getElementById(target.dataset.copy);
    const done = () => { target.textContent = say.copied; setTimeout(() => { target.textContent = say.copy; }, 1500); };
    box.select();
    if (navigator.clipboard) navigator.clipboard.writeText(box.value).then(done, () => { if (document.execCommand("copy")) done(); });
    else if (document.execCommand("copy")) done();
    return;
  }
  opener = target.tabIndex >= 0 ? target : null;
  show(JSON.parse(target.dataset.find), target.title || target.textContent);
  if (opener) panel.focus();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !panel.hidden) close(); });
const box = document.getElementById("search");
if (box) {
  box.addEventListener("input", () => {
    const key = simplified(box.value.trim());
    if (key) show({ key }, box.value.trim()); else panel.hidden = true;
    opener = box;
  });
}
