/**
 * Builds a TraceSet: add chunks, resources, scopes and spans → finish() → read-only. Decoders of formats/ drive it; all
 * repairs happen here and in span-tree.ts, so every format gets the same ones.
 */
import { NO_PARENT, Repair, type Notice, type TraceColumns } from './columns';
import { selfTimes, subtreeSizes } from './derived-columns';
import { IdIndex } from './id-index';
import { Interner } from './interner';
import { RawSpans } from './raw-spans';
import { UNKNOWN_SERVICE } from './services';
import { buildSpanTree, type SpanTree } from './span-tree';
import { TraceSet } from './trace-set';

const TWO_32 = 4294967296;
/** 104 days: beyond it Float64 does not hold every nanosecond, and no request takes that long. */
const MAX_EXACT_NS = Number.MAX_SAFE_INTEGER;

/** Message start, end, schema URL start, end. */
export type AddressRanges = readonly [number, number, number, number];

export class TraceSetBuilder {
  /** Columns of the spans in order of arrival; a decoder fills the entry nextSpan() gives. */
  readonly spans = new RawSpans();
  readonly operations = new Interner();
  private readonly services = new Interner();
  private readonly chunks: Uint8Array[] = [];
  private chunkBytes = 0;
  private readonly resourceRanges: number[] = [];
  private readonly resourceService: number[] = [];
  private readonly scopeRanges: number[] = [];
  private readonly scopeResource: number[] = [];
  private readonly notices = new Map<string, { code: string; count: number; message: string }>();
  private scope = 0;
  private finished = false;

  // --- traces: id words, the first known start as base, the least offset from it
  private traceWords = new Int32Array(4 * 16);
  private readonly traceIndex = new IdIndex(this.traceWords, 4, 16);
  private traceCount = 0;
  private readonly baseHigh: number[] = [];
  private readonly baseLow: number[] = [];
  private readonly leastNs: number[] = [];
  /** The trace asked for last: spans of a trace mostly come together. */
  private readonly lookup = new Int32Array(4);
  private lastTrace = 0;

  /** Makes room for about so many spans more, if the decoder can tell; at least doubled, so that many small messages stay cheap. */
  reserve(spans: number): void {
    const wanted = Math.ceil(this.spans.count + spans);
    if (wanted > this.spans.capacity) {
      this.spans.reserve(Math.max(wanted, 2 * this.spans.capacity));
    }
  }

  /** Spans added so far. */
  get spanCount(): number {
    return this.spans.count;
  }

  /** What addChunk() will answer next. */
  get nextAddress(): number {
    return this.chunkBytes;
  }

  /** Keeps received bytes; answers what to add to an offset in them to get an address. */
  addChunk(bytes: Uint8Array): number {
    this.expectUnfinished('addChunk');
    const address = this.chunkBytes;
    this.chunks.push(bytes);
    this.chunkBytes += bytes.length;
    if (this.chunkBytes >= TWO_32) {
      throw new RangeError(`a trace set holds up to 4 GiB of spans, got ${this.chunkBytes} bytes`);
    }
    return address;
  }

  /** @param ranges addresses: Resource message start, end, schema URL start, end */
  addResource(service: string | undefined, ranges: AddressRanges): number {
    this.resourceRanges.push(...ranges);
    return this.resourceService.push(this.services.internText(service || UNKNOWN_SERVICE)) - 1;
  }

  /** For what is known only after the spans: replaces what addResource() was told. */
  setResource(resource: number, service: string | undefined, ranges: AddressRanges): void {
    ranges.forEach((address, offset) => (this.resourceRanges[4 * resource + offset] = address));
    this.resourceService[resource] = this.services.internText(service || UNKNOWN_SERVICE);
  }

  /** Adds a scope of a resource, and uses it. Where it lies may be known only after its spans: see setScope(). */
  addScope(resource: number, ranges: AddressRanges = [0, 0, 0, 0]): number {
    this.scopeRanges.push(...ranges);
    return (this.scope = this.scopeResource.push(resource) - 1);
  }

