// @ts-check
/** A few papers → the bytes of an index of one or two segments, as `docs/search-index.md` lays them out. */

import { contentWords, fnv1a, home, words } from "../../site_templates/assets/search/words.js";

/**
 * `text` is what is searched besides the title; `cluster` decides what the paper means.
 * @typedef {{ anchor: string, day: string, title: string, text?: string, authors?: string, org?: string, topics?: number[],
 *   sources?: number[], curators?: string, votes?: number, flags?: number, cluster?: number, near?: number[] }} Paper
 */

export const TOPICS = [["graphs", "Graphs"], ["large-graphs", "Large graphs"], ["proteins", "Proteins"]];
export const SOURCES = ["huggingface", "arxiv"];
/** Words of one stem, first key first; `ran` has another home than `run`. @type {Record<string, string[]>} */
const FORMS = { run: ["run", "running", "ran"], ran: ["run", "running", "ran"], running: ["run", "running", "ran"] };
const LONG = 40;

/**
 * @param {Paper[]} base sorted by cluster, 0 or 1
 * @param {Paper[]} [recent]
 * @returns {Map<string, Uint8Array>} files by path below the site
 */
export function tinyIndex(base, recent) {
  const files = new Map();
  const replaced = (recent ?? []).map(({ anchor }) => base.findIndex((paper) => paper.anchor === anchor));
  const segments = [segment(files, "one/", base, base.length, null)];
  if (recent) segments.push(segment(files, "two/", recent, 0, replaced.filter((number) => number >= 0).sort((a, b) => a - b)));
  const newest = [...base, ...(recent ?? [])].sort((one, other) => (one.day < other.day ? 1 : -1)).filter(({ day }, _, all) => {
    return daysOf(day) > daysOf(all[0]?.day ?? "") - 30;
  });
  files.set("search/latest-0.bin", new Uint8Array(newest.flatMap(slot)));
  const index = { version: 1, encoder: "corpus", topics: TOPICS, sources: SOURCES, latest: "latest-0.bin", segments };
  files.set("search/index.json", new TextEncoder().encode(JSON.stringify(index)));
  return files;
}

/**
 * @param {Map<string, Uint8Array>} files
 * @param {string} path
 * @param {Paper[]} papers
 * @param {number} speltPapers
 * @param {number[] | null} replaced
 */
function segment(files, path, papers, speltPapers, replaced) {
  const set = (/** @type {string} */ name, /** @type {number[]} */ bytes) => files.set(`search/${path}${name}`, new Uint8Array(bytes));
  const clusters = [0, 1].map((cluster) => papers.filter((paper) => (paper.cluster ?? 0) === cluster).length);
  const steps = (replaced ?? []).map((number, at, all) => number - (all[at - 1] ?? -1));
  const middles = replaced ? [] : [...halves(0), ...halves(1)];
  set("top.bin", [...varint(2), ...clusters.flatMap(varint), ...varint(steps.length), ...steps.flatMap(varint), ...middles]);
  set("days.bin", papers.flatMap(({ day }) => u16(daysOf(day))));
  set("votes.bin", papers.flatMap(({ votes }) => u16(votes ?? 0xffff)));
  set("r/0000.bin", papers.flatMap(slot));
  const shards = 3;
  for (const [number, bytes] of shardsOf(papers, shards, set, !replaced).entries()) set(`w/000${number}.bin`, bytes);
  if (!replaced) set("s/0000.bin", spelling(papers));
  return { path, papers: papers.length, shards, spelling: speltPapers ? 1 : 0 };
}

