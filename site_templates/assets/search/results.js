// @ts-check
/** Slots → what is shown of papers, and what these have in common. */

/**
 * `matched` are words of the query that the paper has; `byMeaning`: they say less than those that it lacks.
 * @typedef {{ anchor: string, url: string, day: string, title: string, authors: string, organization: string,
 *   topics: { slug: string, name: string }[], sources: string[], curators: string[], snippet: string,
 *   votes: number | null, hasCode: boolean, hasNote: boolean, isPick: boolean, isWithdrawn: boolean,
 *   matched: string[], byMeaning: boolean }} Result
 *
 * `value` stands after the operator; `count` papers have it, about so many unless `isExact`.
 * @typedef {{ value: string, label: string, count: number, isExact: boolean }} Facet
 * @typedef {Record<"topic" | "year" | "source" | "curator" | "has", Facet[]>} Facets
 */

/**
 * @param {{ topics: [string, string][], sources: string[] }} names
 * @param {import("./segment.js").Slot} slot
 * @param {{ matched: string[], byMeaning: boolean }} why
 * @returns {Result}
 */
export function resultOf(names, slot, why = { matched: [], byMeaning: false }) {
  const { anchor, day, title, authors, organization, curators, snippet, votes, flags } = slot;
  return {
    ...{ anchor, day, title, authors, organization, curators, snippet, votes, ...why },
    url: `${day.replaceAll("-", "/")}/#${anchor}`,
    topics: slot.topics.flatMap((number) => named(names.topics[number])),
    sources: slot.sources.flatMap((number) => names.sources[number] ?? []),
    hasCode: (flags & 1) > 0,
    hasNote: (flags & 2) > 0,
    isPick: (flags & 4) > 0,
    isWithdrawn: (flags & 8) > 0,
  };
}

/**
 * Counted over the results given, and from these guessed for all.
 *
 * @param {Result[]} results @param {number} total @param {boolean} isExact
 * @returns {Facets}
 */
export function facetsOf(results, total, isExact) {
  /** @param {(result: Result) => [value: string, label: string][]} pairsOf */
  const counted = (pairsOf) => {
    /** @type {Map<string, Facet>} */
    const facets = new Map();
    for (const [value, label] of results.flatMap(pairsOf)) {
      const facet = facets.get(value) ?? { value, label, count: 0, isExact };
      facets.set(value, { ...facet, count: facet.count + 1 });
    }
    const all = [...facets.values()].sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
    return isExact ? all : all.map((facet) => ({ ...facet, count: Math.round((facet.count / results.length) * total) }));
  };
  return {
    topic: counted(({ topics }) => topics.map(({ slug, name }) => [slug, name])),
    year: counted(({ day }) => [[day.slice(0, 4), day.slice(0, 4)]]),
    source: counted(({ sources }) => sources.map((name) => [name, name])),
    curator: counted(({ curators }) => curators.map((name) => [name, name])),
    has: counted(({ hasNote, hasCode, isPick }) => [
      ...pair(hasNote, "note", "Note"),
      ...pair(hasCode, "code", "Code"),
      ...pair(isPick, "pick", "Pick"),
    ]),
  };
}

/** @param {[string, string] | undefined} topic */
const named = (topic) => (topic ? [{ slug: topic[0], name: topic[1] }] : []);

/** @param {boolean} isThere @param {string} value @param {string} label @returns {[string, string][]} */
const pair = (isThere, value, label) => (isThere ? [[value, label]] : []);
