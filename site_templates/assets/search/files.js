// @ts-check
/**
 * Paths below the index's folder → what is in the files. Each is asked for once and remembered, and kept in the
 * browser's cache where there is one: files of a segment never change, others are asked for anew while online.
 */

const SLOT = 312;
const SLOTS = 256;
const WIDEST_GAP = 6;
const OFFLINE = "You are offline, and this part of the index has not been read before.";

/** Why a search has no answer, as a sentence for readers. */
export class SearchError extends Error {
  name = "SearchError";
}

/** @param {string} path @param {unknown} [cause] */
export const damaged = (path, cause) =>
  new SearchError(`The search index is damaged (${path}); reload the page, or try again later.`, { cause });

/** @param {string} folder @param {number} number */
export const numbered = (folder, number) => `${folder}${number.toString(16).padStart(4, "0")}.bin`;

/** @template T @typedef {(bytes: Uint8Array) => T} Decode */

export class Files {
  /** @type {Map<string, Promise<any>>} */ #read = new Map();
  #givesRanges = true;
  isOffline = false;

  /** @param {string} base address of the index's folder, with a slash at its end */
  constructor(base) {
    this.base = base;
  }

  /** `isFresh`: as it is now. @template T @param {string} path @param {Decode<T>} decode @returns {Promise<T>} */
  read(path, decode, isFresh = false) {
    return this.#once(path, async () => {
      const kept = await this.#kept(path);
      if (kept && !isFresh) return this.#decoded(path, kept, decode, false);
      const asked = this.#request(path, isFresh ? { cache: "no-cache" } : {});
      const { body } = await asked.catch((error) => (kept && this.isOffline ? { body: kept } : Promise.reject(error)));
      return this.#decoded(path, body, decode);
    });
  }

  /**
   * Some slots of a folder's files, which have `papers`; neighbours come in one answer.
   * @template T @param {string} folder @param {number} papers @param {number[]} numbers @param {Decode<T>} decode
   * @returns {Promise<T[]>}
   */
  async slots(folder, papers, numbers, decode) {
    const pathOf = (/** @type {number} */ number) => `${numbered(folder, number >> 8)}?slot=${number}`;
    const wanted = [...new Set(numbers)].sort((one, other) => one - other);
    const absent = wanted.filter((number) => !this.#read.has(pathOf(number)));
    const kept = await Promise.all(absent.map((number) => this.#kept(pathOf(number))));
    const read = (/** @type {number} */ number, /** @type {() => Promise<Uint8Array>} */ bytesOf, isNew = true) =>
      this.#once(pathOf(number), async () => this.#decoded(pathOf(number), await bytesOf(), decode, isNew));
    kept.forEach((bytes, at) => bytes && read(absent[at] ?? 0, async () => bytes, false));
    const missing = absent.filter((number) => !this.#read.has(pathOf(number)));
    for (const run of runsOf(missing, this.#givesRanges ? WIDEST_GAP : SLOTS)) {
      const slotOf = this.#run(folder, papers, run);
      for (const number of run) read(number, async () => (await slotOf)(number));
    }
    return Promise.all(numbers.map((number) => this.#read.get(pathOf(number)) ?? Promise.reject(damaged(folder))));
  }

  /** Forgets what is kept of segments that are no more. @param {string[]} folders those that are there */
  async keepOnly(folders) {
    const names = [...folders, "index.json", "../"].map((path) => this.#cacheOf(path));
    try {
      for (const name of await caches.keys()) {
        if (name.startsWith(this.#cacheOf("")) && !names.includes(name)) await caches.delete(name);
      }
    } catch {} // no cache, nothing to forget
  }

  /** Slots of one file → slot by number. @param {string} folder @param {number} papers @param {number[]} run */
  async #run(folder, papers, run) {
    const [first = 0, last = first] = [run[0], run[run.length - 1]];
    const [path, start] = [numbered(folder, first >> 8), first - (first % SLOTS)];
    const headers = { Range: `bytes=${(first - start) * SLOT}-${(last + 1 - start) * SLOT - 1}` };
    const part = this.#givesRanges ? await this.#request(path, { headers }) : null;
    const isPart = part?.status === 206;
    this.#givesRanges &&= isPart;
    const body = isPart ? part.body : await (part ? this.#once(path, async () => part.body) : this.read(path, (bytes) => bytes));
    const [from, count] = isPart ? [first, last + 1 - first] : [start, Math.min(SLOTS, papers - start)];
    if (body.length !== count * SLOT) throw damaged(path);
    return (/** @type {number} */ number) => body.subarray((number - from) * SLOT, (number + 1 - from) * SLOT);
  }

  /** @param {string} path @param {() => Promise<any>} make */
  #once(path, make) {
    const made = this.#read.get(path) ?? make();
    this.#read.set(path, made);
    made.catch(() => this.#read.delete(path));
    return made;
  }

  /** @template T @param {string} path @param {Uint8Array} bytes @param {Decode<T>} decode */
  #decoded(path, bytes, decode, isNew = true) {
    try {
      const value = decode(bytes);
      if (isNew) this.#keep(path, bytes);
      return value;
    } catch (cause) {
      this.#keep(path, null);
      throw cause instanceof SearchError ? cause : damaged(path, cause);
    }
  }

  /** @param {string} path @param {RequestInit} init */
  async #request(path, init) {
    const { status, body } = await fetch(new URL(path, this.base), init)
      .then(async (answer) => ({ status: answer.status, body: new Uint8Array(await answer.arrayBuffer()) }))
      .catch((cause) => {
        this.isOffline = true;
        throw new SearchError(OFFLINE, { cause });
      });
    this.isOffline = false;
    if (status === 200 || status === 206) return { status, body };
    throw new SearchError(`A part of the search index is missing (${path}: ${status}); reload the page.`);
  }

  /** @param {string} path */
  #cacheOf(path) {
    return `broadsheet ${this.base} ${path.split("/")[0]}`;
  }

  /** @param {string} path @param {(cache: Cache, address: URL) => Promise<any>} use */
  async #cached(path, use) {
    try {
      return await use(await caches.open(this.#cacheOf(path)), new URL(path, this.base));
    } catch {} // Node and private windows have no cache, others perhaps no room
  }

  /** @param {string} path @returns {Promise<Uint8Array | undefined>} */
  async #kept(path) {
    const body = await this.#cached(path, async (cache, address) => (await cache.match(address))?.arrayBuffer());
    return body && new Uint8Array(body);
  }

  /** @param {string} path @param {Uint8Array | null} bytes null: forget it */
  #keep(path, bytes) {
    const response = () => new Response(/** @type {BodyInit} */ (bytes));
    return this.#cached(path, (cache, address) => (bytes ? cache.put(address, response()) : cache.delete(address)));
  }
}

/** Ascending numbers → those that one request should ask for. @param {number[]} numbers @param {number} gap */
function runsOf(numbers, gap) {
  /** @type {number[][]} */
  const runs = [];
  numbers.forEach((number, at) => {
    const last = numbers[at - 1] ?? -Infinity;
    if (number >> 8 === last >> 8 && number - last - 1 <= gap) runs[runs.length - 1]?.push(number);
    else runs.push([number]);
  });
  return runs;
}
