// Opens an invitation in the pane of whoever presses their button, and not before.

import { invitation, panes } from "./storage.js";

const page = document.getElementById("invitation");

function choice({ address, name }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "person";
  button.textContent = name;
  button.addEventListener("click", () => {
    invitation.open(address, page.dataset.token);
    location.assign("/");
  });
  item.append(button);
  return item;
}

page.querySelector(".people").replaceChildren(...panes.all().map(choice));
document.getElementById("new").addEventListener("click", () => {
  invitation.keep(page.dataset.token);
  location.assign("/");
});
