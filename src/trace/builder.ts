/**
 * Builds a TraceSet: add chunks, resources, scopes and spans → finish() → read-only. Decoders of formats/ drive it; all
 * repairs happen here and in span-tree.ts, so every format gets the same ones.
 */
import { NO_PARENT, Repair, type Notice, type TraceColumns } from './columns';
import { timeColumns } from './derived-columns';
import { forgetFarStarts, MAX_EXACT_NS } from './far-starts';
import { Interner } from './interner';
import type { PeerReader } from './peers';
import { RawSpans } from './raw-spans';
import { UNKNOWN_SERVICE } from './services';
import { buildSpanTree, type SpanTree } from './span-tree';
import { TraceIndex } from './trace-index';
import { TraceSet } from './trace-set';

const TWO_32 = 4294967296;
/** Message start, end, schema URL start, end. */
export type AddressRanges = readonly [number, number, number, number];

/** Is told now and then how many spans there are so far, and once how many there are in all before they are put in order. */
export type OnSpans = (spanCount: number) => void;

/** A power of two; a few milliseconds of reading. */
const TOLD_EVERY_SPANS = 16384;

export class TraceSetBuilder {
  /** Columns of the spans in order of arrival; a decoder fills the entry nextSpan() gives. */
  readonly spans = RawSpans.take();
  readonly operations = new Interner();
  private readonly services = new Map<string, number>();
  private readonly chunks: Uint8Array[] = [];
  private chunkBytes = 0;
  private readonly resourceRanges: number[] = [];
  private readonly resourceService: number[] = [];
  private readonly scopeRanges: number[] = [];
  private readonly scopeResource: number[] = [];
  private readonly notices = new Map<string, { code: string; count: number; message: string }>();
  private scope = 0;
  private finished = false;

  // --- traces: the first known start as base (words), and the least offset from it, Infinity while no start is known
  private readonly traces = new TraceIndex();
  private readonly baseHigh: number[] = [];
  private readonly baseLow: number[] = [];
  private readonly leastNs: number[] = [];
  private hasFarStart = false;
  /** The trace asked for last: spans of a trace mostly come together. */
  private readonly lookup = new Int32Array(4);
  private lastTrace = 0;

