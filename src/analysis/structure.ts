/**
 * Merges many traces by their call paths: spans whose ancestors agree in service and name, root to span, are one node. The
 * flame graph of a service, and what comparisons align.
 *
 * Rows are visited once, parents first, so a span's node is found below its parent's by one look-up.
 */
import { NO_PARENT, StatusCode, type TraceSet } from '../trace';
import { DurationSketch } from './duration-sketch';
import { PathTree, type PathColumns } from './path-tree';

/** The merged structure of a set, or of some of its traces. */
export function mergedStructure(set: TraceSet, traces?: Iterable<number>): PathTree {
  return new StructureBuilder().add(set, traces).finish();
}

/** Distinct (service, name) steps a tree may have: beyond, keys of children would no longer be exact integers. */
const MAX_STEPS = 2 ** 22;

export class StructureBuilder {
  private readonly services = new Names();
  private readonly operations = new Names();
  private readonly steps = new Names<number>();
  /** Node by parent (from 1; 0 for roots) and step. */
  private readonly children = new Map<number, number>();

  // One entry a node, in order of appearance.
  private readonly parent: number[] = [];
  private readonly service: number[] = [];
  private readonly operation: number[] = [];
  private readonly count: number[] = [];
  private readonly errorCount: number[] = [];
  private readonly traceCount: number[] = [];
  private readonly totalNs: number[] = [];
  private readonly selfNs: number[] = [];
  private readonly minNs: number[] = [];
  private readonly maxNs: number[] = [];
  private readonly squaresNs2: number[] = [];
  private readonly slowestSet: number[] = [];
  private readonly slowestRow: number[] = [];
  /** Most paths of a large trace occur once: those have no sketch. */
  private readonly durations: Array<DurationSketch | undefined> = [];
  /** The trace that came by last, counted over all sets, and the path's time in it. */
  private readonly lastTrace: number[] = [];
  private readonly lastTraceNs: number[] = [];

  private traces = 0;
  private sets = 0;

  /** Adds the traces, each of which must be added once; all of the set unless given. */
  add(set: TraceSet, traces: Iterable<number> = Array.from({ length: set.traceCount }, (_, trace) => trace)): this {
    const { parent } = set.columns;
    const stepOf = this.stepsOf(set);
    const nodeOfRow = new Uint32Array(set.spanCount);
    for (const trace of traces) {
      const end = set.endRow(trace);
      for (let row = set.firstRow(trace); row < end; row++) {
        const up = parent[row] === NO_PARENT ? -1 : nodeOfRow[parent[row]];
        const node = this.nodeBelow(up, stepOf(row), set, row);
        nodeOfRow[row] = node;
        this.count[node]++;
        this.addTo(node, set, row);
      }
      this.traces++;
    }
    this.sets++;
    return this;
  }

  finish(): PathTree {
    const order = this.depthFirst();
    const nodeOf = new Int32Array(order.length);
    order.forEach((from, node) => (nodeOf[from] = node));
    const parent = Int32Array.from(order, (from) => (this.parent[from] < 0 ? -1 : nodeOf[this.parent[from]]));
    const columns: PathColumns = {
      parent,
      ...shapeOf(parent),
      service: Uint32Array.from(order, (from) => this.service[from]),
      operation: Uint32Array.from(order, (from) => this.operation[from]),
      count: Float64Array.from(order, (from) => this.count[from]),
      errorCount: Float64Array.from(order, (from) => this.errorCount[from]),
      traceCount: Float64Array.from(order, (from) => this.traceCount[from]),
      totalNs: Float64Array.from(order, (from) => this.totalNs[from]),
      selfNs: Float64Array.from(order, (from) => this.selfNs[from]),
      minNs: Float64Array.from(order, (from) => this.minNs[from]),
      maxNs: Float64Array.from(order, (from) => this.maxNs[from]),
      traceSquaresNs2: Float64Array.from(order, (from) => this.squaresNs2[from] + this.lastTraceNs[from] ** 2),
      slowestSet: Uint32Array.from(order, (from) => this.slowestSet[from]),
      slowestRow: Uint32Array.from(order, (from) => this.slowestRow[from]),
    };
    const durations = Array.from(order, (from) => this.durations[from]);
    return new PathTree(columns, this.services.names, this.operations.names, this.traces, durations);
  }

