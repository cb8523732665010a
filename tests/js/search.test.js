// @ts-check
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { connect } from "../../site_templates/assets/search/client.js";
import { SearchError } from "../../site_templates/assets/search/files.js";
import { openSearch } from "../../site_templates/assets/search/search.js";
import { serve } from "./server.js";
import { tinyIndex } from "./tiny_index.js";

/** @typedef {import("./tiny_index.js").Paper} Paper */

/** Many papers alike, so that lists get long. @type {Paper[]} */
const MANY = Array.from({ length: 60 }, (_, at) => ({
  anchor: `many-${at}`,
  day: `2024-01-${String((at % 28) + 1).padStart(2, "0")}`,
  ...(at < 50 ? { title: `Common matters ${at}` } : { title: `Number ${at}`, text: "Common matters" }),
  votes: at,
}));
/** @type {Paper[]} */
const BASE = [
  { anchor: "2501.00001", day: "2025-01-05", title: "Graph networks", text: "Deep graph learning at scale", authors: "Ann Smith",
    org: "Deep Lab", topics: [0], sources: [0], votes: 12, flags: 1, near: [1, 0xffffff] },
  { anchor: "2501.00002", day: "2025-01-06", title: "Protein folding", text: "We ran large graph models", authors: "Bo Hinton",
    topics: [2], sources: [1], curators: "Jane Doe", flags: 2 },
  { anchor: "2501.00003", day: "2025-02-07", title: "Old words", text: "An outdated abstract", votes: 3 },
  ...MANY,
  { anchor: "2502.00001", day: "2025-03-01", title: "Running far", text: "People run", cluster: 1, topics: [1], votes: 7 },
  { anchor: "2502.00002", day: "2025-03-02", title: "Ran once", text: "Graph running", cluster: 1 },
  { anchor: "2502.00003", day: "2025-03-03", title: "Marathon <i>news</i>", text: "Legs only", cluster: 1 },
];
/** @type {Paper[]} */
const RECENT = [
  { anchor: "2501.00003", day: "2025-02-07", title: "New words", text: "A note about graph matters", flags: 6, votes: 30 },
  { anchor: "2511.00001", day: "2025-11-02", title: "Zyzzyva appears", text: "Only lately seen graph", votes: 1 },
];
const PAGE = `<article class="paper" id="2501.00001" aria-labelledby="x"><h2>Graph networks</h2>
  <p dir="auto">Deep <em>gra</em>ph learn&#105;ng &amp; at&nbsp;scale</p></article><article id="x">large models</article>`;
const FILES = tinyIndex(BASE, RECENT);
for (const day of ["2025/01/05", "2025/01/06", "2025/03/02"]) FILES.set(`${day}/`, new TextEncoder().encode(PAGE));

const server = await serve((path) => FILES.get(path));
const wholeServer = await serve((path) => FILES.get(path), { givesRanges: false });
after(() => Promise.all([server.close(), wholeServer.close()]));

/** @param {string} text @param {import("../../site_templates/assets/search/search.js").Options} [options] */
const find = async (text, options) => (await openSearch(server.base)).find(text, options);

/** @param {string} text */
const anchors = async (text) => (await find(text)).results.map(({ anchor }) => anchor);

/** @type {[string, string, string[]][]} */
const EXAMPLES = [
  ["a word finds papers of both segments", "zyzzyva outdated", ["2511.00001"]],
  ["replaced papers show what they are now", "words", ["2501.00003"]],
  ["an alias leads to its stem", "ran", ["2502.00001", "2502.00002", "2501.00002"]],
  ["authors are found without an operator", "smith", ["2501.00001"]],
  ["nothing is found for words nobody wrote", "qqqqqqqqqq", []],
  ["nothing is found for nothing", "", []],
  ["ids stand first", "2502.00003 smith", ["2502.00003", "2501.00001"]],
  ["author:", "author:hinton", ["2501.00002"]],
  ["org: wants all words", 'org:"deep lab"', ["2501.00001"]],
  ["org: with a word too many", 'org:"deep sea"', []],
  ["topic: is any whose slug has the value's, newest first", "topic:graphs", ["2502.00001", "2501.00001"]],
  ["source:", "source:arx", ["2501.00002"]],
  ["curator: by a part of the name", "curator:doe", ["2501.00002"]],
  ["has:", "has:pick", ["2501.00003"]],
  ["title:", "title:graph", ["2501.00001"]],
  ["days", "after:2025-01-06 before:2025-03 graph", ["2501.00002", "2501.00003"]],
  ["a minus leaves out", "graph -running -title:graph -zyzzyva", ["2501.00003"]],
  ["alternatives", "author:hinton OR has:code", ["2501.00002", "2501.00001"]],
  ["a word beside an operator is an alternative, and ranks", "graph large OR has:code", ["2501.00002", "2501.00001"]],
  ["phrases are read on the pages", '"graph learning at scale"', ["2501.00001"]],
  ["phrases can be left out", '-"graph learning" graph has:code', []],
  ["by day", "graph sort:date has:note", ["2501.00003", "2501.00002"]],
  ["by votes", "graph sort:votes", ["2501.00003", "2501.00001", "2511.00001", "2501.00002", "2502.00002"]],
];
for (const [name, text, expected] of EXAMPLES) {
  test(`${name}: ${text}`, async () => {
    const found = await anchors(text);
    assert.deepEqual(found.slice(0, Math.max(expected.length, 1)), expected);
  });
}

