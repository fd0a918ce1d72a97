// The session of a page that was opened from a chat. What opens it stands in the address's fragment, which no server
// sees: Telegram puts its initData there as tgWebAppData, other messengers' links carry link=TOKEN.

import { host } from "./host.js";

const handed = new URLSearchParams(location.hash.slice(1));
const kept = `sealbot.session.${location.hash}`;
const about = location.search.replace(/([?&])language=[^&]*&?/, "$1");

export const words = JSON.parse(document.getElementById("words").textContent);

const result = document.getElementById("result");
const other = document.getElementById("other");
other.hash = location.hash;

// One of the page's words, said where everybody looks.
export function say(word) {
  result.textContent = words[word] ?? "";
  result.dataset.word = word;
}

// A link opens once: what it opened lasts as long as this tab does, also when the language is switched.
async function opened() {
  const before = sessionStorage.getItem(kept);
  if (before) return before;
  const key = handed.has("link") ? { link: handed.get("link") } : { init_data: handed.get("tgWebAppData") ?? "" };
  const answer = await fetch("/pages/session", { method: "POST", body: JSON.stringify(key) });
  if (!answer.ok) return null;
  const { session } = await answer.json();
  sessionStorage.setItem(kept, session);
  return session;
}

async function asked(path, init = {}) {
  const session = await opened();
  if (!session) return null;
  const headers = { ...init.headers, Authorization: `Bearer ${session}` };
  return fetch(`${location.pathname}/${path}${about}`, { ...init, headers });
}

// What the page is about, as the server's JSON; null and said why where there is none.
export async function shown() {
  const answer = await asked("shown").catch(() => undefined);
  if (answer?.ok) return answer.json();
  say(answer === null || answer?.status === 401 ? "expired" : "broken");
  return null;
}

// The address of a stored picture that `shown` named, good as long as the page is there.
export async function picture(digest) {
  const answer = await asked(`files/${digest}`);
  return answer?.ok ? URL.createObjectURL(await answer.blob()) : "";
}

// Sends a file, or the page's answer; the word for how it went. A messenger's own window closes when it is there.
export async function send(body, name = "") {
  const headers = {
    "X-File-Name": encodeURIComponent(name),
    "X-Upload-Id": crypto.randomUUID(),
    "Content-Type": body.type || "application/octet-stream",
  };
  const answer = await asked("upload", { method: "POST", body, headers }).catch(() => undefined);
  if (answer === null) return "expired";
  if (!answer?.ok) return { 401: "expired", 413: "too_large" }[answer?.status] ?? "broken";
  host.closeSoon();
  return "done";
}
