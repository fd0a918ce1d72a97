// What the browser remembers: whose panes these are, and updates that the server has not acknowledged.

const PANES = "sealbot.panes";

const read = (key) => JSON.parse(localStorage.getItem(key) || "[]");
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));

export const words = JSON.parse(document.getElementById("words").textContent);

export const panes = {
  all: () => read(PANES),
  add: (pane) => write(PANES, [...read(PANES), pane]),
  remove(address) {
    write(PANES, read(PANES).filter((pane) => pane.address !== address));
    localStorage.removeItem(unsentKey(address));
  },
};

const unsentKey = (address) => `sealbot.unsent.${address}`;

export const unsent = {
  of: (address) => read(unsentKey(address)),
  add: (address, frame) => write(unsentKey(address), [...unsent.of(address), frame]),
  remove: (address, id) => write(unsentKey(address), unsent.of(address).filter((frame) => frame.id !== id)),
};

export const newId = () => crypto.randomUUID();

const INVITATION = "sealbot.invitation";

// An invitation waits in this tab for the person who is about to be added.
export const invitation = {
  keep: (token) => sessionStorage.setItem(INVITATION, token),
  waits: () => sessionStorage.getItem(INVITATION),
  drop: () => sessionStorage.removeItem(INVITATION),
  open: (address, token) => unsent.add(address, { id: newId(), text: `/start ${token}` }),
};
