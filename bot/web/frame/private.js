// Opens a session with what the chat handed over in the address's fragment (which no server sees), then sends files.
// Telegram puts its initData there as tgWebAppData; other messengers' links carry link=TOKEN.

const page = document.getElementById("private");
const result = document.getElementById("result");
const handed = new URLSearchParams(location.hash.slice(1));
let session = null;

document.getElementById("other").hash = location.hash;

async function open() {
  const key = handed.has("link") ? { link: handed.get("link") } : { init_data: handed.get("tgWebAppData") ?? "" };
  const answer = await fetch("/private/session", { method: "POST", body: JSON.stringify(key) });
  return answer.ok ? (await answer.json()).session : null;
}

async function send(file) {
  session ??= await open();
  if (!session) return "expired";
  const headers = {
    Authorization: `Bearer ${session}`,
    "X-File-Name": encodeURIComponent(file.name),
    "X-Upload-Id": crypto.randomUUID(),
    "Content-Type": file.type || "application/octet-stream",
  };
  const answer = await fetch("/private/upload", { method: "POST", body: file, headers });
  return answer.ok ? "done" : { 401: "expired", 413: "large" }[answer.status] ?? "broken";
}

document.getElementById("file").addEventListener("change", async ({ target }) => {
  if (!target.files.length) return;
  target.disabled = true;
  result.textContent = page.dataset.busy;
  result.textContent = page.dataset[await send(target.files[0]).catch(() => "broken")];
  target.disabled = false;
  target.value = "";
});
