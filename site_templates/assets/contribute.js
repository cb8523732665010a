// @ts-check
/**
 * "Add a note" with the reader's own login in place of `your-login`, asked for once and kept in the browser.
 *
 * A static page does not know who reads it. Without this module, or when a reader goes on without a login, the plain
 * link works, and the template says what to put where. The answer never leaves the browser but in the address.
 */

/** Where the answer is kept: a login, or nothing for readers who do not want to be asked again. */
const KEY = "broadsheet.login";
/** As GitHub allows them. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;

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

/**
 * What a reader typed → a login, however they wrote it; null when it cannot be one.
 *
 * @param {string} typed
 * @returns {string | null}
 */
export function loginIn(typed) {
  const bare = typed.trim().replace(/^(?:https:\/\/github\.com\/|github:|@)/i, "").replace(/\/$/, "");
  return LOGIN.test(bare) ? bare : null;
}

/** @returns {string | null} null when nobody was asked, or the browser keeps nothing */
function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} login */
function remember(login) {
  try {
    localStorage.setItem(KEY, login);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

/**
 * Ask for the login; `done` gets it, or "" for none. Escape leaves everything as it was.
 *
 * @param {string} forge
 * @param {string} go what the button that takes the answer says
 * @param {(login: string) => void} done
 */
function ask(forge, go, done) {
  const dialog = document.createElement("dialog");
  dialog.className = "note-login";
  dialog.setAttribute("aria-labelledby", "note-login-title");
  dialog.innerHTML = `<form>
    <h2 id="note-login-title">Who signs your notes?</h2>
    <label for="note-login">Your GitHub login</label>
    <input id="note-login" autocomplete="username" autocapitalize="none" spellcheck="false" aria-describedby="note-login-why">
    <p id="note-login-why">It goes into the note that ${forge} opens, and is kept in this browser only.</p>
    <p class="note-login-wrong" role="alert"></p>
    <button>${go}</button> <button type="button" value="skip">Go on without</button> <button type="button">Cancel</button>
    </form>`;
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const wrong = /** @type {Element} */ (dialog.querySelector(".note-login-wrong"));
  field.value = remembered() ?? "";
  /** @param {string} login */
  const answer = (login) => {
    remember(login);
    dialog.close();
    done(login);
  };
  dialog.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const login = loginIn(field.value);
    if (login) answer(login);
    else wrong.textContent = "A login has only letters, digits and hyphens between them.";
  });
  for (const button of dialog.querySelectorAll("[type=button]"))
    button.addEventListener("click", () => (button.getAttribute("value") ? answer("") : dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

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
