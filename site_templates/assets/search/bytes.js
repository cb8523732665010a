// @ts-check
/** Bytes of the index, read from the start on (`docs/search-index.md`); a RangeError when there are none left. */
export class Bytes {
  #at = 0;

  /** @param {Uint8Array} array */
  constructor(array) {
    this.array = array;
    this.view = new DataView(array.buffer, array.byteOffset, array.length);
  }

  get left() {
    return this.array.length - this.#at;
  }

  byte() {
    return this.view.getUint8(this.#at++);
  }

  varint() {
    for (let number = 0, worth = 1; worth < 2 ** 35; worth *= 128) {
      const byte = this.byte();
      number += (byte & 127) * worth;
      if (byte < 128) return number;
    }
    throw new RangeError("a number is too long");
  }

  take(count = this.left) {
    if (count > this.left) throw new RangeError("bytes are missing");
    return this.array.subarray(this.#at, (this.#at += count));
  }

  /** A text that shares its beginning with the one before. @param {Uint8Array} before */
  after(before) {
    const shared = new Bytes(before).take(this.byte());
    return new Uint8Array([...shared, ...this.take(this.byte())]);
  }

  /** 128 numbers in 4 bits. */
  halves() {
    return Float64Array.from(Array.from(this.take(64), (byte) => [(byte & 15) - 8, (byte >> 4) - 8]).flat());
  }
}

/** UTF-8 → text. @param {Uint8Array} bytes */
export const textOf = (bytes) => new TextDecoder().decode(bytes);
