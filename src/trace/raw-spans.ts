/** Spans in the order they arrive, before anything is known about their tree. Grows by doubling; reserve() avoids it. */
export class RawSpans {
  count = 0;
  /** Whether one of them has neither start nor end. */
  hasUnknownStart = false;
  /** Whether one of them has links. */
  hasLinks = false;
  /** (trace, id words in the host's byte order) a span: the keys of the index. */
  key = new Int32Array(0);
  parentHigh = new Int32Array(0);
  parentLow = new Int32Array(0);
  startNs = new Float64Array(0);
  durationNs = new Float64Array(0);
  operation = new Uint32Array(0);
  scope = new Uint32Array(0);
  detailStart = new Uint32Array(0);
  detailEnd = new Uint32Array(0);
  kind = new Uint8Array(0);
  status = new Uint8Array(0);
  repair = new Uint8Array(0);

  get capacity(): number {
    return this.kind.length;
  }

  /** Forgets an entry that was filled in part. */
  clear(span: number): void {
    this.key.fill(0, 3 * span, 3 * span + 3);
    for (const column of [this.parentHigh, this.parentLow, this.operation, this.kind, this.status]) {
      column[span] = 0;
    }
  }

  /** Makes room for `capacity` spans in all. */
  reserve(capacity: number): void {
    if (capacity <= this.capacity) {
      return;
    }
    this.key = grown(this.key, new Int32Array(3 * capacity));
    this.parentHigh = grown(this.parentHigh, new Int32Array(capacity));
    this.parentLow = grown(this.parentLow, new Int32Array(capacity));
    this.startNs = grown(this.startNs, new Float64Array(capacity));
    this.durationNs = grown(this.durationNs, new Float64Array(capacity));
    this.operation = grown(this.operation, new Uint32Array(capacity));
    this.scope = grown(this.scope, new Uint32Array(capacity));
    this.detailStart = grown(this.detailStart, new Uint32Array(capacity));
    this.detailEnd = grown(this.detailEnd, new Uint32Array(capacity));
    this.kind = grown(this.kind, new Uint8Array(capacity));
    this.status = grown(this.status, new Uint8Array(capacity));
    this.repair = grown(this.repair, new Uint8Array(capacity));
  }
}

interface Growable {
  readonly length: number;
  set(source: ArrayLike<number>): void;
}

function grown<T extends Growable & ArrayLike<number>>(from: T, to: T): T {
  to.set(from);
  return to;
}
