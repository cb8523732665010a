// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { signed } from "../../site_templates/assets/contribute.js";
import { loginIn } from "../../site_templates/assets/login.js";

const TEMPLATE = '---\n# On your-login & curator: github:your-login\npaper: "2509.12345"\n' +
  "curator: github:your-login  # put your login in place of your-login\n# 100 % a+b\n---\n\n";

/** @param {Record<string, string>} parameters */
const address = (parameters) => `https://forge.example/a/b/new/main?${new URLSearchParams(parameters)}`;

test("the login stands in the name of the file and in the line of the curator, nowhere else", () => {
  const filename = "content/notes/2025/10/2509.12345-your-login.md";
  const params = new URL(signed(address({ filename, value: TEMPLATE }), "ada-1")).searchParams;
  assert.equal(params.get("filename"), "content/notes/2025/10/2509.12345-ada-1.md");
  assert.equal(
    params.get("value"),
    '---\n# On your-login & curator: github:your-login\npaper: "2509.12345"\ncurator: github:ada-1\n# 100 % a+b\n---\n\n',
  );
});

test("whatever the forge calls its parameters", () => {
  const params = new URL(signed(address({ file_name: "x-your-login.md", content: TEMPLATE }), "Bo")).searchParams;
  assert.equal(params.get("file_name"), "x-Bo.md");
  assert.match(params.get("content") ?? "", /^curator: github:Bo$/m);
});

test("a login is known in every form that people paste", () => {
  for (const typed of ["ada-1", " ada-1 ", "@ada-1", "github:ada-1", "https://github.com/ada-1/"])
    assert.equal(loginIn(typed), "ada-1");
});

test("what cannot be a login is none", () => {
  for (const typed of ["", " ", "-ada", "ada lovelace", "ada@example.org", "a/b", "ä", "x".repeat(40), "a\nb"])
    assert.equal(loginIn(typed), null);
});
