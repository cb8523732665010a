/**
 * Answers for the tests of the search page and the header's box, in place of assets/search/client.js.
 *
 * Whatever is asked, 23 papers are found; words of the query change that: see `find`.
 */

const HOSTILE = "Graph <img src=x onerror=alert(1)> of zébrafish";
const FACETS = {
  topic: [{ value: "zebrafish", label: "Zebrafish", count: 12, isExact: true }],
  year: [{ value: "2025", label: "2025", count: 1234, isExact: false }],
  source: [],
  curator: [{ value: "Ada Lovelace", label: "Ada Lovelace", count: 1, isExact: true }],
  has: [{ value: "code", label: "code", count: 4, isExact: true }],
};

const paper = (n) => ({
  anchor: `2509.${String(n).padStart(5, "0")}`,
  url: `2025/10/01/#2509.${String(n).padStart(5, "0")}`,
  day: "2025-10-01",
  title: `${HOSTILE}, number ${n}`,
  authors: "Ada Lovelace, 山田太郎",
  organization: "Aquarium",
  topics: [{ slug: "zebrafish", name: "Zebrafish" }],
  sources: ["test"],
  curators: n === 1 ? ["Ada Lovelace"] : [],
  snippet: "We watch a zebrafish & <b>wait</b>…",
  votes: n === 1 ? 1163 : null,
  hasCode: n === 1,
  hasNote: n === 1,
  isPick: n === 1,
  isWithdrawn: n === 2,
  matched: n === 3 ? [] : ["zebrafish", "graph"],
  byMeaning: n === 3,
});

const upTo = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, n) => paper(from + n + 1));

export const connect = (base) => ({
  async find(text, { offset = 0, limit = 10 } = {}) {
    const says = (word) => text.split(" ").includes(word);
    if (says("broken")) throw new Error(`The index at ${base} is damaged.`);
    const total = says("nothing") ? 0 : 23;
    return {
      results: upTo(offset, Math.min(total, offset + limit)),
      total,
      isExact: !says("rough"),
      hints: says("colour:red") ? ["colour: is no operator, so it was searched as text."] : [],
      corrections: says("grpah") ? [{ typed: "grpah", meant: "graph" }] : [],
      highlights: ["graph", "zebrafish"],
      facets: FACETS,
      isOffline: says("offline"),
    };
  },
  complete: async (begun) => (begun.startsWith("gr") ? [`${begun}aph`, `${begun}ass`] : []),
  similar: async (anchor) => (anchor === "none" ? { paper: null, results: [] } : { paper: paper(1), results: upTo(1, 6) }),
});
