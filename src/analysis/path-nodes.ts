/** Finds the call path of each row, and numbers paths in order of appearance. One pass, parents first, one look-up a row. */
import { NO_PARENT, type TraceColumns, type TraceSet } from '../trace';

export interface PathNodes {
  readonly size: number;
  /** Of each row; -1 for rows of other traces. */
  readonly nodeOfRow: Int32Array;
  // By node, of which there is room for more than there are.
  /** Node of the path without its last step, or -1. Parents come before their children. */
  readonly parent: Int32Array;
  /** Of the path's last step. */
  readonly service: Uint32Array;
  readonly operation: Uint32Array;
  /** Sum of the spans' durations. */
  readonly totalNs: Float64Array;
}

/** The paths of the traces' rows. */
export function pathNodes(set: TraceSet, traces: readonly number[]): PathNodes {
  const { columns, spanCount } = set;
  const rowCount = traces.reduce((sum, trace) => sum + set.endRow(trace) - set.firstRow(trace), 0);
  const nodeOfRow = new Int32Array(spanCount);
  if (rowCount < spanCount) {
    nodeOfRow.fill(-1);
  }
  const parent = new Int32Array(rowCount);
  const service = new Uint32Array(rowCount);
  const operation = new Uint32Array(rowCount);
  const totalNs = new Float64Array(rowCount);
  const nodes = { nodeOfRow, parent, service, operation, totalNs };
  let table = new Int32Array(FIRST_SLOTS).fill(FREE);
  let size = 0;
  for (const trace of traces) {
    const [from, to] = [set.firstRow(trace), set.endRow(trace)];
    table = withRoom(table, size + to - from, { ...nodes, size });
    size = addRows(columns, from, to, { ...nodes, size }, table);
  }
  return { ...nodes, size };
}

/** @returns how many nodes there are now */
function addRows(columns: TraceColumns, from: number, to: number, nodes: PathNodes, table: Int32Array): number {
  const { parent: parentRow, service: serviceOf, operation: operationOf, durationNs } = columns;
  const { nodeOfRow, parent, service, operation, totalNs } = nodes;
  const mask = table.length - 1;
  let { size } = nodes;
  for (let row = from; row < to; row++) {
    const up = parentRow[row] === NO_PARENT ? -1 : nodeOfRow[parentRow[row]];
    const ownService = serviceOf[row];
    const ownOperation = operationOf[row];
    let slot = hash(up, ownService, ownOperation) & mask;
    let node = table[slot];
    while (node !== FREE && (parent[node] !== up || operation[node] !== ownOperation || service[node] !== ownService)) {
      slot = (slot + 1) & mask;
      node = table[slot];
    }
    if (node === FREE) {
      node = table[slot] = size++;
      parent[node] = up;
      service[node] = ownService;
      operation[node] = ownOperation;
    }
    nodeOfRow[row] = node;
    totalNs[node] += durationNs[row];
  }
  return size;
}

const FREE = -1;
const FIRST_SLOTS = 64;

/** A table for so many nodes, at most half full, of those that are known. Open addressing, linear probing. */
function withRoom(table: Int32Array<ArrayBuffer>, most: number, { size, parent, service, operation }: PathNodes): Int32Array<ArrayBuffer> {
  if (2 * most <= table.length) {
    return table;
  }
  const larger = new Int32Array(2 ** Math.ceil(Math.log2(2 * most))).fill(FREE);
  const mask = larger.length - 1;
  for (let node = 0; node < size; node++) {
    let slot = hash(parent[node], service[node], operation[node]) & mask;
    while (larger[slot] !== FREE) {
      slot = (slot + 1) & mask;
    }
    larger[slot] = node;
  }
  return larger;
}

function hash(parent: number, service: number, operation: number): number {
  const mixed = Math.imul(parent + 1, 0x9e3779b1) ^ Math.imul(service + 1, 0x85ebca6b) ^ Math.imul(operation + 1, 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
