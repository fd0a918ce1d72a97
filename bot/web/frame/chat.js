// The page: panes side by side, a tab for each, and the sheet where people are added.

import { Pane } from "./pane.js";
import { invitation, panes, words } from "./storage.js";

const part = (id) => document.getElementById(id);
const open = new Map();

function add(kept) {
  const pane = new Pane(kept, { enlarge, removed, noticed });
  const tab = document.createElement("button");
  tab.type = "button";
  tab.addEventListener("click", () => pane.element.scrollIntoView({ behavior: "smooth", inline: "start" }));
  open.set(pane, tab);
  part("tabs").append(tab);
  part("panes").append(pane.element);
  watcher.observe(pane.element);
  noticed(pane);
  arrange();
  return pane;
}

function removed(pane) {
  watcher.unobserve(pane.element);
  pane.element.remove();
  open.get(pane)?.remove();
  open.delete(pane);
  arrange();
}

function noticed(pane) {
  const tab = open.get(pane);
  if (!tab) return;
  tab.textContent = pane.name;
  tab.dataset.unread = pane.unread || "";
  tab.ariaLabel = pane.unread ? `${pane.name}, ${pane.unread} ${words.unread}` : pane.name;
  const all = [...open.keys()].reduce((sum, one) => sum + one.unread, 0);
  document.title = all ? `(${all}) ${words.title}` : words.title;
}

function arrange() {
  const none = open.size === 0;
  part("welcome").hidden = !none;
  part("panes").hidden = part("add").hidden = none;
  part("tabs").hidden = open.size < 2;
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const pane = [...open.keys()].find((one) => one.element === target);
      if (pane) open.get(pane).ariaCurrent = String(isIntersecting);
      if (pane && isIntersecting) pane.seen();
    }
  },
  { threshold: 0.6 },
);

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) [...open.keys()].filter((pane) => pane.isSeen()).forEach((pane) => pane.seen());
});

function enlarge(picture) {
  const box = part("lightbox");
  const large = box.querySelector("img");
  large.src = picture.src;
  large.alt = picture.alt;
  box.querySelector("figcaption").textContent = picture.alt;
  box.showModal();
}

async function make(name, phone, problem) {
  problem.textContent = "";
  try {
    const answer = await fetch("/panes", { method: "POST", body: JSON.stringify({ name, phone }) });
    const made = await answer.json();
    if (!answer.ok) return void (problem.textContent = words.refused_person);
    const kept = { address: made.address, name: made.name };
    panes.add(kept);
    if (invitation.waits()) invitation.open(kept.address, invitation.waits());
    part("picker").close();
    invitation.drop();
    const pane = add(kept);
    pane.element.scrollIntoView({ inline: "end" });
    pane.isNew = true;
  } catch {
    problem.textContent = words.not_reached;
  }
}

for (const place of [part("welcome"), part("picker")]) {
  const problem = place.querySelector(".problem");
  const form = place.querySelector("form");
  place.addEventListener("click", (event) => {
    const person = event.target.closest(".person");
    if (person) make(person.dataset.name, person.dataset.phone, problem);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make(form.elements.name.value, form.elements.phone.value, problem);
  });
}

part("add").addEventListener("click", () => part("picker").showModal());
for (const sheet of document.querySelectorAll("dialog")) {
  sheet.querySelector(".closes").addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
}

part("picker").addEventListener("close", invitation.drop);
arrange();
panes.all().forEach(add);
if (invitation.waits() && open.size) part("picker").showModal();
