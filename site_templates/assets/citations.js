// @ts-check
/**
 * Papers of any days → their entries as BibTeX, RIS and CSL-JSON, in one file or in a dialog.
 *
 * The build wrote every entry beside its digest; nothing is composed here. A day's three files hold its papers in the
 * same order, and `cite.json` says which is which.
 */

/** @typedef {{ day: string, anchor: string }} Cited the address of a digest, and a paper's place on it */

/** How each format's file is taken apart and put together. */
export const FORMATS = [
  {
    name: "BibTeX", file: "cite.bib", type: "application/x-bibtex",
    split: (/** @type {string} */ text) => text.trimEnd().split("\n\n"),
    join: (/** @type {string[]} */ entries) => `${entries.join("\n\n")}\n`,
  },
  {
    name: "RIS", file: "cite.ris", type: "application/x-research-info-systems",
    split: (/** @type {string} */ text) => text.replace(/\r\n$/, "").split("\r\n\r\n"),
    join: (/** @type {string[]} */ entries) => `${entries.join("\r\n\r\n")}\r\n`,
  },
  {
    name: "CSL-JSON", file: "cite.json", type: "application/vnd.citationstyles.csl+json",
    split: (/** @type {string} */ text) => JSON.parse(text).map((/** @type {object} */ item) => JSON.stringify(item, null, 1)),
    join: (/** @type {string[]} */ entries) => `[${entries.join(",\n")}]\n`,
  },
];

/** @type {Map<string, Promise<string>>} */
const read = new Map();

/** @param {string} address @param {string} file */
function fileOf(address, file) {
  const { href } = new URL(file, address);
  const text = read.get(href) ?? fetch(href).then((answer) => {
    if (!answer.ok) throw new Error(`${href} answers ${answer.status}`);
    return answer.text();
  });
  read.set(href, text);
  text.catch(() => read.delete(href));
  return text;
}

/**
 * The papers in one file, in this order; those that their digest no longer holds are left out.
 *
 * Keys are unique within a day only, so one that comes again gets a number.
 *
 * @param {Cited[]} papers
 * @param {typeof FORMATS[number]} format
 * @returns {Promise<string>}
 */
export async function collect(papers, format) {
  const found = await Promise.all(papers.map(async ({ day, anchor }) => {
    const [index, text] = await Promise.all([fileOf(day, "cite.json"), fileOf(day, format.file)]);
    const items = JSON.parse(index);
    const at = items.findIndex((/** @type {any} */ item) => item.custom.anchor === anchor);
    return at < 0 ? null : { key: items[at].id, entry: format.split(text)[at] };
  }));
  /** @type {Map<string, number>} */
  const taken = new Map();
  return format.join(found.flatMap((one) => {
    if (!one) return [];
    const times = taken.get(one.key) ?? 0;
    taken.set(one.key, times + 1);
    return times ? one.entry.replace(one.key, `${one.key}-${times + 1}`) : one.entry;
  }));
}

/**
 * A dialog with these papers in each format.
 *
 * @param {Cited[]} papers
 * @param {string} title what they are, for people
 * @param {string} name of a file that holds them, without its ending
 */
export async function showCitations(papers, title, name) {
  const texts = await Promise.all(FORMATS.map((format) => collect(papers, format)));
  const dialog = document.createElement("dialog");
  dialog.className = "citation";
  dialog.setAttribute("aria-labelledby", "citation-title");
  dialog.innerHTML = `<h2 id="citation-title">Cite</h2><p dir="auto"></p><fieldset><legend>Format</legend>${
    FORMATS.map((format, at) => `<label><input type="radio" name="format" value="${at}"> ${format.name}</label> `).join("")
  }</fieldset><textarea readonly rows="10" spellcheck="false" aria-label="Citation"></textarea>
    <p><button value="copy">Copy</button> <a>Download</a> <button value="close">Close</button> <span role="status"></span></p>`;
  const [line, field, link, status] = ["p", "textarea", "a", "[role=status]"].map((each) => dialog.querySelector(each));
  if (!line || !(field instanceof HTMLTextAreaElement) || !(link instanceof HTMLAnchorElement) || !status) return;
  line.textContent = title;
  let chosen = 0;
  const show = (/** @type {number} */ at) => {
    chosen = at;
    field.value = texts[at] ?? "";
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([texts[at] ?? ""], { type: FORMATS[at]?.type }));
    link.download = `${name}${FORMATS[at]?.file.replace("cite", "")}`;
    status.textContent = "";
  };
  const copy = () => navigator.clipboard.writeText(texts[chosen] ?? "").then(
    () => (status.textContent = "Copied."),
    () => (field.select(), (status.textContent = "Selected: press Ctrl+C or ⌘C.")),
  );
  for (const input of dialog.querySelectorAll("input")) input.addEventListener("change", () => show(Number(input.value)));
  dialog.querySelector("[value=copy]")?.addEventListener("click", () => (navigator.clipboard ? copy() : field.select()));
  dialog.querySelector("[value=close]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => (URL.revokeObjectURL(link.href), dialog.remove()));
  document.body.append(dialog);
  /** @type {HTMLInputElement} */ (dialog.querySelector("input")).checked = true;
  show(0);
  dialog.showModal();
}
