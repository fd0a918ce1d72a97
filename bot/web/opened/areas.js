// One page of a draft: places are dragged, sized, added and taken off with a finger, in millimetres of the paper.

import { host } from "./host.js";
import { picture, say, send, shown, words } from "./session.js";

const HUES = ["#c41e1e", "#1654be", "#14783c", "#963ca0", "#b06000", "#007682"];
const LEAST_MM = 5;

const sheet = document.getElementById("sheet");
const button = document.getElementById("send");
const size = document.getElementById("size");
const edges = document.getElementById("edges");
const parties = document.getElementById("parties");
const remove = document.getElementById("remove");
const undo = document.getElementById("undo");
const places = new Set();
const gone = [];
const straddle = {};
let draft = null;
let hold = null;
let chosen = null;

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
  choose(place);
}

function choose(place) {
  chosen?.element.classList.remove("chosen");
  chosen = place;
  chosen?.element.classList.add("chosen");
  remove.hidden = !chosen;
  if (chosen) remove.textContent = `${words.remove} ${chosen.name}`;
  undo.hidden = gone.length === 0;
}

function put(place, box) {
  place.box = kept(box);
  place.moved = true;
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
  if (event.key === "Delete" || event.key === "Backspace") return takeOff(place);
  const way = KEYS[event.key];
  if (!way) return;
  event.preventDefault();
  const [dx, dy] = way.map((part) => part * (event.shiftKey ? 10 : 1));
  const [x0, y0, x1, y1] = place.box;
  put(place, [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
}

function show(place) {
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
  places.add(place);
  sheet.append(element);
  lay(place);
}

function takeOff(place) {
  places.delete(place);
  gone.push(place);
  place.element.remove();
  choose(null);
  size.textContent = `${place.name} ${words[place.kind]}: ${words.removed}`;
  button.disabled = false;
  undo.focus();
}

function putBack() {
  const place = gone.pop();
  places.add(place);
  sheet.append(place.element);
  place.element.focus();
  tell(place);
}

// A new place comes in the middle of what is seen of the paper, beside another that came before.
function free(width, height) {
  const paper = sheet.getBoundingClientRect();
  const middle = (Math.max(paper.top, 0) + Math.min(paper.bottom, innerHeight)) / 2 - paper.top;
  const x = (draft.width - width) / 2, y = draft.height - millimetres(middle) - height / 2;
  let box = kept([x, y, x + width, y + height]);
  const taken = ([x0, y0]) => [...places].some((each) => Math.hypot(each.box[0] - x0, each.box[1] - y0) < 3);
  for (let tries = 0; taken(box) && tries < 20; tries++) box = kept(box.map((edge, at) => edge + (at % 2 ? -7 : 7)));
  return box;
}

function addNew(party, kind, [width, height]) {
  const place = { name: `${party.number}+`, kind, party: party.name, of: party.id, hue: party.hue, box: free(width, height) };
  show(place);
  put(place, place.box);
  place.element.scrollIntoView({ block: "center", behavior: "smooth" });
  place.element.focus({ preventScroll: true });
}

function addParty(party) {
  const row = parties.appendChild(document.createElement("div"));
  row.className = "party";
  row.style.setProperty("--ink-of-place", HUES[party.hue % HUES.length]);
  const name = row.appendChild(document.createElement("span"));
  name.append(Object.assign(document.createElement("b"), { textContent: party.number }), party.name);
  for (const [kind, measures] of Object.entries(party.kinds)) {
    const offer = row.appendChild(document.createElement("button"));
    Object.assign(offer, { type: "button", className: "small", textContent: `+ ${words[kind]}` });
    offer.setAttribute("aria-label", `+ ${words[kind]}, ${party.name}`);
    offer.addEventListener("click", () => addNew(party, kind, measures));
  }
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

function answer() {
  const kept = [...places];
  const moved = kept.filter(({ id, moved }) => id && moved).map(({ id, box }) => ({ area: id, box }));
  const added = kept.filter(({ id }) => !id).map(({ of, kind, box }) => ({ party: of, kind, box }));
  const removed = gone.filter(({ id }) => id).map(({ id }) => id);
  return { plan: draft.plan, page: draft.page, moved, added, removed, straddle };
}

remove.addEventListener("click", () => takeOff(chosen));
undo.addEventListener("click", putBack);

button.addEventListener("click", async () => {
  button.disabled = true;
  say("busy");
  const how = await send(new Blob([JSON.stringify(answer())], { type: "application/json" }));
  say(how);
  button.disabled = how === "done";
});

draft = await shown();
if (draft) {
  const paper = document.getElementById("paper");
  sheet.style.aspectRatio = `${draft.width} / ${draft.height}`;
  paper.alt = `${draft.title}, ${draft.page + 1} / ${draft.pages}`;
  paper.src = await picture(draft.picture);
  draft.areas.forEach(show);
  draft.parties.forEach(addParty);
  draft.companies.forEach(addCompany);
  edges.hidden = draft.companies.length === 0;
  sheet.dataset.ready = "";
}
