/** The columns of a builder that is finished: the next one zeroes them in less time than fresh memory takes. */
let spare: RawSpans | undefined;
/** Larger ones, some 4 MB, are not kept. */
const MOST_SPARE_SPANS = 1 << 16;

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
  peer = new Uint32Array(0);
  scope = new Uint32Array(0);
  detailStart = new Uint32Array(0);
  detailEnd = new Uint32Array(0);
  kind = new Uint8Array(0);
  status = new Uint8Array(0);
  repair = new Uint8Array(0);

  /** Empty columns. */
  static take(): RawSpans {
    const taken = spare ?? new RawSpans();
    spare = undefined;
    return taken;
  }

  /** Gives the columns back; they must not be used any more. */
  release(): void {
    if (this.capacity > MOST_SPARE_SPANS) {
      return;
    }
    const filled = this.count + 1; // the last entry may have been begun
    for (const column of this.columns()) {
      column.fill(0, 0, column === this.key ? 3 * filled : filled);
    }
    this.count = 0;
    this.hasUnknownStart = false;
    this.hasLinks = false;
    spare = this;
  }

  get capacity(): number {
    return this.kind.length;
  }

  /** Forgets an entry that was filled in part. */
  clear(span: number): void {
    this.key.fill(0, 3 * span, 3 * span + 3);
    for (const column of [this.parentHigh, this.parentLow, this.operation, this.peer, this.kind, this.status]) {
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
    this.peer = grown(this.peer, new Uint32Array(capacity));
    this.scope = grown(this.scope, new Uint32Array(capacity));
    this.detailStart = grown(this.detailStart, new Uint32Array(capacity));
    this.detailEnd = grown(this.detailEnd, new Uint32Array(capacity));
    this.kind = grown(this.kind, new Uint8Array(capacity));
    this.status = grown(this.status, new Uint8Array(capacity));
    this.repair = grown(this.repair, new Uint8Array(capacity));
  }

  private columns() {
    const { key, parentHigh, parentLow, startNs, durationNs, operation, peer, scope, detailStart, detailEnd, kind, status, repair } = this;
    return [key, parentHigh, parentLow, startNs, durationNs, operation, peer, scope, detailStart, detailEnd, kind, status, repair];
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
