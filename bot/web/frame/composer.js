// Where a person writes: Enter sends, Shift+Enter breaks the line; files are chosen, dropped or pasted.

import { words } from "./storage.js";

export class Composer {
  // sends: {text(text), files(files, caption)}
  constructor(pane, sends) {
    this.form = pane.querySelector(".composer");
    this.box = this.form.querySelector("textarea");
    this.chips = this.form.querySelector(".chips");
    this.files = [];
    this.sends = sends;
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("input", () => this.grow());
    this.box.addEventListener("paste", (event) => this.attach(event.clipboardData.files, event));
    const chooser = this.form.querySelector("input[type=file]");
    chooser.addEventListener("change", () => {
      this.attach(chooser.files);
      chooser.value = "";
    });
    pane.addEventListener("dragover", (event) => this.hover(pane, event, true));
    pane.addEventListener("dragleave", (event) => this.hover(pane, event, false));
    pane.addEventListener("drop", (event) => {
      this.hover(pane, event, false);
      this.attach(event.dataTransfer.files, event);
    });
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  hover(pane, event, over) {
    event.preventDefault();
    pane.classList.toggle("dropping", over);
  }

  attach(files, event) {
    if (!files.length) return;
    event?.preventDefault();
    this.files.push(...files);
    this.redraw();
    this.box.focus();
  }

  redraw() {
    this.chips.hidden = !this.files.length;
    this.chips.replaceChildren(...this.files.map((file) => this.chip(file)));
  }

  chip(file) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.textContent = `${file.name} (${sizeOf(file)})`;
    chip.title = chip.ariaLabel = `${words.detach}: ${file.name}`;
    chip.addEventListener("click", () => {
      this.files = this.files.filter((one) => one !== file);
      this.redraw();
      this.box.focus();
    });
    return chip;
  }

  submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (this.files.length) this.sends.files(this.files.splice(0), text.slice(0, 1024));
    else if (text) this.sends.text(text);
    else return;
    this.box.value = "";
    this.redraw();
    this.grow();
    this.box.focus();
  }

  grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 140)}px`;
  }
}

function sizeOf({ size }) {
  return size < 1024 * 1024 ? `${Math.ceil(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}
