// @ts-check
/** A word nobody wrote → words it may have been meant to be, as `generator/search/spelling.py` has it. */

import { textOf } from "./bytes.js";

const FAR = 3;
const PER_EDIT = 4;
const OTHER_FIRST = 2;
const SHORT = 4;

/** The first two letters that a mistyped word may have had. @param {string} word */
export function buckets(word) {
  const [first = "", second = "", third = ""] = word;
  return [...new Set([first + second, second + first, second + third, first + third])];
}

/** Words, each with the byte that says in how many papers it is. @param {import("./bytes.js").Bytes} bytes */
export function decodeSpellings(bytes) {
  /** @type {[word: string, byte: number][]} */
  const known = [];
  for (let word = new Uint8Array(); bytes.left; ) known.push([textOf((word = bytes.after(word))), bytes.byte()]);
  return known;
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
