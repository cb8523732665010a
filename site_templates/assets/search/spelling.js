// @ts-check
/**
 * A word nobody wrote → the words of the index it may have been meant to be, as `generator/search/spelling.py` has it.
 */

import { textOf } from "./bytes.js";

/** @typedef {import("./bytes.js").Bytes} Bytes */

const FAR = 3;
const PER_EDIT = 4;
const OTHER_FIRST = 2;
const SHORT = 4;

/**
 * The buckets worth a look for a mistyped word; a bucket is named by a word's first two letters.
 *
 * @param {string} word
 */
export function buckets(word) {
  const [first = "", second = "", third = ""] = word;
  return [...new Set([first + second, second + first, second + third, first + third])];
}

/** A file of words → each with the byte that says in how many papers it is. @param {Bytes} bytes */
export function decodeSpellings(bytes) {
  /** @type {[word: string, byte: number][]} */
  const known = [];
  for (let word = new Uint8Array(); bytes.left; ) known.push([textOf((word = bytes.after(word))), bytes.byte()]);
  return known;
}

/**
 * The likeliest of the known words, given with their bytes, that `word` may stand for; best first.
 *
 * @param {string} word @param {Iterable<[string, number]>} known
 */
export function corrections(word, known, limit = 3) {
  const letters = [...word];
  const most = letters.length <= SHORT ? 1 : 2;
  /** @type {[number, string][]} */
  const scored = [];
  for (const [other, byte] of known) {
    if (Math.abs(other.length - word.length) > 2 * most) continue;
    const facing = [...other];
    const edits = distance(letters, facing);
    if (edits > most) continue;
    scored.push([PER_EDIT * edits + (facing[0] === letters[0] ? 0 : OTHER_FIRST) - byte / 16, other]);
  }
  return scored
    .sort(([one, first], [other, second]) => one - other || (first < second ? -1 : 1))
    .slice(0, limit)
    .map(([, other]) => other);
}

/**
 * Letters inserted, left out, changed, or swapped with the next; 3 stands for 3 or more.
 *
 * @param {string[]} one @param {string[]} other
 */
export function distance(one, other) {
  /** @type {number[]} */
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, letter] of one.entries()) {
    const current = [row + 1];
    for (const [column, facing] of other.entries()) {
      const changed = at(above, column) + (letter === facing ? 0 : 1);
      let cost = Math.min(at(above, column + 1) + 1, at(current, column) + 1, changed);
      if (row && column && letter === other[column - 1] && one[row - 1] === facing) {
        cost = Math.min(cost, at(before, column - 1) + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) >= FAR) return FAR;
    [before, above] = [above, current];
  }
  return Math.min(at(above, other.length), FAR);
}

/** @param {number[]} row @param {number} column */
const at = (row, column) => row[column] ?? FAR;
