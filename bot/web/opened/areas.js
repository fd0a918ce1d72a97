// One page of a draft: places are dragged and sized with a finger, in millimetres of the paper.

import { host } from "./host.js";
import { picture, say, send, shown, words } from "./session.js";

const HUES = ["#c41e1e", "#1654be", "#14783c", "#963ca0", "#b06000", "#007682"];
const LEAST_MM = 5;

const sheet = document.getElementById("sheet");
const button = document.getElementById("send");
const size = document.getElementById("size");
const edges = document.getElementById("edges");
const moved = new Map();
const straddle = {};
let draft = null;
let hold = null;

host.still();

const rounded = (value) => Math.round(value * 10) / 10;
const millimetres = (pixels) => (pixels * draft.width) / sheet.clientWidth;

// Boxes count from the lower left, as in print; the screen counts from the upper left.
function lay(place) {
  const [x0, y0, x1, y1] = place.box;
  const share = (value, whole) => `${(100 * value) / whole}%`;
  place.element.style.left = share(x0, draft.width);
  place.element.style.top = share(draft.height - y1, draft.height);
  place.element.style.width = share(x1 - x0, draft.width);
  place.element.style.height = share(y1 - y0, draft.height);
}

function kept([x0, y0, x1, y1]) {
  const dx = Math.max(0, -x0) || Math.min(0, draft.width - x1);
  const dy = Math.max(0, -y0) || Math.min(0, draft.height - y1);
  return [x0 + dx, y0 + dy, x1 + dx, y1 + dy].map(rounded);
}

function tell(place) {
  const [x0, y0, x1, y1] = place.box;
  const wide = `${rounded(x1 - x0)} × ${rounded(y1 - y0)} mm`;
  const where = `${rounded(x0)} / ${rounded(draft.height - y1)} mm`;
  size.textContent = `${place.name} ${words[place.kind]}: ${wide}, ${words.size} ${where}`;
  for (const each of sheet.querySelectorAll(".chosen")) each.classList.remove("chosen");
  place.element.classList.add("chosen");
}

function put(place, box) {
  place.box = kept(box);
  moved.set(place.id, place);
  lay(place);
  tell(place);
  button.disabled = false;
}

function took(event, place, sizing) {
  if (hold || event.button > 0) return;
  event.preventDefault();
  event.stopPropagation();
  place.element.setPointerCapture(event.pointerId);
  hold = { place, sizing, id: event.pointerId, x: event.clientX, y: event.clientY, box: place.box };
  tell(place);
}

function dragged(event) {
  if (!hold || event.pointerId !== hold.id) return;
  const dx = millimetres(event.clientX - hold.x), dy = -millimetres(event.clientY - hold.y);
  const [x0, y0, x1, y1] = hold.box;
  if (hold.sizing) put(hold.place, [x0, Math.min(y0 + dy, y1 - LEAST_MM), Math.max(x1 + dx, x0 + LEAST_MM), y1]);
  else put(hold.place, [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
}

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function nudged(event, place) {
  const way = KEYS[event.key];
  if (!way) return;
  event.preventDefault();
  const [dx, dy] = way.map((part) => part * (event.shiftKey ? 10 : 1));
  const [x0, y0, x1, y1] = place.box;
  put(place, [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
}

function add(place) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "place";
  element.style.setProperty("--ink-of-place", HUES[place.hue % HUES.length]);
  element.setAttribute("aria-label", `${place.name} ${words[place.kind]}, ${place.party}`);
  const name = element.appendChild(document.createElement("b"));
  name.textContent = place.name;
  place.element = element;
  element.addEventListener("pointerdown", (event) => took(event, place, false));
  element.addEventListener("pointermove", dragged);
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => (hold = null));
  element.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  element.addEventListener("keydown", (event) => nudged(event, place));
  element.addEventListener("focus", () => tell(place));
  if (place.kind !== "seal") {
    const corner = element.appendChild(document.createElement("i"));
    corner.addEventListener("pointerdown", (event) => took(event, place, true));
  }
  sheet.append(element);
  lay(place);
}

function addCompany(company) {
  const label = edges.appendChild(document.createElement("label"));
  const box = label.appendChild(document.createElement("input"));
  box.type = "checkbox";
  box.checked = company.straddle;
  label.append(company.name);
  box.addEventListener("change", () => {
    straddle[company.id] = box.checked;
    button.disabled = false;
  });
}

button.addEventListener("click", async () => {
  button.disabled = true;
  say("busy");
  const places = [...moved.values()].map(({ id, box }) => ({ area: id, box }));
  const answer = { plan: draft.plan, page: draft.page, moved: places, straddle };
  const how = await send(new Blob([JSON.stringify(answer)], { type: "application/json" }));
  say(how);
  button.disabled = how === "done";
});

draft = await shown();
if (draft) {
  const paper = document.getElementById("paper");
  sheet.style.aspectRatio = `${draft.width} / ${draft.height}`;
  paper.alt = `${draft.title}, ${draft.page + 1} / ${draft.pages}`;
  paper.src = await picture(draft.picture);
  draft.areas.forEach(add);
  draft.companies.forEach(addCompany);
  edges.hidden = draft.companies.length === 0;
  sheet.dataset.ready = "";
}
