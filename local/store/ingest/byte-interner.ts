/**
 * Byte strings to small numbers, without making a JavaScript string of what is already known: an open-addressing table over one arena.
 * Memory is bounded: a full interner forgets everything, and what comes again then gets a second number. Numbers are never reused,
 * and the readers of the store allow several numbers for one value.
 */
export class ByteInterner {
  private readonly maxEntries: number;
  private readonly maxBytes: number;
  private slots = new Int32Array(1 << 12).fill(-1);
  private hashes = new Int32Array(1 << 11);
  private seeds = new Int32Array(1 << 11);
  private starts = new Int32Array(1 << 11);
  private lengths = new Int32Array(1 << 11);
  private ids = new Int32Array(1 << 11);
  private arena = new Uint8Array(1 << 16);
  private arenaUsed = 0;
  private entries = 0;
  private readonly create: (seed: number, bytes: Uint8Array, start: number, end: number) => number;

  /**
   * @param create called with bytes seen for the first time, returns their number; what it throws is passed on, nothing is kept
   */
  constructor(create: (seed: number, bytes: Uint8Array, start: number, end: number) => number, maxEntries = 400_000, maxBytes = 48 << 20) {
    this.create = create;
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** The number of these bytes under this seed (a seed keeps equal bytes of different meaning apart). */
  idOf(seed: number, bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(seed, bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let entry = this.slots[slot]; entry >= 0; entry = this.slots[(slot = (slot + 1) & mask)]) {
      if (this.hashes[entry] === hash && this.seeds[entry] === seed && this.equals(entry, bytes, start, end)) {
        return this.ids[entry];
      }
    }
    const id = this.create(seed, bytes, start, end);
    this.insert(hash, seed, bytes, start, end, id);
    return id;
  }

  /** Forgets everything: the next use of each byte string creates it anew. */
  clear(): void {
    this.slots.fill(-1);
    this.entries = 0;
    this.arenaUsed = 0;
  }

  private equals(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.lengths[entry] !== length) {
      return false;
    }
    for (let i = 0, from = this.starts[entry]; i < length; i++) {
      if (this.arena[from + i] !== bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  private insert(hash: number, seed: number, bytes: Uint8Array, start: number, end: number, id: number): void {
    const length = end - start;
    if (length > this.maxBytes >> 4) {
      return; // A giant is not worth evicting everything else for.
    }
    if (this.entries >= this.maxEntries || this.arenaUsed + length > this.maxBytes) {
      this.clear();
    }
    if (this.entries === this.ids.length) {
      this.growEntries();
    }
    if (this.arenaUsed + length > this.arena.length) {
      const grown = new Uint8Array(Math.max(this.arena.length * 2, this.arenaUsed + length));
      grown.set(this.arena.subarray(0, this.arenaUsed));
      this.arena = grown;
    }
    const entry = this.entries++;
    this.hashes[entry] = hash;
    this.seeds[entry] = seed;
    this.starts[entry] = this.arenaUsed;
    this.lengths[entry] = length;
    this.ids[entry] = id;
    this.arena.set(bytes.subarray(start, end), this.arenaUsed);
    this.arenaUsed += length;
    this.place(entry);
  }

  private place(entry: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[entry] & mask;
    while (this.slots[slot] >= 0) {
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = entry;
  }

  private growEntries(): void {
    const grow = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    this.hashes = grow(this.hashes);
    this.seeds = grow(this.seeds);
    this.starts = grow(this.starts);
    this.lengths = grow(this.lengths);
    this.ids = grow(this.ids);
    this.slots = new Int32Array(this.ids.length * 2).fill(-1);
    for (let entry = 0; entry < this.entries; entry++) {
      this.place(entry);
    }
  }
}

/** FNV-1a with a final mix, so that the low bits used for the slot depend on every byte. */
function hashOf(seed: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1);
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ bytes[i], 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
