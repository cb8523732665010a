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

export class Files {
  /** @type {Map<string, Promise<any>>} */ #read = new Map();
  #givesRanges = true;
  isOffline = false;

  /** @param {string} base address of the index's folder, with a slash at its end */
  constructor(base) {
    this.base = base;
  }

  /**
   * What `decode` makes of a file; `isFresh`: of what is there now, unless offline.
   *
   * @template T @param {string} path @param {(bytes: Uint8Array) => T} decode @returns {Promise<T>}
   */
  read(path, decode, isFresh = false) {
    return this.#once(path, async () => {
      let kept = isFresh ? undefined : await this.#kept(path);
      try {
        const bytes = kept ?? (await this.#request(path, isFresh ? { cache: "no-cache" } : {})).body;
        return this.#decoded(path, bytes, decode, !kept);
      } catch (error) {
        kept = isFresh && this.isOffline ? await this.#kept(path) : undefined;
        if (!kept) throw error;
        return this.#decoded(path, kept, decode, false);
      }
    });
  }

  /**
   * Some slots of a folder's files; neighbours come in one answer.
   *
   * @template T @param {string} folder @param {number} papers in all its files @param {number[]} numbers
   * @param {(bytes: Uint8Array) => T} decode @returns {Promise<T[]>}
   */
  async slots(folder, papers, numbers, decode) {
    /** @param {number} number */
    const pathOf = (number) => `${numbered(folder, number >> 8)}?slot=${number}`;
    const wanted = [...new Set(numbers)].sort((one, other) => one - other);
    const absent = wanted.filter((number) => !this.#read.has(pathOf(number)));
    const kept = await Promise.all(absent.map((number) => this.#kept(pathOf(number))));
    for (const [at, number] of absent.entries()) {
      const bytes = kept[at];
      if (bytes) this.#once(pathOf(number), async () => this.#decoded(pathOf(number), bytes, decode, false));
    }
    const missing = absent.filter((number) => !this.#read.has(pathOf(number)));
    for (const run of runsOf(missing, this.#givesRanges ? WIDEST_GAP : SLOTS)) {
      const slotOf = this.#run(folder, papers, run);
      for (const number of run) {
        const path = pathOf(number);
        this.#once(path, async () => this.#decoded(path, (await slotOf)(number), decode, true));
      }
    }
    return Promise.all(numbers.map((number) => this.#read.get(pathOf(number)) ?? Promise.reject(damaged(folder))));
  }

  /** Forgets what segments kept that are no more. @param {string[]} folders those that are still there */
  async keepOnly(folders) {
    const names = [...folders, "index.json", "../"].map((path) => this.#cacheOf(path));
    try {
      for (const name of await caches.keys()) {
        if (name.startsWith(this.#cacheOf("/")) && !names.includes(name)) await caches.delete(name);
      }
    } catch {} // no cache, nothing to forget
  }

  /** @param {string} folder @param {number} papers @param {number[]} run ascending, of one file */
  async #run(folder, papers, run) {
    const [first = 0, last = first] = [run[0], run[run.length - 1]];
    const path = numbered(folder, first >> 8);
    const start = first - (first % SLOTS);
    const whole = Math.min(SLOTS, papers - start) * SLOT;
    let [from, size] = [first, (last + 1 - first) * SLOT];
    /** @type {Uint8Array} */
    let body = new Uint8Array();
    if (this.#givesRanges) {
      const range = `bytes=${(first - start) * SLOT}-${(last + 1 - start) * SLOT - 1}`;
      const answer = await this.#request(path, { headers: { Range: range } });
      body = answer.body;
      if (answer.status !== 206) {
        this.#givesRanges = false;
        this.#once(path, async () => answer.body);
      }
    }
    if (!this.#givesRanges) [from, size, body] = [start, whole, await this.read(path, (bytes) => bytes)];
    if (body.length !== size) throw damaged(path);
    /** @param {number} number */
    return (number) => body.subarray((number - from) * SLOT, (number + 1 - from) * SLOT);
  }

  /** @param {string} path @param {() => Promise<any>} make */
  #once(path, make) {
    const made = this.#read.get(path) ?? make();
    this.#read.set(path, made);
    made.catch(() => this.#read.delete(path));
    return made;
  }

  /** @template T @param {string} path @param {Uint8Array} bytes @param {(bytes: Uint8Array) => T} decode */
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
    let answer, body;
    try {
      answer = await fetch(new URL(path, this.base), init);
      body = new Uint8Array(await answer.arrayBuffer());
      this.isOffline = false;
    } catch (cause) {
      this.isOffline = true;
      throw new SearchError(OFFLINE, { cause });
    }
    if (!answer.ok) {
      throw new SearchError(`A part of the search index is missing (${path}: ${answer.status}); reload the page.`);
    }
    return { status: answer.status, body };
  }

  /** @param {string} path */
  #cacheOf(path) {
    return `broadsheet ${this.base} ${path.split("/")[0]}`;
  }

  /** @param {string} path @returns {Promise<Uint8Array | undefined>} */
  async #kept(path) {
    try {
      const found = await (await caches.open(this.#cacheOf(path))).match(new URL(path, this.base));
      return found && new Uint8Array(await found.arrayBuffer());
    } catch {
      return undefined; // Node and private windows have no cache
    }
  }

  /** @param {string} path @param {Uint8Array | null} bytes null: forget it */
  async #keep(path, bytes) {
    try {
      const [cache, address] = [await caches.open(this.#cacheOf(path)), new URL(path, this.base)];
      await (bytes ? cache.put(address, new Response(/** @type {BodyInit} */ (bytes))) : cache.delete(address));
    } catch {} // no cache or no room: it is asked for again
  }
}

/** Ascending numbers → those that one request should ask for. @param {number[]} numbers @param {number} gap */
function runsOf(numbers, gap) {
  /** @type {number[][]} */
  const runs = [];
  for (const number of numbers) {
    const run = runs[runs.length - 1];
    const last = run?.[run.length - 1] ?? -Infinity;
    if (run && number >> 8 === last >> 8 && number - last - 1 <= gap) run.push(number);
    else runs.push([number]);
  }
  return runs;
}
