// @ts-check
/**
 * "Cite" opens a dialog with the paper's entry; a topic's pages get a button for all their papers.
 *
 * What the dialog needs comes when it is first asked for. Without this module the link leads to the day's BibTeX.
 */

/**
 * What lines of other pages link to.
 *
 * @param {Iterable<{ href: string }>} links to papers on their digests
 * @returns {import("./citations.js").Cited[]}
 */
export function citedBy(links) {
  return Array.from(links, ({ href }) => {
    const [day = "", anchor = ""] = href.split("#");
    return { day, anchor: decodeURIComponent(anchor) };
  });
}

/**
 * @param {import("./citations.js").Cited[]} papers
 * @param {string} title
 * @param {string} name
 */
async function show(papers, title, name) {
  const { showCitations } = await import("./citations.js");
  await showCitations(papers, title, name);
}

/** @param {Element} count the line on a topic's page to which the button comes */
function offerAll(count) {
  const papers = citedBy(document.querySelectorAll(/** @type {"a"} */ (".line > a")));
  if (!papers.length) return;
  const name = location.pathname.replace(/.*\/topics\/|\/$/g, "").replaceAll("/", "-");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cite-all";
  button.textContent = "Cite these papers";
  button.addEventListener("click", () => {
    show(papers, document.querySelector("h1")?.textContent ?? "", name).catch(() => {
      button.textContent = "The citations cannot be loaded now";
    });
  });
  count.append(" ", button);
}

if (typeof document !== "undefined") {
  document.querySelectorAll(":is(.topic, .topic-month) > .count").forEach(offerAll);
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a.cite");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const article = link.closest("article.paper");
    const anchor = article?.id ?? "";
    const title = article?.querySelector(".paper-title")?.textContent ?? "";
    show([{ day: link.href, anchor }], title, anchor).catch(() => location.assign(link.href));
  });
}
