// @ts-check
/**
 * The header's box: words and papers as a reader types; without this module it is a plain form.
 *
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Pages load this module and, until a reader turns to the
 * box, nothing else of search.
 */

/** Milliseconds without a key before a search begins. */
export const PAUSE = 120;

/**
 * A place for work of which only the newest counts: it cancels the one before, and gives back what shows its outcome.
 *
 * @param {(words: string) => void} fail
 * @returns {(work: (signal: AbortSignal) => Promise<() => void>, pause?: number) => void}
 */
export function newest(fail) {
  let control = new AbortController();
  return (work, pause = 0) => {
    control.abort();
    const { signal } = (control = new AbortController());
    const begin = async () => {
      const show = await work(signal).catch((error) => () => fail(String(error?.message ?? error)));
      if (!signal.aborted) show();
    };
    setTimeout(() => signal.aborted || begin(), pause);
  };
}

/** @param {Element} form */
function assist(form) {
  const parts = ["input", "[role=status]", "[role=listbox]"].map((selector) => form.querySelector(selector));
  const [input, status, list] = /** @type {[HTMLInputElement, HTMLElement, HTMLElement]} */ (parts);
  const run = newest((words) => show([], words));
  const chosen = () => [...list.children].findIndex((option) => option.ariaSelected === "true");

  /** @type {(options?: HTMLElement[], words?: string) => void} */
  function show(options = [], words = "") {
    options.forEach((option, n) => Object.assign(option, { id: `box-option-${n}`, role: "option", tabIndex: -1 }));
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    status.textContent = words;
    input.ariaExpanded = String(!list.hidden);
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {AbortSignal} signal */
  async function look(signal) {
    const { offers } = await import("./result.js");
    const text = input.value.trim();
    const { options, words } = text ? await offers(text, signal) : { options: [], words: "" };
    return () => show(options, words);
  }

  /** @param {number} step */
  function move(step) {
    const now = chosen();
    const next = [...list.children].at((now < 0 && step < 0 ? step : now + step) % list.children.length);
    for (const option of list.children) option.ariaSelected = String(option === next);
    next?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", next?.id ?? "");
  }

  input.addEventListener("focus", () => import("./result.js"), { once: true });
  input.addEventListener("input", () => run(look, PAUSE));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = event.key === "Enter" ? list.children[chosen()] : null;
    if (event.isComposing || !(step || option || event.key === "Escape")) return;
    event.preventDefault();
    if (option instanceof HTMLElement) option.click();
    else if (!step) {
      if (list.hidden) input.value = "";
      run(async () => show);
    } else if (list.hidden) run(look);
    else move(step);
  });
  form.addEventListener("focusout", (event) => {
    const { relatedTarget } = /** @type {FocusEvent} */ (event);
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) run(async () => show);
  });
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof Element && event.target.closest("input:not([type=radio]), textarea, select");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  const fields = [...document.querySelectorAll("#search-query, .box-query, .box-link")];
  const field = fields.find((each) => each.getClientRects().length);
  event.preventDefault();
  if (field instanceof HTMLElement) field.focus();
});

const form = document.querySelector(".box");
if (form) assist(form);
else if (document.querySelector("#search-results")) import("./page.js");
