// @ts-check
/** What is followed, and all that this browser keeps, on the page of saved papers: to change and to forget. */

import { HERE, choices, follows, read, stars, visit } from "./shelf.js";

/** @type {(selector: string) => any} */
const part = (selector) => document.querySelector(`.saved ${selector}`);
const [form, keys] = [".follow", ".kept-keys input"].map(part);
const KINDS = /** @type {const} */ (["topics", "authors", "phrases"]);

function showFollows() {
  const known = follows.get();
  for (const kind of KINDS) form.elements[kind].value = known[kind].join("\n");
}

function showKept() {
  const followed = KINDS.reduce((sum, kind) => sum + follows.get()[kind].length, 0);
  const counts = [
    `${stars.get().length.toLocaleString("en")} starred papers`,
    `${read.get().length.toLocaleString("en")} read papers`,
    `${followed.toLocaleString("en")} things you follow`,
    "the day of your last visit",
  ];
  part(".kept-said").textContent = `${counts.join(", ")}.`;
  keys.checked = choices.get().hasKeys;
}

/** A button that asks once more. @param {HTMLButtonElement} button @param {() => void} work */
function onSecondPress(button, work) {
  const { textContent: words } = button;
  let isSure = false;
  const reset = () => [isSure, button.textContent] = [false, words];
  button.addEventListener("blur", reset);
  button.addEventListener("click", () => {
    if (isSure) {
      work();
      reset();
    } else [isSure, button.textContent] = [true, "Press again to forget"];
  });
}

form.addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  const linesOf = (/** @type {string} */ kind) => form.elements[kind].value.split("\n");
  follows.change(() => Object.fromEntries(KINDS.map((kind) => [kind, linesOf(kind)])));
  part(".follow-status").textContent = "Kept. Papers that match are marked from now on.";
});
keys.addEventListener("change", () => choices.change((known) => ({ ...known, hasKeys: keys.checked })));
onSecondPress(part(".forget-read"), () => read.change(() => []));
onSecondPress(part(".forget-all"), () => {
  for (const each of [stars, read, follows, choices, visit]) each.change(() => undefined);
  try {
    sessionStorage.removeItem(HERE);
  } catch {} // storage is refused: there is nothing
});
for (const each of [stars, read, follows, choices]) each.listen(showKept);
follows.listen(showFollows);
showFollows();
showKept();
