// A signature drawn with a finger: strokes of [x, y, milliseconds], shown as the server will draw them.

import { host } from "./host.js";
import { say, send } from "./session.js";
import { trace } from "./ink.js";

const MOST_POINTS = 10000;
const LEAST_PIXELS = 600;

const canvas = document.getElementById("pad");
const buttons = Object.fromEntries(["undo", "clear", "send"].map((id) => [id, document.getElementById(id)]));
const strokes = [];
let pen = null;
let begun = null;
let due = 0;

host.still();

// The paper has at least 600 pixels of height, however small the window is.
function fit() {
  const { width, height } = canvas.getBoundingClientRect();
  const fine = Math.max(devicePixelRatio || 1, LEAST_PIXELS / Math.max(height, 1));
  canvas.width = Math.round(width * fine);
  canvas.height = Math.round(height * fine);
  canvas.getContext("2d").setTransform(fine, 0, 0, fine, 0, 0);
  draw();
}

function draw() {
  const paper = canvas.getContext("2d");
  paper.clearRect(0, 0, canvas.width, canvas.height);
  strokes.forEach((stroke) => trace(paper, stroke, canvas.clientWidth));
  const none = strokes.length === 0;
  canvas.dataset.strokes = strokes.length;
  for (const button of Object.values(buttons)) button.disabled = none;
}

function drawSoon() {
  if (!due) due = requestAnimationFrame(() => draw((due = 0)));
}

function add(event) {
  const box = canvas.getBoundingClientRect();
  const rounded = (value) => Math.round(value * 10) / 10;
  begun ??= event.timeStamp;
  const room = strokes.reduce((sum, stroke) => sum + stroke.length, 0) < MOST_POINTS;
  if (room) strokes.at(-1).push([rounded(event.clientX - box.left), rounded(event.clientY - box.top), rounded(Math.max(0, event.timeStamp - begun))]);
}

canvas.addEventListener("pointerdown", (event) => {
  if (pen !== null || event.button > 0) return;
  event.preventDefault();
  canvas.setPointerCapture(event.pointerId);
  pen = event.pointerId;
  strokes.push([]);
  add(event);
  say("");
  draw();
});

canvas.addEventListener("pointermove", (event) => {
  if (event.pointerId !== pen) return;
  const seen = event.getCoalescedEvents?.() ?? [];
  (seen.length ? seen : [event]).forEach(add);
  drawSoon();
});

// Without this a quick stroke is a fling to the browser, and swallows the tap that follows it.
canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });

for (const end of ["pointerup", "pointercancel"]) {
  canvas.addEventListener(end, (event) => {
    if (event.pointerId === pen) pen = null;
  });
}

buttons.undo.addEventListener("click", () => {
  strokes.pop();
  draw();
});

buttons.clear.addEventListener("click", () => {
  strokes.length = 0;
  draw();
});

buttons.send.addEventListener("click", async () => {
  for (const button of Object.values(buttons)) button.disabled = true;
  canvas.dataset.done = "";
  say("busy");
  const how = await send(new Blob([JSON.stringify({ strokes })], { type: "application/json" }));
  say(how);
  if (how === "done") return;
  delete canvas.dataset.done;
  draw();
});

addEventListener("resize", fit);
fit();