test("a result says what is known of the paper", async () => {
  const { results } = await find("author:smith deep running");
  assert.deepEqual(results[0], {
    anchor: "2501.00001",
    url: "2025/01/05/#2501.00001",
    day: "2025-01-05",
    title: "Graph networks",
    authors: "Ann Smith",
    organization: "Deep Lab",
    topics: [{ slug: "graphs", name: "Graphs" }],
    sources: ["huggingface"],
    curators: [],
    snippet: "Deep graph learning at scale",
    votes: 12,
    hasCode: true,
    hasNote: false,
    isPick: false,
    isWithdrawn: false,
    matched: ["deep"],
    byMeaning: false,
  });
});

test("papers near in meaning join when few have the words, and say so", async () => {
  const { results, isExact, total } = await find("running");
  assert.ok(results.some(({ anchor, byMeaning }) => anchor === "2502.00003" && byMeaning));
  assert.deepEqual([isExact, total], [false, 4]);
});

test("long lists are read whole while there is room", async () => {
  const { total, isExact, facets } = await find("common", { offset: 50, limit: 20 });
  assert.deepEqual([total, isExact], [60, true]);
  assert.deepEqual(facets.year, [{ value: "2024", label: "2024", count: 60, isExact: false }]);
});

test("titles with a word of a long list have a list of their own", async () => {
  assert.deepEqual([(await find("title:common")).total, (await find("title:common author:smith")).total], [50, 0]);
});

test("a paper named by its id that has the words too counts once", async () => {
  const { total, results } = await find("2501.00001 smith");
  assert.deepEqual([total, results.map(({ anchor }) => anchor)], [1, ["2501.00001"]]);
});

test("pages of results follow each other", async () => {
  const search = await openSearch(server.base);
  const all = (await search.find("common matters", { limit: 61 })).results.map(({ anchor }) => anchor);
  const parts = [];
  for (let offset = 0; offset < 61; offset += 7) {
    parts.push(...(await search.find("common matters", { offset, limit: 7 })).results.map(({ anchor }) => anchor));
  }
  assert.equal(new Set(all).size, 61);
  assert.deepEqual(parts.slice(0, 61), all);
});

test("facets count the papers found", async () => {
  const { facets } = await find("graph has:note");
  assert.deepEqual(facets.has, [
    { value: "note", label: "note", count: 2, isExact: true },
    { value: "pick", label: "pick", count: 1, isExact: true },
  ]);
});

test("a mistyped word is corrected, and both its forms are told", async () => {
  const { corrections, results, highlights } = await find("protien");
  assert.deepEqual(corrections, [{ typed: "protien", meant: "protein" }]);
  assert.equal(results[0]?.anchor, "2501.00002");
  assert.deepEqual(highlights, ["protein"]);
});

test("all words of a stem are to be marked", async () => {
  assert.deepEqual((await find("ran")).highlights.sort(), ["ran", "run", "running"]);
});

test("phrases do not leave the article; where none is found, their words are searched", async () => {
  const { results, hints } = await find('"scale large models"');
  assert.equal(results[0]?.anchor, "2501.00002");
  assert.match(hints.join(), /^No paper holds this word for word/);
});

test("an unknown id gives a hint", async () => {
  assert.deepEqual((await find("1999.00001 2412.99999")).hints, ["arxiv:2412.99999 is in no digest here."]);
});

test("words are completed, the most frequent first", async () => {
  const search = await openSearch(server.base);
  assert.deepEqual(await search.complete("Gr"), ["graph"]);
  assert.deepEqual(await search.complete("ma"), ["matters", "marathon"]);
  assert.deepEqual(await search.complete("m"), []);
});

test("a paper has papers near it", async () => {
  const search = await openSearch(server.base);
  const { paper, results } = await search.similar("2501.00001");
  assert.deepEqual([paper?.title, results.map(({ anchor }) => anchor)], ["Graph networks", ["2501.00002"]]);
  assert.deepEqual(await search.similar("nobody"), { paper: null, results: [] });
});

test("a server without ranges gives the same", async () => {
  const search = await openSearch(wholeServer.base);
  assert.deepEqual(await search.find("graph running"), await find("graph running"));
});

