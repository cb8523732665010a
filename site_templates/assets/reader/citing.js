// @ts-check
/**
 * Starred papers → BibTeX and RIS.
 *
 * BibTeX: https://www.ctan.org/pkg/bibtex; RIS: https://en.wikipedia.org/wiki/RIS_(file_format).
 */

/** @import { Star } from "./shelf.js" */
/** @typedef {{ arxiv: string, doi: string, url: string, year: string }} Known */

/** @type {Record<string, string>} */
const ESCAPES = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const PARTICLE = /^(?:al|bin|da|de|del|della|den|der|di|dos|du|el|la|le|ten|ter|van|von|zu|zum|zur)$/u;

/** A number, an address and a year, as far as its anchor tells. @param {Star} star @returns {Known} */
export function known({ anchor, url, day }) {
  if (anchor.startsWith("doi-")) {
    const doi = unescaped(anchor.slice("doi-".length));
    return { arxiv: "", doi, url: `https://doi.org/${encodeURI(doi).replaceAll("#", "%23").replaceAll("?", "%3F")}`, year: day.slice(0, 4) };
  }
  const number = /^(?:[a-z]+(?:-[a-z]+)?_)?(\d\d)\d\d(?:\.\d{4,5}|\d{3})$/.exec(anchor);
  if (!number) return { arxiv: "", doi: "", url, year: day.slice(0, 4) };
  const arxiv = anchor.replace("_", "/");
  return { arxiv, doi: "", url: `https://arxiv.org/abs/${arxiv}`, year: `${Number(number[1]) > 90 ? 19 : 20}${number[1]}` };
}

/** @param {string} text */
function unescaped(text) {
  const escaped = text.replaceAll("_", "/").replaceAll("%", "%25").replaceAll("~", "%");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return text.replaceAll("_", "/");
  }
}

/** @param {Star[]} stars */
export const bibtexOf = (stars) => stars.map(entry).join("\n");

/** @param {Star} star */
function entry(star) {
  const { arxiv, doi, url, year } = known(star);
  const names = [...star.authors.map(bibtexName), ...(star.more ? ["others"] : [])];
  const fields = Object.entries({
    title: `{${escaped(star.title)}}`, // braces keep its capitals
    author: names.join(" and "),
    year,
    eprint: arxiv,
    archiveprefix: arxiv && "arXiv",
    doi: escaped(doi),
    url: url.replace(/[\\{}^~ ]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replace(/%(?![0-9A-F]{2})/gi, "%25"),
  });
  const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@misc{${star.anchor.replace(/[~]/g, "-")},\n${lines.join("")}}\n`;
}

/** Signs that mean something to TeX; braces go, since they need not come in pairs. @param {string} text */
const escaped = (text) =>
  text.replace(/[{}]/g, "").replace(/\s+/gu, " ").replace(/[\\~^]/g, (sign) => ESCAPES[sign] ?? "").replace(/[&%$#_]/g, "\\$&");

/** @param {string} name */
function bibtexName(name) {
  const plain = escaped(name);
  // A name with a comma or an "and" would be taken for several.
  return /,|\band\b/i.test(plain) || !plain.includes(" ") ? `{${plain}}` : plain;
}

/** @param {Star[]} stars */
export const risOf = (stars) => stars.map(record).join("");

/** @param {Star} star */
function record(star) {
  const { arxiv, doi, url, year } = known(star);
  const lines = [
    ["TY", "GEN"],
    ["TI", star.title],
    ...star.authors.map((name) => ["AU", lastFirst(name)]),
    ["PY", year],
    ["AN", arxiv && `arXiv:${arxiv}`],
    ["DO", doi],
    ["UR", url],
    ["ID", star.anchor],
    ["ER", " "],
  ];
  return lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${value.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim()}\r\n`] : [])).join("");
}

/** `van der Berg, Ada`; single names stay, as do those that have a comma. @param {string} name */
function lastFirst(name) {
  const words = name.split(/\s+/u);
  if (words.length < 2 || name.includes(",")) return name;
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && PARTICLE.test(word));
  const start = particle > 0 ? particle : words.length - 1;
  return `${words.slice(start).join(" ")}, ${words.slice(0, start).join(" ")}`;
}
