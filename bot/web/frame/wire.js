// One pane's line to the server: what is sent stays in the browser until the server says that it is durable.

import { newId, unsent } from "./storage.js";

const LIMIT_BYTES = 25 * 1024 * 1024;
const NO_SUCH_PANE = 4404;
const LONGEST_WAIT = 8000;

export class Wire {
  // heard: {frame(kind, value), up(), down(), gone()}
  constructor(address, heard) {
    this.address = address;
    this.heard = heard;
    this.uploads = new Map();
    this.failures = 0;
    this.closed = false;
    this.connect();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}/ws?address=${encodeURIComponent(this.address)}`);
    this.socket.onmessage = (message) => this.take(JSON.parse(message.data));
    this.socket.onclose = (event) => this.lost(event.code);
  }

  take(frame) {
    for (const [kind, value] of Object.entries(frame)) {
      this.heard.frame(kind, value);
      if (kind === "hello") this.up();
      if (kind === "ack" || kind === "refused") unsent.remove(this.address, value);
    }
  }

  up() {
    this.failures = 0;
    this.heard.up();
    unsent.of(this.address).forEach((frame) => this.socket.send(JSON.stringify(frame)));
    this.uploads.forEach((upload, id) => this.post(id, upload));
  }

  lost(code) {
    if (this.closed) return;
    if (code === NO_SUCH_PANE) return this.heard.gone();
    this.heard.down();
    const wait = Math.min(LONGEST_WAIT, 400 * 2 ** this.failures++) * (0.75 + Math.random() / 2);
    setTimeout(() => this.closed || this.connect(), wait);
  }

  get isUp() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  send(said) {
    const frame = { id: newId(), ...said };
    unsent.add(this.address, frame);
    if (this.isUp) this.socket.send(JSON.stringify(frame));
    return frame.id;
  }

  upload(file, caption) {
    const id = newId();
    this.uploads.set(id, { file, caption, posting: false });
    this.post(id, this.uploads.get(id));
    return id;
  }

  async post(id, upload) {
    if (upload.posting) return;
    upload.posting = true;
    try {
      const query = new URLSearchParams({ address: this.address, id });
      const answer = await fetch(`/upload?${query}`, { method: "POST", body: formOf(upload) });
      this.uploads.delete(id);
      this.heard.frame(answer.ok ? "ack" : "refused", id);
    } catch {
      upload.posting = false; // the server is down: again when it is back
    }
  }

  close() {
    this.closed = true;
    this.socket.close();
  }
}

function formOf({ file, caption }) {
  const form = new FormData();
  form.append("about", JSON.stringify({ name: file.name, size: file.size, caption }));
  if (file.size <= LIMIT_BYTES) form.append("file", file);
  return form;
}
