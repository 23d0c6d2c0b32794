/** Turns a full batch into the rows to write: spans grouped by trace, traces grown and numbered again. No database in here. */
import { NO_ENTRY } from '../database/append-columns';
import { GrowableInt32 } from './growable';
import { nestedSetOf } from './nested-set';
import { partsOfTraceKey, type SpanBatch } from './span-batch';
import { emptyState, extended, type SpanColumns, type TraceState } from './trace-state';

export interface WritePlan {
  readonly spanRows: number;
  readonly span: Readonly<Record<string, BigInt64Array | BigUint64Array | Int32Array | Uint8Array>>;
  readonly attributeRows: number;
  readonly attribute: { readonly pair: Int32Array; readonly span: BigInt64Array };
  readonly traceRows: number;
  readonly trace: Readonly<Record<string, BigInt64Array | BigUint64Array | Int32Array>>;
  /** Traces among `trace` that have a row already. */
  readonly storedTraces: number;
  readonly renumberRows: number;
  readonly renumber: Readonly<Record<string, BigInt64Array | Int32Array>>;
  readonly details: ReadonlyArray<{ readonly trace: number; readonly firstSpan: number; readonly bytes: Uint8Array }>;
  /** The states of all traces in the plan, to be kept once it is written. */
  readonly states: readonly TraceState[];
}

/** Spans whose numbers have changed: a large trace has hundreds of thousands. */
class Renumbered {
  readonly seq: number[] = [];
  readonly left = new GrowableInt32();
  readonly right = new GrowableInt32();
  readonly parent = new GrowableInt32();
}

/** @param pause called between steps of a few milliseconds */
export async function planWrite(batch: SpanBatch, stateOf: (key: string) => TraceState | undefined, next: { trace: number; span: number }, pause: () => Promise<void>): Promise<WritePlan> {
  const count = batch.spanCount;
  await pause();
  const { order, firstOfTrace } = orderByTrace(batch);
  const big = (column: { halves: Uint32Array }): BigInt64Array => gatherBig(column.halves, order);
  const spanId = new BigUint64Array(big(batch.spanId).buffer);
  const parentId = new BigUint64Array(big(batch.parentId).buffer);
  const startNs = big(batch.startNs);
  const durationNs = big(batch.durationNs);
  await pause();
  const name = gatherInt(batch.name.items, order);
  const resource = gatherInt(batch.resource.items, order);
  const left = new Int32Array(count);
  const right = new Int32Array(count);
  const parent = new Int32Array(count);
  const seq = seqsOf(Int32Array.from(order.keys()), next.span);
  const traceOfSpan = new BigInt64Array(count);
  const newPosition = new Int32Array(count);
  order.forEach((from, to) => {
    newPosition[from] = to;
  });

  const states: TraceState[] = [];
  const details: Array<WritePlan['details'][number]> = [];
  const renumbered = new Renumbered();
  let nextTrace = next.trace;
  for (const [i, key] of batch.traceKeys.entries()) {
    const from = firstOfTrace[i];
    const to = firstOfTrace[i + 1];
    if (from === to) {
      continue;
    }
    await pause();
    const before = stateOf(key) ?? emptyState(key, nextTrace++);
    const rows = { spanSeq: Float64Array.from({ length: to - from }, (_, j) => next.span + from + j), spanId: spanId.subarray(from, to), parentId: parentId.subarray(from, to), startNs: startNs.subarray(from, to), durationNs: durationNs.subarray(from, to), name: name.subarray(from, to), resource: resource.subarray(from, to) };
    const state = await grow(before, rows, pause);
    await collectRenumbered(before, state, renumbered, pause);
    const known = before.spanId.length;
    left.set(state.left.subarray(known), from);
    right.set(state.right.subarray(known), from);
    parent.set(state.parent.subarray(known), from);
    traceOfSpan.fill(BigInt(state.seq), from, to);
    details.push({ trace: state.seq, firstSpan: next.span + from, bytes: detailOf(batch, order, from, to) });
    states.push(state);
  }
  await pause();
  return {
    spanRows: count,
    span: {
      seq, trace: traceOfSpan, span_id: spanId, parent_id: parentId, start_ns: startNs, duration_ns: durationNs, name, resource,
      instrumentation: gatherInt(batch.instrumentation.items, order), status_message: gatherInt(batch.statusMessage.items, order),
      kind: Uint8Array.from(gatherInt(batch.kind.items, order)), status: Uint8Array.from(gatherInt(batch.status.items, order)),
      nested_left: left, nested_right: right, nested_parent: parent,
    },
    attributeRows: batch.attributePair.length,
    attribute: await attributesByPair(batch, newPosition, next.span, pause),
    traceRows: states.length,
    trace: traceColumns(states),
    storedTraces: states.filter((state) => state.seq < next.trace).length,
    renumberRows: renumbered.seq.length,
    renumber: { seq: seqsOf(renumbered.seq, 0), nested_left: renumbered.left.items, nested_right: renumbered.right.items, nested_parent: renumbered.parent.items },
    details,
    states,
  };
}

/** Bits of a number that one pass of the sort looks at. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** The attributes in order of the pair and then the span, so that a search for one reads few of the column's blocks. */
async function attributesByPair(batch: SpanBatch, newPosition: Int32Array, firstSeq: number, pause: () => Promise<void>): Promise<WritePlan['attribute']> {
  const rows = batch.attributePair.length;
  const pair = batch.attributePair.items.subarray(0, rows);
  const span = batch.attributeSpan.items.subarray(0, rows).map((position) => newPosition[position]);
  let order = Int32Array.from(pair, (_, row) => row);
  for (const keys of [span, pair]) {
    const highest = keys.reduce((high, key) => Math.max(high, key), 0);
    for (let shift = 0; highest >> shift > 0; shift += DIGIT_BITS) {
      await pause();
      order = orderByDigit(order, keys, shift);
    }
  }
  await pause();
  return { pair: gatherInt(pair, order), span: seqsOf(gatherInt(span, order), firstSeq) };
}