  /** @param peers reads whom calling spans name, where that is wanted of all spans soon */
  constructor(
    private readonly onSpans?: OnSpans,
    readonly peers?: PeerReader
  ) {}

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
    return this.resourceService.push(this.serviceNumber(service || UNKNOWN_SERVICE)) - 1;
  }

  /** For what is known only after the spans: replaces what addResource() was told. */
  setResource(resource: number, service: string | undefined, ranges: AddressRanges): void {
    ranges.forEach((address, offset) => (this.resourceRanges[4 * resource + offset] = address));
    this.resourceService[resource] = this.serviceNumber(service || UNKNOWN_SERVICE);
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

  /** Index of the trace with this 128-bit id, as four words in the host's byte order. */
  traceOf(a: number, b: number, c: number, d: number): number {
    const { lookup, traces } = this;
    if (lookup[0] === a && lookup[1] === b && lookup[2] === c && lookup[3] === d && traces.count > 0) {
      return this.lastTrace;
    }
    const trace = traces.numberOf(a, b, c, d);
    if (trace === this.leastNs.length) {
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
   * The entry of `spans` to fill: key (trace, id), parent, operation, peer, kind, status, detail addresses. It is all zero, and stays
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

  /**
   * Adds the entry filled last as a span of the scope in use. Times are Unix ns as 32-bit words; all zero: absent. Most times
   * of a trace share their upper word: their differences are small integers. One function, see Interner.intern().
   */
  addSpan(startHigh: number, startLow: number, endHigh: number, endLow: number): void {
    const { spans, baseHigh, baseLow, leastNs } = this;
    const span = spans.count++;
    spans.scope[span] = this.scope;
    let durationNs = startHigh === endHigh && (startLow ^ endLow) >= 0 ? endLow - startLow : differenceNs(endHigh, endLow, startHigh, startLow);
    // Zero is a time where the clock starts with the trace, as in traces written by hand: then the end is near.
    const isMissing = (startHigh | startLow) === 0 && ((endHigh | endLow) === 0 || durationNs > MAX_EXACT_NS);
    if (isMissing) {
      spans.repair[span] = Repair.missingStart;
      startHigh = endHigh;
      startLow = endLow;
      durationNs = 0;
    }
    if (durationNs > MAX_EXACT_NS || (endHigh | endLow) === 0) {
      spans.repair[span] |= Repair.unknownDuration;
    } else if (durationNs < 0) {
      spans.repair[span] |= Repair.negativeDuration;
    } else {
      spans.durationNs[span] = durationNs;
    }
    if (isMissing && (endHigh | endLow) === 0) {
      spans.startNs[span] = NaN; // placed when the tree is known
      spans.hasUnknownStart = true;
    } else {
      const trace = spans.key[3 * span];
      if (leastNs[trace] === Infinity) {
        baseHigh[trace] = startHigh;
        baseLow[trace] = startLow;
      }
      const base = baseLow[trace];
      const startNs = startHigh === baseHigh[trace] && (startLow ^ base) >= 0 ? startLow - base : differenceNs(startHigh, startLow, baseHigh[trace], base);
      if (startNs < leastNs[trace]) {
        leastNs[trace] = startNs;
      }
      this.hasFarStart ||= startNs > MAX_EXACT_NS || startNs < -MAX_EXACT_NS;
      spans.startNs[span] = startNs;
    }
    if ((spans.count & (TOLD_EVERY_SPANS - 1)) === 0) {
      this.onSpans?.(spans.count);
    }
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
    this.onSpans?.(spans.count);
    if (this.hasFarStart) {
      forgetFarStarts(spans, this.leastNs);
    }
    const scopeService = Uint32Array.from(scopeResource, (resource) => resourceService[resource]);
    const tree = buildSpanTree(spans, this.leastNs, (span) => scopeService[spans.scope[span]]);
    const columns = this.gather(tree, scopeService);
    spans.release();
    return new TraceSet(columns);
  }

  /** Copies the columns into row order, and derives self time and the traces' extents. */
  private gather(tree: SpanTree, scopeService: Uint32Array): TraceColumns {
    const { spans: raw } = this;
    const { order, parent, traceFirstRow } = tree;
    const scope = gatherWords(raw.scope, order);
    const leastNs = Float64Array.from(this.leastNs, knownOrZero);
    return {
      ...timeColumns(tree, raw, leastNs),
      parent, depth: tree.depth, subtreeSize: tree.subtreeSize, scope, service: gatherWords(scopeService, scope),
      operation: gatherWords(raw.operation, order), detailStart: gatherWords(raw.detailStart, order), detailEnd: gatherWords(raw.detailEnd, order),
      kind: gatherBytes(raw.kind, order), status: gatherBytes(raw.status, order), repair: gatherBytes(raw.repair, order), spanId: this.gatherIds(order),
      traceFirstRow, traceId: this.traces.idBytes(), traceBaseUnixNs: this.traceBases(leastNs), traceDuplicates: tree.duplicates,
      services: [...this.services.keys()], operations: this.operations.texts,
      scopeResource: Uint32Array.from(this.scopeResource), scopeRanges: Uint32Array.from(this.scopeRanges),
      resourceRanges: Uint32Array.from(this.resourceRanges), chunks: this.chunks, notices: this.allNotices(), hasLinks: raw.hasLinks,
      peers: this.peers && { peer: gatherWords(raw.peer, order), peers: this.peers.peers },
    };
  }

  /** The span ids as bytes. */
  private gatherIds(order: Uint32Array): Uint8Array {
    const { key } = this.spans;
    const { length } = order;
    const words = new Int32Array(2 * length);
    for (let row = 0; row < length; row++) {
      const at = 3 * order[row];
      words[2 * row] = key[at + 1];
      words[2 * row + 1] = key[at + 2];
    }
    return new Uint8Array(words.buffer);
  }

  private traceBases(leastNs: Float64Array): BigUint64Array {
    return BigUint64Array.from({ length: leastNs.length }, (_, trace) => {
      const base = (BigInt(this.baseHigh[trace] >>> 0) << 32n) | BigInt(this.baseLow[trace] >>> 0);
      return base + BigInt(leastNs[trace]);
    });
  }

  private serviceNumber(name: string): number {
    const number = this.services.get(name) ?? this.services.size;
    this.services.set(name, number);
    return number;
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

/** The least offset of a trace; 0 where no span has a time. */
function knownOrZero(leastNs: number): number {
  return leastNs === Infinity ? 0 : leastNs;
}

/** a − b of two times in 32-bit words. */
function differenceNs(aHigh: number, aLow: number, bHigh: number, bLow: number): number {
  return ((aHigh >>> 0) - (bHigh >>> 0)) * TWO_32 + ((aLow >>> 0) - (bLow >>> 0));
}

/** One loop for all columns of a kind: it is compiled by the time the second one is due. Until then each look at `length` counts. */
function gatherWords(column: Uint32Array, order: Uint32Array): Uint32Array {
  const gathered = new Uint32Array(order.length);
  const { length } = gathered;
  for (let row = 0; row < length; row++) {
    gathered[row] = column[order[row]];
  }
  return gathered;
}

function gatherBytes(column: Uint8Array, order: Uint32Array): Uint8Array {
  const gathered = new Uint8Array(order.length);
  const { length } = gathered;
  for (let row = 0; row < length; row++) {
    gathered[row] = column[order[row]];
  }
  return gathered;
}
