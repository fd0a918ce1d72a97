// Opens an invitation in the pane of whoever presses their button, and not before.

import { newId, panes, unsent } from "./storage.js";

const page = document.getElementById("invitation");
const list = page.querySelector(".people");

function choice({ address, name }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "person";
  button.textContent = name;
  button.addEventListener("click", () => {
    unsent.add(address, { id: newId(), text: `/start ${page.dataset.token}` });
    location.assign("/");
  });
  item.append(button);
  return item;
}

list.replaceChildren(...panes.all().map(choice));
page.querySelector(".none").hidden = list.childElementCount > 0;