test("each paper is asked for once", async () => {
  const search = await openSearch(server.base);
  const before = server.given.length;
  const { results } = await search.find("common", { limit: 30 });
  const slots = server.given.slice(before).filter(({ path }) => path.includes("/r/"));
  assert.ok(results.length === 30 && slots.length === 30 && slots.every(({ size }) => size === 296));
  await search.find("common matters", { limit: 30 });
  assert.equal(server.given.slice(before).filter(({ path }) => path.includes("/r/")).length, 30);
});

test("a site that is published anew under an open page is searched as it is now", async () => {
  let files = FILES;
  const other = await serve((path) => files.get(path));
  const search = await openSearch(other.base);
  await search.find("graph");
  const moved = new Map([...FILES].map(([path, bytes]) => [path.replace("search/one/", "search/uno/"), bytes]));
  const manifest = new TextDecoder().decode(FILES.get("search/index.json")).replace('"one/"', '"uno/"');
  files = moved.set("search/index.json", new TextEncoder().encode(manifest));
  assert.deepEqual((await search.find("marathon")).results.map(({ anchor }) => anchor), ["2502.00003"]);
  moved.delete("search/index.json");
  files = new Map([...moved].filter(([path]) => !path.includes("/w/")));
  await assert.rejects(search.find("protein"), { name: "SearchError", message: /is missing/ });
  await other.close();
});

test("what was read can be searched offline, and the rest says why not", async () => {
  const other = await serve((path) => FILES.get(path));
  const search = await openSearch(other.base);
  const online = await search.find("graph");
  await other.close();
  assert.deepEqual(await search.find("graph"), online);
  await assert.rejects(search.find("sort:votes graph"), { name: "SearchError", message: /^You are offline/ });
  assert.equal((await search.find("graph")).isOffline, true);
});

test("a search that is no longer wanted stops, and harms none after it", async () => {
  const search = await openSearch(server.base);
  const controller = new AbortController();
  const stopped = search.find("graph", { signal: controller.signal });
  controller.abort();
  await assert.rejects(stopped, { name: "AbortError" });
  assert.equal((await search.find("graph")).total, (await find("graph")).total);
});

test("pages without workers search on their own thread", async () => {
  const client = connect(server.base);
  assert.deepEqual(await client.find("graph"), await find("graph"));
  assert.deepEqual(await client.complete("gr"), ["graph"]);
  await assert.rejects(client.find("graph", { signal: AbortSignal.abort() }), { name: "AbortError" });
});

const QUERIES = ["graph protien before:2030", "common matters words", '"graph learning" has:note', "2501.00001 topic:graphs title:graph -ran sort:votes"];

/** Every answer is a result or a SearchError; how many are the latter. @param {(path: string) => Uint8Array | undefined} fileOf */
async function refused(fileOf) {
  const broken = await serve(fileOf);
  const opened = openSearch(broken.base);
  const answers = await Promise.allSettled([
    ...QUERIES.map((query) => opened.then((search) => search.find(query))),
    opened.then((search) => search.complete("gr")),
    opened.then((search) => search.similar("2501.00001")),
  ]);
  await broken.close();
  const errors = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  for (const error of errors) {
    assert.ok(error instanceof SearchError, error.stack);
    assert.match(error.message, /^[A-Z].*\.$/s);
  }
  return errors.length;
}

for (const [name, bytes] of FILES) {
  test(`${name} cut short, changed or missing does no harm`, async () => {
    await refused((path) => (path === name ? undefined : FILES.get(path)));
    for (const share of [0, 0.5, 0.99]) {
      const some = bytes.subarray(0, Math.floor(bytes.length * share));
      await refused((path) => (path === name ? some : FILES.get(path)));
    }
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 9)) {
      for (const value of [0, 0xff]) {
        const changed = bytes.map((byte, place) => (place === at ? value : byte));
        await refused((path) => (path === name ? changed : FILES.get(path)));
      }
    }
  });
}

test("every file of a segment is missed", async () => {
  for (const name of ["top.bin", "days.bin", "votes.bin", "r/0000.bin", "w/0001.bin", "s/0000.bin", "l/0000.bin"]) {
    assert.ok((await refused((path) => (path === `search/one/${name}` ? undefined : FILES.get(path)))) > 0, name);
  }
});

test("another version is told", async () => {
  const other = await serve((path) => (path === "search/index.json" ? new TextEncoder().encode('{"version": 2}') : undefined));
  await assert.rejects(openSearch(other.base), { message: /^The search index was made for another version/ });
  await other.close();
});

for (const text of ["null", "[]", "{", '{"version": 1}', '{"version": 1, "topics": [1], "sources": [], "segments": []}']) {
  test(`an index.json of ${text} is damaged`, async () => {
    const other = await serve(() => new TextEncoder().encode(text));
    await assert.rejects(openSearch(other.base), SearchError);
    await other.close();
  });
}
