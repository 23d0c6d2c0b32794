/** Recognises the known keys of an object by their bytes, so that keys are never decoded. Keys are ASCII. */
const SLOTS = 256;
const QUOTE = 0x22, COLON = 0x3a;

export class KeyTable {
  private readonly table = new Int16Array(SLOTS).fill(-1);
  private readonly codes: number[][];
  /** Each key as it is usually written, with quotes and colon: `"name":`. */
  private readonly literals: Uint8Array[];
  /** The literals as little-endian words; the last word overlaps the one before. */
  private readonly words: Int32Array[];
  /** The key that followed each key last time (shifted by one: entry 0 follows nothing). Writers keep their order. */
  private readonly follower: Int16Array;
  private last = -1;

  /** @param keys the number of a key is its place in this list */
  constructor(keys: readonly string[]) {
    this.codes = keys.map((key) => [...key].map((letter) => letter.charCodeAt(0)));
    this.literals = this.codes.map((codes) => Uint8Array.of(QUOTE, ...codes, QUOTE, COLON));
    this.words = this.literals.map((literal) => {
      const view = new DataView(literal.buffer);
      return Int32Array.from({ length: Math.ceil(literal.length / 4) }, (_, word) => view.getInt32(Math.min(4 * word, literal.length - 4), true));
    });
    this.follower = new Int16Array(keys.length + 1).fill(-1);
    this.codes.forEach((codes, number) => {
      let slot = slotOf(codes.length, codes[0], codes[codes.length - 1]);
      while (this.table[slot] >= 0) {
        slot = (slot + 1) % SLOTS;
      }
      this.table[slot] = number;
    });
  }

  /** The key that is expected at byte `at`, where it was last time, if it is there; else -1. Its length is literalLength(). */
  guess(view: DataView, at: number): number {
    const key = this.follower[this.last + 1];
    if (key < 0) {
      return -1;
    }
    const words = this.words[key];
    const end = at + this.literals[key].length;
    const last = words.length - 1;
    if (end > view.byteLength || view.getInt32(end - 4, true) !== words[last]) {
      return -1;
    }
    for (let word = 0; word < last; word++) {
      if (view.getInt32(at + 4 * word, true) !== words[word]) {
        return -1;
      }
    }
    this.last = key;
    return key;
  }

  /** Bytes of the key with its quotes and the colon. */
  literalLength(key: number): number {
    return this.literals[key].length;
  }

  /** The number of the key bytes[from, to), or -1; remembers it for guess(). */
  find(bytes: Uint8Array, from: number, to: number): number {
    const key = this.lookUp(bytes, from, to);
    if (key >= 0) {
      this.follower[this.last + 1] = key;
      this.last = key;
    }
    return key;
  }

  /** The number of the key bytes[from, to), or -1. */
  lookUp(bytes: Uint8Array, from: number, to: number): number {
    let slot = slotOf(to - from, bytes[from], bytes[to - 1]);
    for (; this.table[slot] >= 0; slot = (slot + 1) % SLOTS) {
      const codes = this.codes[this.table[slot]];
      if (codes.length === to - from) {
        let at = 0;
        while (at < codes.length && codes[at] === bytes[from + at]) {
          at++;
        }
        if (at === codes.length) {
          return this.table[slot];
        }
      }
    }
    return -1;
  }
}

function slotOf(length: number, first: number, last: number): number {
  return (length * 31 + first * 7 + last) & (SLOTS - 1);
}
