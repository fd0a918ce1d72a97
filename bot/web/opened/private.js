// Files that should not pass through a messenger's servers, or are too large for it.

import { say, send } from "./session.js";

document.getElementById("file").addEventListener("change", async ({ target }) => {
  if (!target.files.length) return;
  target.disabled = true;
  say("busy");
  say(await send(target.files[0], target.files[0].name));
  target.disabled = false;
  target.value = "";
});
