// @ts-check
/** The dialog in which readers who write notes say who they are. */

import { KEY, remembered } from "./contribute.js";

/** As GitHub allows them. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/;

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
export function ask(forge, go, done) {
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
