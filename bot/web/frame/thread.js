// The bubbles of one pane: each is HTML from the server, known by its key and replaced in its place.

import { words } from "./storage.js";

export class Thread {
  constructor(element) {
    this.element = element;
    this.following = true;
    this.top = 0;
    element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    element.addEventListener("load", () => this.settle(), true); // pictures do not bubble
    new ResizeObserver(() => this.settle()).observe(element);
  }

  // Only a person scrolls up; a picture that grows the thread does not.
  scrolled() {
    const { scrollTop } = this.element;
    if (isAtEnd(this.element)) this.following = true;
    else if (scrollTop < this.top) this.following = false;
    this.top = scrollTop;
  }

  get isEmpty() {
    return this.element.childElementCount === 0;
  }

  // What was there before is not read aloud; what comes from now on is.
  begin(items) {
    this.element.ariaLive = "off";
    const pending = [...this.element.querySelectorAll(".pending")];
    this.element.replaceChildren(...items.map((item) => made(item.html)));
    pending.filter((bubble) => !this.find(bubble.dataset.key)).forEach((bubble) => this.element.append(bubble));
    this.following = true;
    this.settle();
    requestAnimationFrame(() => (this.element.ariaLive = "polite"));
  }

  find(key) {
    return this.element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  show({ key, html }) {
    const fresh = made(html);
    const old = this.find(key);
    if (!old) {
      this.element.append(fresh);
      return this.settle();
    }
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (focused) (fresh.querySelector(".card-button") || fresh.querySelector("button, a") || this.element).focus();
    this.settle();
  }

  pend(key, text) {
    if (this.find(key)) return;
    const bubble = document.getElementById("pending").content.cloneNode(true).firstElementChild;
    bubble.dataset.key = key;
    bubble.querySelector(".text").textContent = text;
    this.element.append(bubble);
    this.following = true;
    this.settle();
  }

  // The server shows what it took in; what it does not show any more was a secret.
  acknowledge(key) {
    if (this.find(key)?.classList.contains("pending")) this.remove(key);
  }

  refuse(key) {
    const bubble = this.find(key);
    if (!bubble) return;
    bubble.classList.replace("pending", "failed");
    bubble.querySelector(".state").textContent = words.not_sent;
  }

  strip(key) {
    const buttons = this.find(key)?.querySelector(".buttons");
    if (buttons?.contains(document.activeElement)) this.element.focus();
    buttons?.remove();
    this.settle();
  }

  remove(key) {
    this.find(key)?.remove();
  }

  release() {
    this.element.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  }

  settle() {
    if (this.following) this.element.scrollTop = this.element.scrollHeight;
  }
}

const isAtEnd = (element) => element.scrollHeight - element.scrollTop - element.clientHeight < 60;

export function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  template.content.querySelectorAll("time").forEach(localize);
  template.content.querySelectorAll(".spoiler").forEach((spoiler) => (spoiler.ariaLabel = words.spoiler));
  return template.content.firstElementChild;
}

function localize(time) {
  const at = new Date(time.dateTime);
  time.textContent = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  time.title = at.toLocaleString();
}