  setScope(scope: number, ranges: AddressRanges): void {
    ranges.forEach((address, offset) => (this.scopeRanges[4 * scope + offset] = address));
  }

  /** Spans added next are of this scope. */
  useScope(scope: number): void {
    this.scope = scope;
  }

  /** Index of the trace with this 128-bit id, as four big-endian words. */
  traceOf(a: number, b: number, c: number, d: number): number {
    const { lookup } = this;
    if (lookup[0] === a && lookup[1] === b && lookup[2] === c && lookup[3] === d && this.traceCount > 0) {
      return this.lastTrace;
    }
    let trace = this.traceIndex.find(a, b, c, d);
    if (trace < 0) {
      trace = this.traceCount++;
      if (4 * trace >= this.traceWords.length) {
        const words = new Int32Array(2 * this.traceWords.length);
        words.set(this.traceWords);
        this.traceWords = words;
        this.traceIndex.moved(words);
      }
      this.traceWords.set([a, b, c, d], 4 * trace);
      this.traceIndex.add(trace);
      this.baseHigh.push(0);
      this.baseLow.push(0);
      this.leastNs.push(Infinity);
    }
    lookup[0] = a;
    lookup[1] = b;
    lookup[2] = c;
    lookup[3] = d;
    this.lastTrace = trace;
    return trace;
  }

  /**
   * The entry of `spans` to fill: key (trace, id), parent, operation, kind, status, detail addresses. It is all zero, and stays
   * out of the set unless addSpan() follows.
   */
  nextSpan(): number {
    const { spans } = this;
    if (spans.count >= spans.capacity) {
      this.expectUnfinished('nextSpan');
      spans.reserve(Math.max(64, 2 * spans.count));
    }
    return spans.count;
  }

  /** Adds the entry filled last as a span of the scope in use. Times are Unix ns as unsigned 32-bit words; all zero: absent. */
  addSpan(startHigh: number, startLow: number, endHigh: number, endLow: number): void {
    const span = this.spans.count++;
    this.spans.scope[span] = this.scope;
    this.addTimes(span, startHigh >>> 0, startLow >>> 0, endHigh >>> 0, endLow >>> 0);
  }

  /** Counts something that could not be read; the message of the first is kept. */
  notice(code: string, message: string): void {
    const known = this.notices.get(code);
    if (known === undefined) {
      this.notices.set(code, { code, count: 1, message });
    } else {
      known.count++;
    }
  }

  finish(): TraceSet {
    this.expectUnfinished('finish');
    this.finished = true;
    const { spans, scopeResource, resourceService } = this;
    const scopeService = Uint32Array.from(scopeResource, (resource) => resourceService[resource]);
    const tree = buildSpanTree(spans, this.traceCount, (span) => scopeService[spans.scope[span]]);
    return new TraceSet(this.gather(tree, scopeService));
  }

  private addTimes(span: number, startHigh: number, startLow: number, endHigh: number, endLow: number): void {
    const { spans } = this;
    const trace = spans.key[3 * span];
    const hasEnd = endHigh !== 0 || endLow !== 0;
    let repair = 0;
    if (startHigh === 0 && startLow === 0) {
      repair = Repair.missingStart;
      startHigh = endHigh;
      startLow = endLow;
    }
    let durationNs = (endHigh - startHigh) * TWO_32 + (endLow - startLow);
    if (!hasEnd || durationNs > MAX_EXACT_NS) {
      repair |= Repair.unknownDuration;
      durationNs = 0;
    } else if (durationNs < 0) {
      repair |= Repair.negativeDuration;
      durationNs = 0;
    }
    let startNs = NaN; // neither start nor end: placed when the tree is known
    if (startHigh !== 0 || startLow !== 0) {
      if (this.leastNs[trace] === Infinity) {
        this.baseHigh[trace] = startHigh;
        this.baseLow[trace] = startLow;
      }
      startNs = (startHigh - this.baseHigh[trace]) * TWO_32 + (startLow - this.baseLow[trace]);
      if (startNs < this.leastNs[trace]) {
        this.leastNs[trace] = startNs;
      }
    }
    spans.startNs[span] = startNs;
    spans.durationNs[span] = durationNs;
    spans.repair[span] = repair;
  }

