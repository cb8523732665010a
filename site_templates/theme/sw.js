// @ts-check
/**
 * Pages and their looks, kept as they are read, for when there is no network.
 *
 * While there is one, a page is always asked for: nobody reads an old home page online. Files named by their content
 * are asked for once. The search index keeps itself (assets/search/files.js), all else is left to the browser.
 * This file lies at the root of the site, so that all of the site is its scope, under any path.
 */

const SCOPE = self.registration.scope;
/** A project's site shares its origin, and so its caches, with others: names carry the scope. */
const OURS = `broadsheet-offline ${SCOPE} `;
/** The number is that of the form in which things are kept: another one, and all is forgotten. */
const PAGES = { name: `${OURS}pages 1`, files: 60, bytes: 16e6 };
const ASSETS = { name: `${OURS}assets 1`, files: 80, bytes: 4e6 };
const SIZE = "X-Broadsheet-Size";
const NAMED_BY_CONTENT = /\.[0-9a-f]{8}\.min\.(css|js)$/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(settle()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.headers.has("Range")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (isAsset(request.url)) event.respondWith(asset(event));
});

/** A page that was open before there was a worker says what it is made of. */
self.addEventListener("message", (event) => {
  const urls = event.data.filter((url) => url.startsWith(SCOPE));
  event.waitUntil(Promise.all(urls.map(take)));
});

async function settle() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && ![PAGES.name, ASSETS.name].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(event) {
  try {
    const answer = await fetch(event.request, { cache: "no-cache" });
    if (isText(answer) && !new URL(event.request.url).search) event.waitUntil(keep(PAGES, event.request.url, answer.clone()));
    return answer;
  } catch {
    const kept = await caches.open(PAGES.name);
    return (await kept.match(event.request.url, { ignoreSearch: true, ignoreVary: true })) ?? unread(kept);
  }
}

async function asset(event) {
  const { request } = event;
  const kept = await caches.open(ASSETS.name);
  const known = () => kept.match(request.url, { ignoreVary: true });
  if (NAMED_BY_CONTENT.test(request.url)) {
    const found = await known();
    if (found) return found;
  }
  try {
    const answer = await fetch(request);
    if (answer.status === 200) event.waitUntil(keep(ASSETS, request.url, answer.clone()));
    return answer;
  } catch (error) {
    const found = await known();
    if (found) return found;
    throw error;
  }
}

/** @param {string} url of an open page or of what it loaded; one that has changed or gone is no fault */
async function take(url) {
  const plain = url.split("#")[0];
  if (isAsset(plain) || !new URL(plain).search) {
    const answer = await fetch(plain).catch(() => null);
    if (answer?.status === 200 && isAsset(plain)) await keep(ASSETS, plain, answer);
    else if (answer && isText(answer)) await keep(PAGES, plain, answer);
  }
}

const isAsset = (url) => url.startsWith(`${SCOPE}assets/`);

/** A page that is really there, under its own address. */
function isText(answer) {
  return answer.status === 200 && !answer.redirected && /^text\/html/.test(answer.headers.get("Content-Type") ?? "");
}

/** Put it last, and drop what is beyond the limits from the first on; without room nothing is kept. */
async function keep(limits, url, answer) {
  try {
    const cache = await caches.open(limits.name);
    const body = await answer.blob();
    const type = answer.headers.get("Content-Type") ?? "";
    await cache.delete(url);
    await cache.put(url, new Response(body, { headers: { "Content-Type": type, [SIZE]: String(body.size) } }));
    const [keys, answers] = await Promise.all([cache.keys(), cache.matchAll()]);
    let bytes = 0;
    const beyond = keys.reverse().filter((_, at) => {
      bytes += Number(answers.at(-1 - at)?.headers.get(SIZE));
      return at >= limits.files || bytes > limits.bytes;
    });
    await Promise.all(beyond.map((key) => cache.delete(key)));
  } catch (error) {
    console.debug("not kept", url, error);
  }
}

/** What stands in place of a page that was never read: those that were, newest first. Titles are HTML as they stand. */
async function unread(kept) {
  const lines = [];
  for (const key of (await kept.keys()).reverse()) {
    const html = await (await kept.match(key))?.text();
    const title = html?.match(/<title>([^<]*)<\/title>/)?.[1]?.replace(/ - [^-]*$/, "");
    lines.push(`<li><a href="${key.url.replaceAll('"', "%22")}">${title?.trim() || "A page without a title"}</a></li>`);
  }
  const list = lines.length ? `<p>You have read these before:</p>\n<ul>\n${lines.join("\n")}\n</ul>` : "";
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>You are offline</title>
<style>
  :root { color-scheme: light dark; font: 1.1rem/1.5 Georgia, serif }
  body { margin: 2rem auto; max-width: 31rem; padding-inline: 1rem }
  ul { list-style: none; padding: 0 }
  a { align-content: center; color: LinkText; display: inline-block; min-height: 44px }
</style>
<main>
<h1>You are offline</h1>
<p>This page is not among those that this browser has kept. <a href="">Try again</a></p>
${list}
</main>
</html>`;
  return new Response(body, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
