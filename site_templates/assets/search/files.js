// @ts-check
/**
 * Paths below the index's folder → what is in the files. Each is asked for once and remembered, and kept in the
 * browser's cache where there is one: files of a segment never change, others are asked for anew while online.
 */

const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });
const OFFLINE = "You are offline, and this part of the index has not been read before.";
const DAMAGED = "reload the page, or try again later.";

/** Why a search has no answer, as a sentence for readers. */
export class SearchError extends Error {
  name = "SearchError";
}

/** @type {(path: string, cause?: unknown) => SearchError} */
export const damaged = (path, cause) => new SearchError(`The search index is damaged (${path}); ${DAMAGED}`, { cause });

/** @template T @typedef {(bytes: Uint8Array) => T} Decode */

export class Files {
  /** @type {Map<string, Promise<any>>} */ #read = new Map();
  #givesRanges = true;
  isOffline = false;
  /** Something was gone: perhaps a newer index stands in the place of this one. */
  misses = false;

  /** @param {string} base address of the index's folder, with a slash at its end */
  constructor(base) {
    this.base = base;
  }

  /** `isFresh`: as it is now. @template T @param {string} path @param {Decode<T>} decode @returns {Promise<T>} */
  read(path, decode, isFresh = false) {
    const fetched = async () => (await this.#request(path, isFresh ? { cache: "no-cache" } : {})).body;
    return this.#once(path, fetched, decode, isFresh);
  }

  /**
   * `size` bytes from `start` on; past the browser's own cache, where parts of a file wait for each other.
   * @template T @param {string} path @param {number} start @param {number} size @param {Decode<T>} decode
   * @returns {Promise<T>}
   */
  part(path, start, size, decode) {
    const fetched = async () => {
      const headers = { Range: `bytes=${start}-${start + size - 1}` };
      const part = this.#givesRanges ? await this.#request(path, { cache: "no-store", headers }) : null;
      this.#givesRanges = part?.status === 206;
      return part?.status === 206 ? part.body : (await this.read(path, (bytes) => bytes)).subarray(start, start + size);
    };
    return this.#once(`${path}?${start}`, fetched, decode);
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

  /**
   * @template T @param {string} path @param {() => Promise<Uint8Array>} fetched @param {Decode<T>} decode
   * @returns {Promise<T>}
   */
  #once(path, fetched, decode, isFresh = false) {
    const make = async () => {
      const kept = await this.#cached(path, async (cache, address) => (await cache.match(address))?.arrayBuffer());
      const old = kept && new Uint8Array(kept);
      const asked = old && !isFresh ? Promise.resolve(old) : fetched();
      const bytes = await asked.catch((error) => (old && this.isOffline ? old : Promise.reject(error)));
      try {
        const value = decode(bytes);
        const answer = () => new Response(/** @type {BodyInit} */ (bytes));
        if (bytes !== old) this.#cached(path, (cache, address) => cache.put(address, answer()));
        return value;
      } catch (cause) {
        this.#cached(path, (cache, address) => cache.delete(address));
        throw cause instanceof SearchError ? cause : damaged(path, cause);
      }
    };
    const made = (isFresh ? null : this.#read.get(path)) ?? make();
    this.#read.set(path, made);
    made.catch(() => this.#read.delete(path));
    return made;
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
    this.misses ||= status === 404;
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
}

/** @param {Uint8Array} bytes */
export const textOf = (bytes) => UTF8.decode(bytes);

/** Bytes, read from the start on; a RangeError when there are none left. */
export class Bytes {
  #at = 0;

  /** @param {Uint8Array} array */
  constructor(array) {
    this.array = array;
  }

  get left() {
    return this.array.length - this.#at;
  }

  take(count = this.left) {
    if (count > this.left) throw new RangeError("bytes are missing");
    return this.array.subarray(this.#at, (this.#at += count));
  }

  /** Little-endian. */
  number(size = 1) {
    if (size > this.left) throw new RangeError("bytes are missing");
    let number = 0;
    for (let shift = 0; shift < 8 * size; shift += 8) number |= (this.array[this.#at++] ?? 0) << shift;
    return number;
  }

  varint() {
    for (let number = 0, worth = 1; worth < 2 ** 35; worth *= 128) {
      const byte = this.number();
      number += (byte & 127) * worth;
      if (byte < 128) return number;
    }
    throw new RangeError("a number is too long");
  }

  /** A text that shares its beginning with the one before. @param {Uint8Array} before */
  after(before) {
    const shared = before.subarray(0, this.number());
    return new Uint8Array([...shared, ...this.take(this.number())]);
  }

  /** 128 numbers in 4 bits. */
  halves() {
    const bytes = this.take(64);
    return new Float64Array(128).map((_, at) => (((bytes[at >> 1] ?? 0) >> (4 * (at & 1))) & 15) - 8);
  }
}