  private addTo(node: number, { columns: { durationNs, selfNs, status } }: TraceSet, row: number): void {
    const ns = durationNs[row];
    if (this.count[node] > 1) {
      let sketch = this.durations[node];
      if (sketch === undefined) {
        this.durations[node] = sketch = new DurationSketch();
        sketch.add(this.totalNs[node]);
      }
      sketch.add(ns);
    }
    this.totalNs[node] += ns;
    this.selfNs[node] += selfNs[row];
    if (status[row] === StatusCode.error) {
      this.errorCount[node]++;
    }
    if (ns < this.minNs[node]) {
      this.minNs[node] = ns;
    }
    if (ns > this.maxNs[node]) {
      this.maxNs[node] = ns;
      this.slowestSet[node] = this.sets;
      this.slowestRow[node] = row;
    }
    if (this.lastTrace[node] !== this.traces) {
      this.lastTrace[node] = this.traces;
      this.squaresNs2[node] += this.lastTraceNs[node] ** 2;
      this.lastTraceNs[node] = 0;
      this.traceCount[node]++;
    }
    this.lastTraceNs[node] += ns;
  }

  private nodeBelow(parent: number, step: number, set: TraceSet, row: number): number {
    const key = (parent + 1) * MAX_STEPS + step;
    let node = this.children.get(key);
    if (node === undefined) {
      node = this.parent.push(parent) - 1;
      this.children.set(key, node);
      this.service.push(this.services.numberOf(set.service(row)));
      this.operation.push(this.operations.numberOf(set.operation(row)));
      this.count.push(0);
      this.errorCount.push(0);
      this.traceCount.push(0);
      this.totalNs.push(0);
      this.selfNs.push(0);
      this.minNs.push(Infinity);
      this.maxNs.push(-1);
      this.squaresNs2.push(0);
      this.slowestSet.push(0);
      this.slowestRow.push(0);
      this.durations.push(undefined);
      this.lastTrace.push(-1);
      this.lastTraceNs.push(0);
    }
    return node;
  }

  /** Numbers of (service, name) that hold across sets, by the set's own numbers. */
  private stepsOf({ columns: { service, operation, services, operations } }: TraceSet): (row: number) => number {
    const known = new Map<number, number>();
    return (row) => {
      const local = service[row] * operations.length + operation[row];
      let step = known.get(local);
      if (step === undefined) {
        const pair = this.services.numberOf(services[service[row]]) * 2 ** 26 + this.operations.numberOf(operations[operation[row]]);
        known.set(local, (step = this.steps.numberOf(pair)));
        if (step >= MAX_STEPS) {
          throw new RangeError(`a structure holds up to ${MAX_STEPS} pairs of service and span name, got more`);
        }
      }
      return step;
    };
  }

  /** Nodes in depth-first order, the longest sibling first. */
  private depthFirst(): Uint32Array {
    const { parent, totalNs } = this;
    const byTotal = Uint32Array.from(parent, (_, node) => node).sort((a, b) => totalNs[a] - totalNs[b] || b - a);
    // Linked lists of children: the longest is put in front last.
    const firstChild = new Int32Array(parent.length + 1).fill(-1);
    const nextSibling = new Int32Array(parent.length);
    for (const node of byTotal) {
      nextSibling[node] = firstChild[parent[node] + 1];
      firstChild[parent[node] + 1] = node;
    }
    const order = new Uint32Array(parent.length);
    let filled = 0;
    for (let node = firstChild[0]; node >= 0; ) {
      order[filled++] = node;
      let next = firstChild[node + 1];
      for (let up = node; next < 0 && up >= 0; up = parent[up]) {
        next = nextSibling[up];
      }
      node = next;
    }
    return order;
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
