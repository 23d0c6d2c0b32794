/**
 * Merges many traces by their call paths: spans whose ancestors agree in service and name, root to span, are one node. The
 * flame graph of a service, and what comparisons align.
 *
 * Rows are visited once, parents first, so a span's node is found below its parent's by one look-up.
 */
import { NO_PARENT, StatusCode, type TraceSet } from '../trace';
import { DurationSketch } from './duration-sketch';
import { groupColumn, type Group } from './group-column';
import { PathNodes } from './path-nodes';
import { PathTree, type PathColumns } from './path-tree';

/** The merged structure of a set, or of some of its traces. */
export function mergedStructure(set: TraceSet, traces?: Iterable<number>): PathTree {
  return new StructureBuilder().add(set, traces).finish();
}

export class StructureBuilder {
  private readonly nodes = new PathNodes();
  private readonly services = new Names();
  private readonly operations = new Names();
  /** Service and operation of each step. */
  private readonly steps = new Names<number>();
  /** By node. Most paths of a large trace occur once: those have none. */
  private readonly durations = new Map<number, DurationSketch>();
  private traceCount = 0;
  private setCount = 0;

  /** Adds the traces, each of which must be added once; all of the set unless given. */
  add(set: TraceSet, traces: Iterable<number> = Array.from({ length: set.traceCount }, (_, trace) => trace)): this {
    const { nodes } = this;
    const { parent } = set.columns;
    const { group, groups } = groupColumn(set, { kind: 'operation' });
    const steps = groups.map((each) => this.stepOf(each));
    const nodeOfRow = new Int32Array(set.spanCount);
    for (const trace of traces) {
      this.traceCount++;
      const end = set.endRow(trace);
      nodes.reserve(end - set.firstRow(trace));
      for (let row = set.firstRow(trace); row < end; row++) {
        const up = parent[row];
        const node = nodes.below(up === NO_PARENT ? -1 : nodeOfRow[up], steps[group[row]]);
        nodeOfRow[row] = node;
        this.addTo(node, set, row);
      }
    }
    this.setCount++;
    return this;
  }

  finish(): PathTree {
    const { nodes } = this;
    const order = depthFirst(nodes);
    const nodeOf = new Int32Array(order.length);
    const parent = new Int32Array(order.length);
    const service = new Uint32Array(order.length);
    const operation = new Uint32Array(order.length);
    const traceSquaresNs2 = new Float64Array(order.length);
    const stepServices = Uint32Array.from(this.steps.names, (pair) => Math.floor(pair / MAX_OPERATIONS));
    const stepOperations = Uint32Array.from(this.steps.names, (pair) => pair % MAX_OPERATIONS);
    for (let node = 0; node < order.length; node++) {
      const from = order[node];
      nodeOf[from] = node;
      parent[node] = nodes.parent[from] < 0 ? -1 : nodeOf[nodes.parent[from]];
      service[node] = stepServices[nodes.step[from]];
      operation[node] = stepOperations[nodes.step[from]];
      traceSquaresNs2[node] = nodes.squaresNs2[from] + nodes.lastTraceNs[from] ** 2;
    }
    const uint32 = (column: Uint32Array) => gathered(column, order, new Uint32Array(order.length));
    const float64 = (column: Float64Array) => gathered(column, order, new Float64Array(order.length));
    const columns: PathColumns = {
      parent, service, operation, traceSquaresNs2, ...shapeOf(parent),
      count: uint32(nodes.count), errorCount: uint32(nodes.errorCount), traceCount: uint32(nodes.traceCount),
      totalNs: float64(nodes.totalNs), selfNs: float64(nodes.selfNs), minNs: float64(nodes.minNs), maxNs: float64(nodes.maxNs),
      slowestSet: uint32(nodes.slowestSet), slowestRow: uint32(nodes.slowestRow),
    };
    const durations = new Map([...this.durations].map(([from, sketch]) => [nodeOf[from], sketch]));
    return new PathTree(columns, this.services.names, this.operations.names, this.traceCount, durations);
  }

