// @ts-check
/**
 * Text → the words it can be found by, as `generator/search/analysis.py` has it; word → where the index has it, and
 * which words it may have been meant to be, as `generator/search/spelling.py` has it.
 */

const LONGEST = 40;
/** @type {Record<string, string>} */
const SPECIAL = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", ð: "d", þ: "th", ς: "σ" };
const GREEK = `alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau
  upsilon phi chi psi omega`.split(/\s+/);
const UNSPACED =
  "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af";
const MARKS = "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff";
const LETTER = `(?:(?![${UNSPACED}])[\\p{L}\\p{N}]|[${MARKS}])`;
const WORD = new RegExp(
  `[${UNSPACED}]+|\\.net(?!${LETTER})|(?<![\\p{L}\\p{N}])[a-z](?:\\+\\+|#)(?!${LETTER})` +
    `|${LETTER}+(?:[-/_'.]${LETTER}+)*`,
  "gu",
);
/** Edits that are too many; what one costs, and another first letter; words so short may have one only. */
const [FAR, PER_EDIT, OTHER_FIRST, SHORT] = [3, 4, 2, 4];
const UNSPACED_RUN = new RegExp(`^[${UNSPACED}]`);
const ENDINGS = "a e i o u s y ed ing er or ly al ion ic iv ment ness abl ibl at it iz anc enc ant ent".split(" ");

export const STOP_WORDS = new Set(
  `a an and are as at be been but by can did do does for from had has have how if in into is it its may more most
  no nor not of on or our over s such than that the their them then there these they this those through to under
  up was we were what when where which while who whom why will with within would you your`.split(/\s+/),
);

/** Lower case without accents; compatibility characters are what they stand for. @param {string} text */
export function folded(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[ßøłđæœıðþς]/g, (letter) => SPECIAL[letter] ?? letter)
    .replace(/[‐‑‒–−]/g, "-")
    .replace(/[’‘ʼ]/g, "'")
    .replace(/-?(?<![α-ω])([α-ω])(?![α-ω])-?/g, (_, letter) => `-${GREEK[letter.charCodeAt(0) - 0x3b1]}-`)
    .toLowerCase();
}

/** Every word in order, stop words included; a joined word is followed by its parts. @param {string} text */
export function words(text) {
  const found = folded(text).replace(/'s?(?![\p{L}\p{N}])/gu, "").match(WORD) ?? [];
  return found.flatMap((word) => (/^[a-z0-9]+$/.test(word) ? word.slice(0, LONGEST) : ofUnusual(word)));
}

/** The words that are looked up: all but stop words, or all if there are no others. @param {string} text */
export function contentWords(text) {
  const all = words(text);
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  return telling.length ? telling : all;
}

/**
 * What words of one stem mostly share: a value without the endings behind its first three letters.
 *
 * Not by a pattern, since `aly` ends in two ways and a long row of it would take one for ever.
 *
 * @param {string} value
 */
export function home(value) {
  if (!/^[a-z]{1,40}$/.test(value)) return value;
  const starts = new Set([value.length]);
  for (let at = value.length - 1; at >= 3; at--) {
    if (ENDINGS.some((ending) => value.startsWith(ending, at) && starts.has(at + ending.length))) starts.add(at);
  }
  return value.slice(0, Math.min(...starts));
}

/** FNV-1a, 32 bits, of the text's UTF-8. @param {string} text */
export function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The first two characters, which name a file of spellings. @param {string} word */
export const startOf = (word) => [...word].slice(0, 2).join("");

/** The first two letters that a mistyped word may have had. @param {string} word */
export function buckets(word) {
  const [first = "", second = "", third = ""] = word;
  return [...new Set([first + second, second + first, second + third, first + third])];
}

/** The likeliest of known words, with bytes; best first. @param {string} word @param {[string, number][]} known */
export function corrections(word, known, limit = 3) {
  const letters = [...word];
  const scored = known.flatMap(([other, byte]) => {
    const facing = [...other];
    const most = letters.length <= SHORT ? 1 : 2;
    const edits = Math.abs(facing.length - letters.length) > most ? FAR : distance(letters, facing);
    const cost = PER_EDIT * edits + (facing[0] === letters[0] ? 0 : OTHER_FIRST) - byte / 16;
    return edits > most ? [] : [{ other, cost }];
  });
  scored.sort((one, two) => one.cost - two.cost || (one.other < two.other ? -1 : 1));
  return scored.slice(0, limit).map(({ other }) => other);
}

/** Letters inserted, left out, changed or swapped; 3: or more. @param {string[]} one @param {string[]} other */
export function distance(one, other) {
  const at = (/** @type {number[]} */ row, /** @type {number} */ column) => row[column] ?? FAR;
  /** @type {number[]} */
  let before = [];
  let above = [...Array(other.length + 1).keys()];
  for (const [row, letter] of one.entries()) {
    const current = [row + 1];
    for (const [column, facing] of other.entries()) {
      const isSwapped = row && column && letter === other[column - 1] && one[row - 1] === facing;
      const changed = at(above, column) + (letter === facing ? 0 : 1);
      const swapped = isSwapped ? at(before, column - 1) + 1 : FAR;
      current.push(Math.min(at(above, column + 1) + 1, at(current, column) + 1, changed, swapped));
    }
    if (Math.min(...current) >= FAR) return FAR;
    [before, above] = [above, current];
  }
  return Math.min(at(above, other.length), FAR);
}

/** @param {string} word */
function ofUnusual(word) {
  if (UNSPACED_RUN.test(word)) {
    return Array.from({ length: Math.max(1, word.length - 1) }, (_, at) => word.slice(at, at + 2));
  }
  if (/^\.|[+#]$/.test(word)) return [word];
  const parts = word.replaceAll("'", "").split(/[-/_]|(?<!\p{Nd})\.|\.(?!\p{Nd})/u).filter(Boolean);
  const whole = 1 < parts.length && parts.length <= 3 ? [parts.join("")] : [];
  return [...whole, ...parts].map((part) => [...part].slice(0, LONGEST).join(""));
}
