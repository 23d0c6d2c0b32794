/** Two traces on one time line: a trace and one that it links to. */
import { NO_PARENT, type TraceColumns } from './columns';
import { bytesOfHex, SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids';
import { TraceSet } from './trace-set';

const MAX_ADDRESS = 2 ** 32;

/**
 * One set whose trace 0 has all rows: those of the first trace in their order, then those of the second, with times from the
 * earlier start of both. Each row keeps its own trace's id: the ids follow in the set as traces without rows of their own.
 */
export function joinTraces(a: TraceSet, traceA: number, b: TraceSet, traceB: number): TraceSet {
  const parts = [partOf(a, traceA), partOf(b, traceB)];
  const baseUnixNs = parts.reduce((least, part) => (part.baseUnixNs < least ? part.baseUnixNs : least), parts[0].baseUnixNs);
  const services = new Numbers();
  const operations = new Numbers();
  const ids = new Numbers();
  const rowCount = parts.reduce((sum, { rowCount: rows }) => sum + rows, 0);
  const columns = emptyColumns(rowCount);
  const chunks: Uint8Array[] = [];
  const [scopeResource, scopeRanges, resourceRanges]: number[][] = [[], [], []];
  let [at, address, durationNs, duplicates] = [0, 0, 0, 0];
  for (const { set, first, rowCount: rows, baseUnixNs: base } of parts) {
    const from = set.columns;
    const laterNs = Number(base - baseUnixNs);
    const [scopeAt, resourceAt] = [scopeResource.length, resourceRanges.length / 4];
    const serviceOf = from.services.map((name) => services.of(name));
    const operationOf = from.operations.map((name) => operations.of(name));
    for (let row = first; row < first + rows; row++, at++) {
      columns.parent[at] = from.parent[row] === NO_PARENT ? NO_PARENT : from.parent[row] - row + at;
      columns.trace[at] = ids.of(set.traceId(from.trace[row]));
      columns.startNs[at] = from.startNs[row] + laterNs;
      columns.service[at] = serviceOf[from.service[row]];
      columns.operation[at] = operationOf[from.operation[row]];
      columns.scope[at] = from.scope[row] + scopeAt;
      columns.detailStart[at] = from.detailStart[row] + address;
      columns.detailEnd[at] = from.detailEnd[row] + address;
      for (const name of COPIED) {
        columns[name][at] = from[name][row];
      }
      durationNs = Math.max(durationNs, columns.startNs[at] + columns.durationNs[at]);
    }
    columns.spanId.set(from.spanId.subarray(SPAN_ID_BYTES * first, SPAN_ID_BYTES * (first + rows)), SPAN_ID_BYTES * (at - rows));
    from.scopeResource.forEach((resource) => scopeResource.push(resource + resourceAt));
    from.scopeRanges.forEach((range) => scopeRanges.push(range + address));
    from.resourceRanges.forEach((range) => resourceRanges.push(range + address));
    chunks.push(...from.chunks);
    address += from.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    duplicates += from.traceDuplicates.reduce((sum, count) => sum + count, 0);
  }
  if (address >= MAX_ADDRESS) {
    throw new RangeError(`two traces are shown together up to 4 GiB, got ${address} bytes`);
  }
  const traceCount = ids.names.length;
  return new TraceSet({
    ...columns,
    traceFirstRow: new Uint32Array(traceCount + 1).fill(rowCount).fill(0, 0, 1),
    traceId: idBytes(ids.names),
    traceBaseUnixNs: new BigUint64Array(traceCount).fill(baseUnixNs),
    traceDurationNs: new Float64Array(traceCount).fill(durationNs),
    traceDuplicates: new Uint32Array(traceCount).fill(duplicates, 0, 1),
    services: services.names, operations: operations.names,
    scopeResource: Uint32Array.from(scopeResource), scopeRanges: Uint32Array.from(scopeRanges), resourceRanges: Uint32Array.from(resourceRanges),
    chunks, notices: parts.flatMap(({ set }) => set.notices), hasLinks: parts.some(({ set }) => set.columns.hasLinks), peers: undefined,
  });
}

/** Columns whose values mean the same in any set. */
const COPIED = ['durationNs', 'selfNs', 'kind', 'status', 'depth', 'subtreeSize', 'repair'] as const;

const partOf = (set: TraceSet, trace: number) => ({
  set,
  first: set.firstRow(trace),
  rowCount: set.endRow(trace) - set.firstRow(trace),
  baseUnixNs: set.baseUnixNs(trace),
});

const emptyColumns = (rows: number) => ({
  parent: new Int32Array(rows), trace: new Uint32Array(rows), startNs: new Float64Array(rows), durationNs: new Float64Array(rows),
  selfNs: new Float64Array(rows), service: new Uint32Array(rows), operation: new Uint32Array(rows), kind: new Uint8Array(rows),
  status: new Uint8Array(rows), depth: new Uint32Array(rows), subtreeSize: new Uint32Array(rows), repair: new Uint8Array(rows),
  spanId: new Uint8Array(SPAN_ID_BYTES * rows), scope: new Uint32Array(rows), detailStart: new Uint32Array(rows), detailEnd: new Uint32Array(rows),
}) satisfies Partial<TraceColumns>;

function idBytes(ids: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(TRACE_ID_BYTES * ids.length);
  ids.forEach((id, at) => bytes.set(bytesOfHex(id), TRACE_ID_BYTES * at));
  return bytes;
}

/** Numbers texts from 0 in order of appearance. */
class Numbers {
  readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();

  of(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      this.numbers.set(name, (number = this.names.push(name) - 1));
    }
    return number;
  }
}