/** One pass of a radix sort: the rows by one digit of their key, otherwise as they were. */
function orderByDigit(order: Int32Array, keys: Int32Array, shift: number): Int32Array<ArrayBuffer> {
  const cursor = new Int32Array(DIGITS + 1);
  for (let row = 0; row < keys.length; row++) {
    cursor[((keys[row] >> shift) & (DIGITS - 1)) + 1]++;
  }
  for (let digit = 0; digit < DIGITS; digit++) {
    cursor[digit + 1] += cursor[digit];
  }
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    sorted[cursor[(keys[order[i]] >> shift) & (DIGITS - 1)]++] = order[i];
  }
  return sorted;
}

/** `firstSeq` plus each position, by halves: making a bigint of each would take several times as long. */
function seqsOf(positions: ArrayLike<number>, firstSeq: number): BigInt64Array {
  const halves = new Uint32Array(positions.length * 2);
  for (let i = 0; i < positions.length; i++) {
    const seq = firstSeq + positions[i];
    halves[i * 2] = seq % 2 ** 32;
    halves[i * 2 + 1] = Math.floor(seq / 2 ** 32);
  }
  return new BigInt64Array(halves.buffer);
}

/** Counting sort: `order[i]` is the batch position of the i-th span when spans are grouped by trace. */
function orderByTrace(batch: SpanBatch): { order: Int32Array; firstOfTrace: Int32Array } {
  const traces = batch.trace.items;
  const firstOfTrace = new Int32Array(batch.traceKeys.length + 1);
  for (let i = 0; i < batch.spanCount; i++) {
    firstOfTrace[traces[i] + 1]++;
  }
  for (let i = 0; i < batch.traceKeys.length; i++) {
    firstOfTrace[i + 1] += firstOfTrace[i];
  }
  const cursor = firstOfTrace.slice();
  const order = new Int32Array(batch.spanCount);
  for (let i = 0; i < batch.spanCount; i++) {
    order[cursor[traces[i]]++] = i;
  }
  return { order, firstOfTrace };
}

function gatherInt(items: Int32Array, order: Int32Array): Int32Array {
  return order.map((from) => items[from]);
}

function gatherBig(halves: Uint32Array, order: Int32Array): BigInt64Array {
  const gathered = new BigInt64Array(order.length);
  const target = new Uint32Array(gathered.buffer);
  order.forEach((from, to) => {
    target[to * 2] = halves[from * 2];
    target[to * 2 + 1] = halves[from * 2 + 1];
  });
  return gathered;
}

interface NewRows extends SpanColumns {
  readonly spanSeq: Float64Array;
  readonly spanId: BigUint64Array;
}

async function grow(before: TraceState, rows: NewRows, pause: () => Promise<void>): Promise<TraceState> {
  const spanId = concat(BigUint64Array, before.spanId, rows.spanId);
  const parentId = concat(BigUint64Array, before.parentId, rows.parentId);
  return { key: before.key, seq: before.seq, spanId, parentId, spanSeq: concat(Float64Array, before.spanSeq, rows.spanSeq), ...(await extended(before, rows, pause)), ...(await nestedSetOf(spanId, parentId, pause)) };
}

function concat<T extends { set(source: T, offset?: number): void; readonly length: number }>(Type: new (length: number) => T, a: T, b: T): T {
  const joined = new Type(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Spans compared in one step. */
const STEP_SPANS = 10_000;

async function collectRenumbered(before: TraceState, after: TraceState, renumbered: Renumbered, pause: () => Promise<void>): Promise<void> {
  for (let i = 0; i < before.spanId.length; i++) {
    if (i % STEP_SPANS === STEP_SPANS - 1) {
      await pause();
    }
    if (before.left[i] !== after.left[i] || before.right[i] !== after.right[i] || before.parent[i] !== after.parent[i]) {
      renumbered.seq.push(before.spanSeq[i]);
      renumbered.left.push(after.left[i]);
      renumbered.right.push(after.right[i]);
      renumbered.parent.push(after.parent[i]);
    }
  }
}

function detailOf(batch: SpanBatch, order: Int32Array, from: number, to: number): Uint8Array {
  const endOf = (span: number): number => (span + 1 < batch.spanCount ? batch.detailStart.items[span + 1] : batch.detail.length);
  let size = 0;
  for (let i = from; i < to; i++) {
    size += endOf(order[i]) - batch.detailStart.items[order[i]];
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (let i = from; i < to; i++) {
    const part = batch.detail.bytes.subarray(batch.detailStart.items[order[i]], endOf(order[i]));
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function traceColumns(states: readonly TraceState[]): WritePlan['trace'] {
  const parts = states.map((state) => partsOfTraceKey(state.key));
  return {
    seq: BigInt64Array.from(states, (state) => BigInt(state.seq)),
    tenant: Int32Array.from(parts, (part) => part.tenant),
    id_high: BigUint64Array.from(parts, (part) => part.idHigh),
    id_low: BigUint64Array.from(parts, (part) => part.idLow),
    start_ns: BigInt64Array.from(states, ({ startNs }) => startNs),
    end_ns: BigInt64Array.from(states, ({ endNs }) => endNs),
    root_name: Int32Array.from(states, ({ root }) => root?.name ?? NO_ENTRY),
    root_resource: Int32Array.from(states, ({ root }) => root?.resource ?? NO_ENTRY),
  };
}