  private addTo(node: number, { columns: { durationNs, selfNs, status } }: TraceSet, row: number): void {
    const { nodes, traceCount } = this;
    const ns = durationNs[row];
    if (nodes.count[node]++ > 0) {
      this.sketchOf(node).add(ns);
    }
    nodes.totalNs[node] += ns;
    nodes.selfNs[node] += selfNs[row];
    if (status[row] === StatusCode.error) {
      nodes.errorCount[node]++;
    }
    if (ns < nodes.minNs[node]) {
      nodes.minNs[node] = ns;
    }
    if (ns > nodes.maxNs[node]) {
      nodes.maxNs[node] = ns;
      nodes.slowestSet[node] = this.setCount;
      nodes.slowestRow[node] = row;
    }
    if (nodes.lastTrace[node] !== traceCount) {
      nodes.lastTrace[node] = traceCount;
      nodes.squaresNs2[node] += nodes.lastTraceNs[node] ** 2;
      nodes.lastTraceNs[node] = 0;
      nodes.traceCount[node]++;
    }
    nodes.lastTraceNs[node] += ns;
  }

  /** The node's sketch; it begins with the first duration, which alone is the total so far. */
  private sketchOf(node: number): DurationSketch {
    let sketch = this.durations.get(node);
    if (sketch === undefined) {
      this.durations.set(node, (sketch = new DurationSketch()));
      sketch.add(this.nodes.totalNs[node]);
    }
    return sketch;
  }

  /** Numbers of (service, name) that hold across sets. */
  private stepOf({ service = '', name = '' }: Group): number {
    return this.steps.numberOf(this.services.numberOf(service) * MAX_OPERATIONS + this.operations.numberOf(name));
  }
}

/** More distinct span names than spans fit into memory. */
const MAX_OPERATIONS = 2 ** 32;

/** Nodes in depth-first order, the longest sibling first. */
function depthFirst({ parent, size, totalNs }: PathNodes): Uint32Array {
  // Children of each node, and the roots in front of all others, end to end in one list.
  const first = new Uint32Array(size + 2);
  for (let node = 0; node < size; node++) {
    first[parent[node] + 2]++;
  }
  for (let slot = 0; slot <= size; slot++) {
    first[slot + 1] += first[slot];
  }
  const children = new Uint32Array(size);
  const fill = first.slice();
  for (let node = 0; node < size; node++) {
    children[fill[parent[node] + 1]++] = node;
  }
  // A node is put on the stack once, so a stack of all nodes never overflows; the longest sibling is put on it last.
  const order = new Uint32Array(size);
  const stack = new Uint32Array(size);
  let top = 0;
  for (let slot = 0, filled = 0; ; slot = order[filled - 1] + 1) {
    sortByTotal(children, first[slot], first[slot + 1], totalNs);
    for (let at = first[slot]; at < first[slot + 1]; at++) {
      stack[top++] = children[at];
    }
    if (top === 0) {
      return order;
    }
    order[filled++] = stack[--top];
  }
}

/** Few siblings, the usual case, are sorted in place; from here on the platform's sort wins. */
const INSERTION_SORT_UP_TO = 24;

/** Sorts list[from, to), the longest last. */
function sortByTotal(list: Uint32Array, from: number, to: number, totalNs: Float64Array): void {
  if (to - from > INSERTION_SORT_UP_TO) {
    list.subarray(from, to).sort((a, b) => totalNs[a] - totalNs[b] || b - a);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const node = list[at];
    let hole = at;
    for (; hole > from && totalNs[list[hole - 1]] >= totalNs[node]; hole--) {
      list[hole] = list[hole - 1];
    }
    list[hole] = node;
  }
}

function shapeOf(parent: Int32Array): { readonly depth: Uint32Array; readonly subtreeSize: Uint32Array } {
  const depth = new Uint32Array(parent.length);
  const subtreeSize = new Uint32Array(parent.length).fill(1);
  for (let node = 0; node < parent.length; node++) {
    depth[node] = parent[node] < 0 ? 0 : depth[parent[node]] + 1;
  }
  for (let node = parent.length - 1; node >= 0; node--) {
    if (parent[node] >= 0) {
      subtreeSize[parent[node]] += subtreeSize[node];
    }
  }
  return { depth, subtreeSize };
}

function gathered<T extends Uint32Array | Float64Array>(column: T, order: Uint32Array, into: T): T {
  for (let at = 0; at < order.length; at++) {
    into[at] = column[order[at]];
  }
  return into;
}

/** Numbers things from 0 in order of appearance. */
class Names<T = string> {
  readonly names: T[] = [];
  private readonly numbers = new Map<T, number>();

  numberOf(name: T): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.numbers.set(name, number);
    }
    return number;
  }
}
