/** Recognises the known keys of an object by their bytes, so that keys are never decoded. Keys are ASCII. */
const SLOTS = 256;

export class KeyTable {
  private readonly table = new Int16Array(SLOTS).fill(-1);
  private readonly codes: number[][];

  /** @param keys the number of a key is its place in this list */
  constructor(keys: readonly string[]) {
    this.codes = keys.map((key) => [...key].map((letter) => letter.charCodeAt(0)));
    this.codes.forEach((codes, number) => {
      let slot = slotOf(codes.length, codes[0], codes[codes.length - 1]);
      while (this.table[slot] >= 0) {
        slot = (slot + 1) % SLOTS;
      }
      this.table[slot] = number;
    });
  }

  /** The number of the key bytes[from, to), or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
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
