// @ts-check
/** A browser's storage in memory; `shelf.js` takes the one that stands here when it is first used. */

/** @type {Map<string, string>} */
export const held = new Map();
export const storage = {
  isRefused: false,
  getItem: (/** @type {string} */ key) => (refuse(), held.get(key) ?? null),
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => (refuse(), void held.set(key, value)),
};

function refuse() {
  if (storage.isRefused) throw new Error("storage is refused");
}

Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
