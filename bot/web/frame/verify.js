// Sends the chosen or dropped file to be checked and shows what is said of it. Nothing is kept.

const page = document.getElementById("verify");
const result = document.getElementById("result");
let latest = 0;

async function check(file) {
  const turn = ++latest;
  result.textContent = page.dataset.busy;
  const said = await ask(file);
  if (turn !== latest) return;
  if (said === null) result.textContent = page.dataset.broken;
  else result.innerHTML = said;
}

async function ask(file) {
  try {
    const headers = { "X-File-Name": encodeURIComponent(file.name) };
    const answer = await fetch(`${location.pathname}${location.search}`, { method: "POST", body: file, headers });
    return answer.ok || answer.status === 413 || answer.status === 503 ? await answer.text() : null;
  } catch {
    return null;
  }
}

document.getElementById("file").addEventListener("change", ({ target }) => {
  if (target.files.length) check(target.files[0]);
});
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) check(event.dataTransfer.files[0]);
});
