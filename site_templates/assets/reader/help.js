// @ts-check
/** The dialog that names the keys, and turns them off. */

import { element } from "../search/box.js";
import { choices } from "./shelf.js";

const KEYS = [
  ["j", "next paper"],
  ["k", "previous paper"],
  ["o", "open the paper"],
  ["s", "star it, or take the star away"],
  ["/", "search"],
  ["n", "next day"],
  ["p", "previous day"],
  ["?", "these keys"],
];

export function showHelp() {
  const rows = KEYS.flatMap(([key = "", does = ""]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, does)]);
  const close = element("button", { type: "button" }, "Close");
  const off = element("button", { type: "button" }, "Turn these keys off");
  const dialog = /** @type {HTMLDialogElement} */ (
    element(
      "dialog",
      { class: "keys", "aria-labelledby": "keys-title" },
      element("h2", { id: "keys-title" }, "Keys"),
      element("dl", {}, ...rows),
      element("p", {}, "They rest while you type. “Saved” turns them on again."),
      element("p", {}, close, " ", off),
    )
  );
  close.addEventListener("click", () => dialog.close());
  off.addEventListener("click", () => {
    choices.change((known) => ({ ...known, hasKeys: false }));
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