  /** Copies the columns into row order, and derives depth, subtree size, self time and the traces' extents. */
  private gather(tree: SpanTree, scopeService: Uint32Array): TraceColumns {
    const { spans: raw, leastNs } = this;
    const { order, parent } = tree;
    const rows = order.length;
    const trace = new Uint32Array(rows);
    const startNs = new Float64Array(rows);
    const durationNs = new Float64Array(rows);
    const service = new Uint32Array(rows);
    const operation = new Uint32Array(rows);
    const kind = new Uint8Array(rows);
    const status = new Uint8Array(rows);
    const depth = new Uint32Array(rows);
    const repair = new Uint8Array(rows);
    const idWords = new DataView(new ArrayBuffer(8 * rows));
    const scope = new Uint32Array(rows);
    const detailStart = new Uint32Array(rows);
    const detailEnd = new Uint32Array(rows);
    const traceDurationNs = new Float64Array(this.traceCount);
    for (let row = 0; row < rows; row++) {
      const span = order[row];
      const spanTrace = raw.key[3 * span];
      const least = leastNs[spanTrace];
      trace[row] = spanTrace;
      startNs[row] = least === Infinity ? 0 : Math.max(0, raw.startNs[span] - least);
      durationNs[row] = raw.durationNs[span];
      scope[row] = raw.scope[span];
      service[row] = scopeService[raw.scope[span]];
      operation[row] = raw.operation[span];
      kind[row] = raw.kind[span];
      status[row] = raw.status[span];
      repair[row] = raw.repair[span];
      idWords.setInt32(8 * row, raw.key[3 * span + 1]);
      idWords.setInt32(8 * row + 4, raw.key[3 * span + 2]);
      detailStart[row] = raw.detailStart[span];
      detailEnd[row] = raw.detailEnd[span];
      depth[row] = parent[row] === NO_PARENT ? 0 : depth[parent[row]] + 1;
      const endNs = startNs[row] + durationNs[row];
      if (endNs > traceDurationNs[spanTrace]) {
        traceDurationNs[spanTrace] = endNs;
      }
    }
    return {
      parent, trace, startNs, durationNs, selfNs: selfTimes(parent, startNs, durationNs), service, operation, kind, status, depth,
      subtreeSize: subtreeSizes(parent), repair, spanId: new Uint8Array(idWords.buffer), scope, detailStart, detailEnd,
      traceFirstRow: tree.traceFirstRow, traceId: this.traceIds(), traceBaseUnixNs: this.traceBases(), traceDurationNs,
      traceDuplicates: tree.duplicates,
      services: this.services.texts, operations: this.operations.texts,
      scopeResource: Uint32Array.from(this.scopeResource), scopeRanges: Uint32Array.from(this.scopeRanges),
      resourceRanges: Uint32Array.from(this.resourceRanges), chunks: this.chunks, notices: this.allNotices(),
    };
  }

  private traceIds(): Uint8Array {
    const words = new DataView(new ArrayBuffer(16 * this.traceCount));
    for (let at = 0; at < 4 * this.traceCount; at++) {
      words.setInt32(4 * at, this.traceWords[at]);
    }
    return new Uint8Array(words.buffer);
  }

  private traceBases(): BigUint64Array {
    return BigUint64Array.from({ length: this.traceCount }, (_, trace) => {
      const base = (BigInt(this.baseHigh[trace]) << 32n) | BigInt(this.baseLow[trace]);
      return this.leastNs[trace] === Infinity ? 0n : base + BigInt(this.leastNs[trace]);
    });
  }

  private allNotices(): Notice[] {
    return [...this.notices.values()];
  }

  private expectUnfinished(operation: string): void {
    if (this.finished) {
      throw new Error(`${operation}: expected a builder that is not finished, actual: finished`);
    }
  }
}
