// @ts-check
/** A number, DOI or address that a reader pastes → the paper's id → its anchor, as `generator/identifiers.py` has it. */

const ARXIV = "([0-9]{2}(?:0[1-9]|1[0-2])\\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\\.[A-Z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3})";
const VERSION = "(?:v[1-9][0-9]{0,3})?";
const FORMS = [
  `(?:arxiv:\\s*)?${ARXIV}${VERSION}`,
  `https?://(?:[a-z]+\\.)?arxiv\\.org/(?:abs|pdf|html|format|ps)/${ARXIV}${VERSION}(?:\\.pdf)?(?:[?#/].*)?`,
  `https?://huggingface\\.co/papers/${ARXIV}(?:[?#/].*)?`,
  `10\\.48550/arxiv\\.${ARXIV}${VERSION}`,
].map((form) => new RegExp(`^${form}$`, "i"));
const DOI_PREFIX = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i;
const DOI = /^10\.[0-9]{4,9}\/[!-~]{1,200}$/;
const HASH = /^(?:url|title):[0-9a-f]{16}$/;

/**
 * The id of the paper that `text` names; empty when it names none.
 *
 * @param {string} text without blanks around it
 * @returns {string}
 */
export function paperId(text) {
  if (HASH.test(text)) return text;
  const bare = text.replace(DOI_PREFIX, "");
  for (const form of FORMS) {
    const found = form.exec(bare);
    if (found?.[1]) return `arxiv:${withoutSubject(found[1])}`;
  }
  const doi = bare !== text && bare.includes("%") ? unquoted(bare) : bare;
  return DOI.test(doi) ? `doi:${doi.toLowerCase()}` : "";
}

/** Old ids without their subject class: `math.AG/0601001` is `math/0601001`. @param {string} id */
function withoutSubject(id) {
  const [group = "", number] = id.split("/");
  return number ? `${group.split(".")[0]?.toLowerCase()}/${number}` : id;
}

/** @type {Record<string, [prefix: string, others: RegExp]>} */
const ANCHORS = {
  arxiv: ["", /[^a-z0-9.-]/gu],
  doi: ["doi-", /[^a-z0-9.]/gu],
  url: ["u-", /[^a-z0-9.]/gu],
  title: ["t-", /[^a-z0-9.]/gu],
};

/** Id → HTML id: `/` becomes `_`, other signs `~` and two hex digits a byte. @param {string} id one of `paperId` */
export function anchor(id) {
  const [kind = "", rest = ""] = id.split(/:(.*)/s);
  const [prefix, others] = ANCHORS[kind] ?? ["", /[^]/gu];
  return prefix + rest.replace(others, (sign) => (sign === "/" ? "_" : `~${hexOf(sign)}`));
}

/** The bytes of ids are those of ASCII. @param {string} sign */
function hexOf(sign) {
  return sign.charCodeAt(0).toString(16).padStart(2, "0");
}

/** @param {string} text */
function unquoted(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
