// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { bibtexOf, known, risOf } from "../../site_templates/assets/reader/citing.js";

const STAR = {
  anchor: "2509.00001",
  day: "2025-10-01",
  title: "Graphs & {Trees}: 100% of $K_n$",
  authors: ["Ada Lovelace", "Ludwig van der Berg", "Plato", "Smith, Jr., John"],
  more: 0,
  url: "",
  starred: "2025-10-02T00:00:00.000Z",
};

test("BibTeX keeps capitals, escapes what TeX reads, and takes each author for one", () => {
  assert.equal(
    bibtexOf([STAR]),
    "@misc{2509.00001,\n" +
      "  title = {{Graphs \\& Trees: 100\\% of \\$K\\_n\\$}},\n" +
      "  author = {Ada Lovelace and Ludwig van der Berg and {Plato} and {Smith, Jr., John}},\n" +
      "  year = {2025},\n  eprint = {2509.00001},\n  archiveprefix = {arXiv},\n  url = {https://arxiv.org/abs/2509.00001},\n}\n",
  );
});

test("authors who are not named are others", () => {
  assert.match(bibtexOf([{ ...STAR, authors: ["Ada Lovelace"], more: 40 }]), /author = \{Ada Lovelace and others\}/);
});

test("braces always come in pairs, whatever a title holds", () => {
  for (const title of ["}", "{{", "\\", "a}\n@misc{x,", "~^\\}%", "\\end{document}"]) {
    const text = bibtexOf([{ ...STAR, title }]);
    let depth = 0;
    for (const sign of text) {
      depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
      assert.ok(depth >= 0);
    }
    assert.equal(depth, 0);
    assert.equal(text.match(/^@/gm)?.length, 1);
  }
});

test("RIS has a tag a line, last names first, and nothing that begins another line", () => {
  const lines = risOf([{ ...STAR, title: "One\r\nER  - two" }]).split("\r\n");
  assert.deepEqual(lines, [
    "TY  - GEN", "TI  - One ER  - two", "AU  - Lovelace, Ada", "AU  - van der Berg, Ludwig", "AU  - Plato", "AU  - Smith, Jr., John",
    "PY  - 2025", "AN  - arXiv:2509.00001", "UR  - https://arxiv.org/abs/2509.00001", "ID  - 2509.00001", "ER  - ", "",
  ]);
});

test("ids tell addresses and years: old ones of arXiv, DOIs, others", () => {
  const of = (/** @type {string} */ anchor, url = "") => known({ ...STAR, anchor, url });
  assert.deepEqual(of("hep-th_9901001"), { arxiv: "hep-th/9901001", doi: "", url: "https://arxiv.org/abs/hep-th/9901001", year: "1999" });
  assert.deepEqual(of("doi-10.1000_a~28b~29"), { arxiv: "", doi: "10.1000/a(b)", url: "https://doi.org/10.1000/a(b)", year: "2025" });
  assert.deepEqual(of("t-0123456789abcdef", "https://a.example/"), { arxiv: "", doi: "", url: "https://a.example/", year: "2025" });
  assert.equal(of("doi-10.1000_~ff").doi, "10.1000/~ff");
});
