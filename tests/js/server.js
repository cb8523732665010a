// @ts-check
/** Files in memory → a real server on this machine, with or without ranges, that counts what it gives. */

import { createServer } from "node:http";

/**
 * @param {(path: string) => Uint8Array | undefined} fileOf path without the first slash
 * @param {{ givesRanges?: boolean }} [options]
 */
export async function serve(fileOf, { givesRanges = true } = {}) {
  /** @type {{ path: string, size: number }[]} */
  const given = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "").slice(1));
    const file = fileOf(path);
    if (!file) return response.writeHead(404).end();
    const range = givesRanges && /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const body = range ? file.subarray(Number(range[1]), Number(range[2]) + 1) : file;
    given.push({ path, size: body.length });
    if (range) response.setHeader("Content-Range", `bytes ${range[1]}-${range[2]}/${file.length}`);
    response.writeHead(range ? 206 : 200).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve(null)));
  };
  return { base: `http://127.0.0.1:${address.port}/search/`, given, close };
}
