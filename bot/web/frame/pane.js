// One person: their chat, their simulated phone and what they know about themselves.

import { Composer } from "./composer.js";
import { panes, unsent, words } from "./storage.js";
import { made, Thread } from "./thread.js";
import { Wire } from "./wire.js";

export class Pane {
  // page: {enlarge(img), removed(pane), noticed(pane)}
  constructor({ address, name }, page) {
    this.address = address;
    this.page = page;
    this.unread = 0;
    this.unreadTexts = 0;
    this.element = document.getElementById("pane").content.cloneNode(true).firstElementChild;
    this.thread = new Thread(this.part(".thread"));
    this.introduce(name, "");
    this.element.addEventListener("click", (event) => this.click(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
    new Composer(this.element, {
      text: (text) => this.say(text),
      files: (files, caption) => files.forEach((file, i) => this.upload(file, i ? "" : caption)),
    });
    this.wire = new Wire(address, {
      frame: (kind, value) => this.frames[kind]?.(value),
      up: () => (this.part(".banner").hidden = true),
      down: () => this.down(),
      gone: () => this.leave(),
    });
  }

  part(selector) {
    return this.element.querySelector(selector);
  }

  frames = {
    hello: (hello) => this.begin(hello),
    show: (item) => this.show(item),
    strip: (key) => this.thread.strip(key),
    delete: (key) => this.thread.remove(key),
    typing: () => this.typing(true),
    toast: ({ text }) => this.toast(text),
    text: (text) => this.texted(text),
    ack: (id) => this.thread.acknowledge(id),
    refused: (id) => this.thread.refuse(id),
  };

  introduce(name, phone) {
    this.name = name;
    this.element.ariaLabel = name;
    this.part(".face").textContent = [...name][0] || "";
    this.part("h2").textContent = name;
    this.part(".pane-name p").textContent = this.part(".phone-number").textContent = phone;
  }

  begin(hello) {
    this.introduce(hello.name, hello.phone);
    this.part(".who").innerHTML = hello.who;
    this.thread.begin(hello.items);
    unsent.of(this.address).forEach((frame) => frame.text && this.pend(frame.id, frame.text));
    this.part(".texts").replaceChildren(...hello.texts.map((text) => made(text.html)));
    this.part(".phone-empty").hidden = hello.texts.length > 0;
    this.typing(false);
    this.part(".opening").hidden = !this.thread.isEmpty;
    if (this.isNew) this.part("[data-start]").focus();
    this.isNew = false;
  }

  show(item) {
    this.part(".opening").hidden = true;
    if (!item.silent) this.notice();
    this.thread.show(item);
    if (item.mine) return;
    this.thread.release();
    this.typing(false);
  }

  notice() {
    if (this.isSeen()) return;
    this.unread += 1;
    this.page.noticed(this);
  }

  isSeen() {
    const box = this.element.getBoundingClientRect();
    return !document.hidden && box.left < innerWidth - 40 && box.right > 40;
  }

  seen() {
    this.unread = 0;
    this.page.noticed(this);
  }

  say(text) {
    this.part(".opening").hidden = this.part(".notice").hidden = true;
    this.pend(this.wire.send({ text }), text);
  }

  pend(id, text) {
    this.thread.pend(id, text.startsWith("/start ") ? "/start" : text);
  }

  upload(file, caption) {
    this.part(".opening").hidden = true;
    this.thread.pend(this.wire.upload(file, caption), file.name);
  }

  click(event) {
    const button = event.target.closest("button, .spoiler");
    if (!button) return;
    const { tap, toggle, copy } = button.dataset;
    if (tap !== undefined) this.tap(button, { tap, message: button.closest("[data-key]").dataset.key });
    else if ("contact" in button.dataset) this.tap(button, { contact: true });
    else if ("start" in button.dataset) this.say("/start");
    else if ("enlarge" in button.dataset) this.page.enlarge(button.querySelector("img"));
    else if ("remove" in button.dataset) this.remove();
    else if ("dismiss" in button.dataset) this.part(".notice").hidden = true;
    else if ("openPhone" in button.dataset) this.toggle("phone", true);
    else if (copy !== undefined) this.copy(copy);
    else if (toggle) this.toggle(toggle);
    else if (button.classList.contains("spoiler")) button.classList.toggle("bare");
  }

  key(event) {
    if (event.key === "Escape") ["phone", "who"].forEach((name) => this.toggle(name, false));
    if (event.target.matches(".spoiler") && ["Enter", " "].includes(event.key)) {
      event.preventDefault();
      event.target.classList.toggle("bare");
    }
  }

  tap(button, said) {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    this.wire.send(said);
  }

  toggle(name, open = this.part(`.${name}`).hidden) {
    this.part(`.${name}`).hidden = !open;
    this.element
      .querySelectorAll(`.pane-top [data-toggle=${name}]`)
      .forEach((button) => (button.ariaExpanded = String(open)));
    if (name === "phone" && open) this.readTexts();
  }

  readTexts() {
    this.unreadTexts = 0;
    this.part(".badge").hidden = this.part(".notice").hidden = true;
    const texts = this.part(".phone");
    texts.scrollTop = texts.scrollHeight;
  }

  texted({ key, body, html }) {
    if (this.part(`.texts [data-key="${CSS.escape(key)}"]`)) return;
    const text = made(html);
    this.part(".texts").append(text);
    this.part(".phone-empty").hidden = true;
    if (!this.part(".phone").hidden) return this.readTexts();
    this.part(".badge").textContent = ++this.unreadTexts;
    this.part(".badge").hidden = this.part(".notice").hidden = false;
    this.announce(body, text.querySelector("[data-copy]")?.dataset.copy);
  }

  announce(body, code) {
    const copies = this.part(".notice [data-copy]");
    this.part(".notice p").textContent = body;
    copies.hidden = !code;
    copies.dataset.copy = code || "";
    this.notice();
  }

  async copy(text) {
    await navigator.clipboard.writeText(text);
    this.toast(words.copied);
  }

  toast(text) {
    this.thread.release();
    if (!text) return;
    const toast = this.part(".toast");
    toast.textContent = text;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => (toast.textContent = ""), 4000);
  }

  typing(on) {
    this.part(".typing").hidden = !on;
    this.thread.settle();
  }

  down() {
    this.part(".banner").textContent = words.reconnecting;
    this.part(".banner").hidden = false;
    this.typing(false);
  }

  remove() {
    if (!confirm(words.remove_sure)) return;
    if (this.wire.isUp) this.wire.socket.send(JSON.stringify({ id: crypto.randomUUID(), left: true }));
    this.leave();
  }

  leave() {
    this.wire.close();
    panes.remove(this.address);
    this.page.removed(this);
  }
}
