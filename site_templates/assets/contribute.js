// @ts-check
/**
 * "Add a note" with the reader's own login in place of `your-login`, asked for once and kept in the browser.
 *
 * A static page does not know who reads it. Without this module, or when a reader goes on without a login, the plain
 * link works, and the template says what to put where. The answer never leaves the browser but in the address.
 */

/** Where the answer is kept: a login, or nothing for readers who do not want to be asked again. */
export const KEY = "broadsheet.login";

/**
 * The address with a login in its file name and in its template's line of the curator; titles stay as they are.
 *
 * @param {string} address
 * @param {string} login
 * @returns {string}
 */
export function signed(address, login) {
  const url = new URL(address);
  for (const [name, text] of [...url.searchParams]) {
    const named = text.replace(/-your-login\.md$/, `-${login}.md`);
    url.searchParams.set(name, named.replace(/^curator: github:your-login.*$/m, `curator: github:${login}`));
  }
  return url.href;
}

/** @returns {string | null} null when nobody was asked, or the browser keeps nothing */
export function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/**
 * The dialog comes when it is first asked for; where it does not, one goes on without a login.
 *
 * @type {typeof import("./login.js")["ask"]}
 */
const ask = (forge, go, done) => void import("./login.js").then((login) => login.ask(forge, go, done), () => done(""));

/** @param {Element} line the line under the papers, which names the forge */
function start(line) {
  const forge = line.getAttribute("data-forge") ?? "";
  const change = document.createElement("button");
  change.type = "button";
  change.className = "note-signature";
  const show = () => (change.textContent = remembered() ? `Notes signed by ${remembered()}: change` : "Sign my notes");
  change.addEventListener("click", () => ask(forge, "Keep", show));
  show();
  line.append(" ", change);
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a.add-note");
    if (!(link instanceof HTMLAnchorElement)) return;
    const login = remembered();
    link.dataset.plain ??= link.href;
    link.href = login ? signed(link.dataset.plain, login) : link.dataset.plain;
    if (login !== null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(forge, "Write the note", (given) => location.assign(given ? signed(link.href, given) : link.href));
  });
}

if (typeof document !== "undefined") document.querySelectorAll(".contribute[data-forge=GitHub]").forEach(start);
