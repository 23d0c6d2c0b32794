/**
 * Calls of which one side has come, in the order in which that was: a ring of fixed size, found through an open-addressing table
 * over the call's key (trace id, caller's span id, tenant). Everything is in columns that are made once, because at full speed
 * every other span waits here for a moment.
 */
import type { ConnectionType } from './call-series';

/** Where a call's key is in a request: 16 and 8 bytes; a caller of -1 stands for none. */
export interface CallKey {
  readonly view: DataView;
  readonly traceIdAt: number;
  readonly callerAt: number;
  readonly tenant: number;
}

const KEY_WORDS = 7;
const EMPTY = -1;

export class HalfCalls {
  // Columns by position in the ring.
  readonly sinceMs: Float64Array;
  /** Empty while that side has not come. */
  readonly client: string[];
  readonly server: string[];
  /** What the client calls its peer; empty where it does not say. */
  readonly peer: string[];
  readonly connectionType: ConnectionType[];
  readonly isFailed: Uint8Array;
  readonly clientSeconds: Float64Array;
  readonly serverSeconds: Float64Array;
  private readonly keys: Uint32Array;
  private readonly isLive: Uint8Array;
  private readonly slots: Int32Array;
  private readonly capacity: number;
  private head = 0;
  private used = 0;
  private live = 0;
  private readonly wanted = new Uint32Array(KEY_WORDS);

  constructor(capacity: number) {
    this.capacity = capacity;
    this.sinceMs = new Float64Array(capacity);
    this.client = new Array<string>(capacity).fill('');
    this.server = new Array<string>(capacity).fill('');
    this.peer = new Array<string>(capacity).fill('');
    this.connectionType = new Array<ConnectionType>(capacity).fill('');
    this.isFailed = new Uint8Array(capacity);
    this.clientSeconds = new Float64Array(capacity);
    this.serverSeconds = new Float64Array(capacity);
    this.keys = new Uint32Array(capacity * KEY_WORDS);
    this.isLive = new Uint8Array(capacity);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(capacity * 2))).fill(EMPTY);
  }

  get size(): number {
    return this.live;
  }

  /** No room for one more: the oldest must go first. */
  get isFull(): boolean {
    return this.used === this.capacity;
  }

  /** The position of the call that has waited longest, undefined where none waits. */
  oldest(): number | undefined {
    while (this.used > 0 && this.isLive[this.head] === 0) {
      this.head = (this.head + 1) % this.capacity;
      this.used--;
    }
    return this.used > 0 ? this.head : undefined;
  }

  /** The position of the call with this key, undefined where it does not wait. */
  find(key: CallKey): number | undefined {
    const at = this.slots[this.slotOf(key)];
    return at === EMPTY ? undefined : at;
  }

  /** Adds a call that is not there; there must be room. @returns its position, with empty columns */
  add(key: CallKey, sinceMs: number): number {
    if (this.isFull) {
      throw new Error(`expected room in the ring, all ${this.capacity} places are taken`);
    }
    const at = (this.head + this.used++) % this.capacity;
    this.slots[this.slotOf(key)] = at;
    this.keys.set(this.wanted, at * KEY_WORDS);
    this.isLive[at] = 1;
    this.live++;
    this.sinceMs[at] = sinceMs;
    this.client[at] = this.server[at] = this.peer[at] = '';
    this.connectionType[at] = '';
    this.isFailed[at] = 0;
    this.clientSeconds[at] = this.serverSeconds[at] = NaN;
    return at;
  }

  remove(at: number): void {
    this.isLive[at] = 0;
    this.live--;
    const mask = this.slots.length - 1;
    let hole = hashOf(this.keys, at * KEY_WORDS) & mask;
    while (this.slots[hole] !== at) {
      hole = (hole + 1) & mask;
    }
    // What probed past the hole moves back into it, so that no marker of a removed entry is needed.
    for (let slot = (hole + 1) & mask; this.slots[slot] !== EMPTY; slot = (slot + 1) & mask) {
      const home = hashOf(this.keys, this.slots[slot] * KEY_WORDS) & mask;
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        this.slots[hole] = this.slots[slot];
        hole = slot;
      }
    }
    this.slots[hole] = EMPTY;
  }

  isRoot(at: number): boolean {
    return this.keys[at * KEY_WORDS + 4] === 0 && this.keys[at * KEY_WORDS + 5] === 0;
  }

  tenant(at: number): number {
    return this.keys[at * KEY_WORDS + 6];
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  private slotOf({ view, traceIdAt, callerAt, tenant }: CallKey): number {
    const { wanted, keys, slots } = this;
    for (let word = 0; word < 4; word++) {
      wanted[word] = view.getUint32(traceIdAt + word * 4);
    }
    wanted[4] = callerAt < 0 ? 0 : view.getUint32(callerAt);
    wanted[5] = callerAt < 0 ? 0 : view.getUint32(callerAt + 4);
    wanted[6] = tenant;
    const mask = slots.length - 1;
    let slot = hashOf(wanted, 0) & mask;
    for (let at = slots[slot]; at !== EMPTY; at = slots[(slot = (slot + 1) & mask)]) {
      let same = 0;
      while (same < KEY_WORDS && keys[at * KEY_WORDS + same] === wanted[same]) {
        same++;
      }
      if (same === KEY_WORDS) {
        return slot;
      }
    }
    return slot;
  }
}

function hashOf(words: Uint32Array, from: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < from + KEY_WORDS; i++) {
    hash = Math.imul(hash ^ words[i], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
