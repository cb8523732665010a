// @ts-check
/** Followed topics, authors and phrases → which of them a paper on a page matches. */

/** @import { Follows } from "./shelf.js" */

/** Scripts that set no blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Letters and digits in lower case without accents, words parted by single blanks. @param {string} text */
export function plain(text) {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

/** Whether a phrase stands in a text, both as `plain` gives them; its last word may have an `s` more. @type {(text: string, phrase: string) => boolean} */
export function holds(text, phrase) {
  const words = phrase.trim();
  if (!words) return false;
  return UNSPACED.test(words) ? text.includes(words) : text.includes(phrase) || text.includes(` ${words}s `);
}

/** Those that a paper matches, as the reader wrote them. @param {Element} article @param {Follows} follows */
export function matches(article, { topics, authors, phrases }) {
  const texts = (/** @type {string} */ selector) =>
    [...article.querySelectorAll(selector)].map((part) => plain(part.textContent ?? ""));
  const named = texts(".badge-topic");
  const people = texts(".authors bdi");
  const said = texts(".paper-title, .abstract");
  return [
    ...topics.filter((topic) => named.includes(plain(topic))),
    ...authors.filter((author) => people.some((name) => holds(name, plain(author)))),
    ...phrases.filter((phrase) => said.some((text) => holds(text, plain(phrase)))),
  ];
}
