// @ts-check
/** Papers → what they have in common, by the values that stand after operators. */

/** @import { Paper } from "./segment.js" */

/**
 * About `count` papers have it, exactly so many if `isExact`.
 * @typedef {{ value: string, label: string, count: number, isExact: boolean }} Facet
 * @typedef {(paper: Paper) => (string | { slug: string, name: string })[]} ValuesOf
 */

/** Counted over some of `total` papers. @param {Paper[]} papers @param {number} total @param {boolean} isExact */
export function facetsOf(papers, total, isExact) {
  const share = isExact ? 1 : total / papers.length;
  const counted = (/** @type {ValuesOf} */ valuesOf) => {
    /** @type {Map<string, Facet>} */
    const facets = new Map();
    for (const found of papers.flatMap(valuesOf)) {
      const [value, label] = typeof found === "string" ? [found, found] : [found.slug, found.name];
      facets.set(value, { value, label, isExact, count: (facets.get(value)?.count ?? 0) + 1 });
    }
    const all = [...facets.values()].map((facet) => ({ ...facet, count: Math.round(facet.count * share) }));
    return all.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
  };
  return {
    topic: counted(({ topics }) => topics),
    year: counted(({ day }) => [day.slice(0, 4)]),
    source: counted(({ sources }) => sources),
    curator: counted(({ curators }) => curators),
    has: counted(({ hasNote, hasCode, isPick }) => [hasNote ? "note" : [], hasCode ? "code" : [], isPick ? "pick" : []].flat()),
  };
}