/** @param {Paper[]} papers @param {number} shards @param {(name: string, bytes: number[]) => void} set @param {boolean} isBase */
function shardsOf(papers, shards, set, isBase) {
  /** @type {Map<string, { keys: string[], papers: Map<number, number> }>} */
  const lists = new Map();
  let own = 0;
  const add = (/** @type {string} */ key, /** @type {number} */ paper, mark = 0, keys = [key]) => {
    const list = lists.get(key) ?? { keys, papers: new Map() };
    list.papers.set(paper, (list.papers.get(paper) ?? 16 << 3) | mark);
    lists.set(key, list);
  };
  for (const [number, paper] of papers.entries()) {
    for (const [text, bit] of /** @type {[string, number][]} */ ([[paper.title, 4], [paper.text ?? "", 0]])) {
      for (const word of contentWords(text)) {
        const keys = FORMS[word] ?? [word];
        add(keys[0] ?? word, number, bit | (keys[0] === word ? 2 : 1), keys);
      }
    }
    for (const word of words(paper.authors ?? "")) add(`author:${word}`, number);
    for (const word of words(paper.org ?? "")) add(`org:${word}`, number);
    for (const topic of paper.topics ?? []) add(`topic:${TOPICS[topic]?.[0]}`, number);
    for (const source of paper.sources ?? []) add(`source:${SOURCES[source]}`, number);
    for (const word of words(paper.curators ?? "")) add(`curator:${word}`, number);
    const flags = paper.flags ?? 0;
    for (const [at, name] of ["code", "note", "pick"].entries()) if (flags & (1 << at)) add(`has:${name}`, number);
    add(`id:${paper.anchor}`, number);
  }
  const parts = Array.from({ length: shards }, () => /** @type {number[]} */ ([]));
  const put = (/** @type {string} */ key, /** @type {number[]} */ entry) =>
    parts[fnv1a(home(key.split(":")[1] ?? key)) % shards]?.push(...varint(entry.length), ...entry);
  for (const [key, { keys, papers: marks }] of lists) {
    const isWord = !key.includes(":");
    let before = -1;
    const whole = [...marks].flatMap(([paper, mark]) => [...varint(paper - before), ...((before = paper), isWord ? [mark] : [])]);
    const body = [...varint(marks.size)];
    if (whole.length <= LONG) body.push(0, ...varint(whole.length), ...whole);
    else {
      const head = isWord ? whole.slice(0, 8) : [];
      const file = riced([...marks.keys()]);
      set(`l/000${own}.bin`, file);
      body.push(1, ...varint(own++), ...varint(file.length), ...varint(head.length), ...head);
      const titled = [...marks].flatMap(([paper, mark]) => (mark & 4 ? paper : []));
      for (const paper of isWord ? titled : []) add(`title:${key}`, paper);
    }
    const others = keys.slice(1).flatMap((other) => [0, ...string(other)]);
    const vector = isBase && isWord && marks.size >= 3 ? [0, 0, 0, 63, ...halves(key === "run" ? 1 : 0)] : [];
    put(key, [isWord ? 2 : 1, keys.length, ...string(key), ...others, ...body, ...vector]);
    for (const other of keys.slice(1)) if (home(other) !== home(key)) put(other, [0, 1, ...string(other), ...string(key)]);
  }
  return parts;
}

/** @param {Paper} paper */
function slot(paper) {
  const { anchor, day, title, text, authors, org, topics, sources, curators, votes, flags, cluster, near } = paper;
  const fields = [anchor, title, authors, org, topics?.join(" "), sources?.join(" "), curators, text];
  const bytes = [...new TextEncoder().encode(fields.map((field) => field ?? "").join("\n"))].slice(0, 208);
  const nearest = [0, 1, 2, 3, 4, 5].flatMap((at) => [...u16((near?.[at] ?? 0xffffff) & 0xffff), (near?.[at] ?? 0xffffff) >> 16]);
  const head = [...u16(daysOf(day)), ...u16(votes ?? 0xffff), flags ?? 0, 20, ...nearest, ...halves(cluster ?? 0)];
  return [...head, ...bytes, ...Array(208 - bytes.length).fill(0)];
}

/** @param {Paper[]} papers */
function spelling(papers) {
  const all = papers.flatMap(({ title, text, authors }) => [...new Set(words(`${title} ${text ?? ""} ${authors ?? ""}`))]);
  return [...new Set(all)].sort().flatMap((word) => {
    const count = all.filter((other) => other === word).length;
    return [0, ...string(word), Math.round(16 * Math.log1p(count))];
  });
}

/** A vector with one number. @param {number} place */
const halves = (place) => Array.from({ length: 64 }, (_, at) => (at === place ? 0x8f : 0x88));

/** @param {string} text */
function string(text) {
  const bytes = new TextEncoder().encode(text);
  return [bytes.length, ...bytes];
}

/** @param {number} number @returns {number[]} */
export const varint = (number) => (number < 128 ? [number] : [(number & 127) | 128, ...varint(number >> 7)]);

/** Golomb-Rice codes of an ascending list. @param {number[]} papers @returns {number[]} */
export function riced(papers, low = 1) {
  const bits = papers.flatMap((paper, at) => {
    const step = paper - (papers[at - 1] ?? -1) - 1;
    return [...Array(step >> low).fill(1), 0, ...Array.from({ length: low }, (_, bit) => (step >> bit) & 1)];
  });
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, byte) =>
    bits.slice(8 * byte, 8 * byte + 8).reduce((sum, bit, at) => sum | (bit << at), 0),
  );
  return [low, ...bytes];
}

/** @param {number} number */
const u16 = (number) => [number & 255, number >> 8];

/** @param {string} day */
const daysOf = (day) => Math.round((Date.parse(day) - Date.UTC(2000, 0, 1)) / 86_400_000);
