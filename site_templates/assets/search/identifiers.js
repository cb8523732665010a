// @ts-check
/** What a reader pastes → the paper's id → its anchor, as `generator/identifiers.py` has them. */

const NUMBER = "[0-9]{2}(?:0[1-9]|1[0-2])";
const ARXIV = `(${NUMBER}\\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\\.[A-Z]{2})?/${NUMBER}[0-9]{3})`;
const VERSION = "(?:v[1-9][0-9]{0,3})?";
const FORMS = [
  `(?:(?:arxiv:\\s*)?|10\\.48550/arxiv\\.)${ARXIV}${VERSION}`,
  `https?://(?:[a-z]+\\.)?arxiv\\.org/(?:abs|pdf|html|format|ps)/${ARXIV}${VERSION}(?:\\.pdf)?(?:[?#/].*)?`,
  `https?://huggingface\\.co/papers/${ARXIV}(?:[?#/].*)?`,
].map((form) => new RegExp(`^${form}$`, "i"));
const DOI_PREFIX = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i;
const DOI = /^10\.[0-9]{4,9}\/[!-~]{1,200}$/;
const HASH = /^(?:url|title):[0-9a-f]{16}$/;
const PERMALINK = /^(?:https?:\/\/\S+\/[0-9]{4}\/[0-9]{2}\/[0-9]{2}\/#)?((?:doi|[tu])-\S+|(?<=#)\S+)$/;
/** @type {[kind: string, prefix: string][]} */
const PREFIXES = [["doi", "doi-"], ["url", "u-"], ["title", "t-"], ["arxiv", ""]];

/** The id of the paper that a text without blanks names; empty when it names none. @param {string} text */
export function paperId(text) {
  const permalink = PERMALINK.exec(text)?.[1];
  const named = permalink === undefined ? text : ofAnchor(permalink);
  if (HASH.test(named)) return named;
  const bare = named.replace(DOI_PREFIX, "");
  const arxiv = FORMS.map((form) => form.exec(bare)?.[1]).find(Boolean);
  // Old ids go without their subject class: `math.AG/0601001` is `math/0601001`.
  if (arxiv) return `arxiv:${arxiv.replace(/^([a-z-]+)(?:\.[a-z]+)?(?=\/)/i, (_, group) => group.toLowerCase())}`;
  const doi = bare !== named ? unquoted(bare) : bare;
  return DOI.test(doi) ? `doi:${doi.toLowerCase()}` : "";
}

/** An id's HTML id: `/` becomes `_`, other signs `~` and two hex digits. @param {string} id */
export function anchor(id) {
  const [kind, prefix] = PREFIXES.find(([name]) => id.startsWith(`${name}:`)) ?? ["", ""];
  const hexOf = (/** @type {string} */ sign) => sign.charCodeAt(0).toString(16).padStart(2, "0");
  const others = kind === "arxiv" ? /[^a-z0-9.-]/g : /[^a-z0-9.]/g;
  return prefix + id.slice(kind.length + 1).replace(others, (sign) => (sign === "/" ? "_" : `~${hexOf(sign)}`));
}

/** The inverse of `anchor`. @param {string} name */
function ofAnchor(name) {
  const [kind, prefix] = PREFIXES.find(([, start]) => name.startsWith(start)) ?? ["", ""];
  return `${kind}:${unquoted(name.slice(prefix.length).replaceAll("_", "/").replaceAll("~", "%"))}`;
}

/** As Python's `unquote`: what is no escape stays. @param {string} text */
const unquoted = (text) =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    const bytes = escapes.slice(1).split("%").map((digits) => parseInt(digits, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
  });
