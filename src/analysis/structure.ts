/**
 * Merges many traces by their call paths: spans whose ancestors agree in service and name, root to span, are one node. The
 * flame graph of a service, and what comparisons align.
 *
 * Phases: path of each row → order of the paths → figures, summed up where they stay.
 */
import { StatusCode, type TraceSet } from '../trace';
import { pathNodes, type PathNodes } from './path-nodes';
import { pathOrder, type PathOrder } from './path-order';
import { PathTree, type PathColumns } from './path-tree';

/** The merged structure of a set, or of some of its traces, none of them twice. */
export function mergedStructure(set: TraceSet, traces: readonly number[] = Array.from({ length: set.traceCount }, (_, trace) => trace)): PathTree {
  const nodes = pathNodes(set, traces);
  const order = pathOrder(nodes);
  const columns = pathColumns(nodes, order);
  const inTrace = { trace: new Int32Array(nodes.size).fill(-1), ns: new Float64Array(nodes.size) };
  for (const trace of traces) {
    addFigures(columns, set, trace, nodes.nodeOfRow, order.position, inTrace);
  }
  return new PathTree(set, columns, traces.length, nodes.nodeOfRow);
}

/** The columns that follow from the nodes, and room for the others. */
function pathColumns(nodes: PathNodes, { position, subtreeSize }: PathOrder): PathColumns {
  const { size } = nodes;
  const uint32 = () => new Uint32Array(size);
  const float64 = () => new Float64Array(size);
  const columns: PathColumns = {
    parent: new Int32Array(size), depth: uint32(), subtreeSize: uint32(), service: uint32(), operation: uint32(),
    count: uint32(), errorCount: uint32(), traceCount: uint32(), totalNs: float64(), selfNs: float64(), maxNs: float64().fill(-1),
    traceSquaresNs2: float64(), slowestRow: uint32(),
  };
  const { parent, depth } = columns;
  for (let node = 0; node < size; node++) {
    const at = position[node];
    const up = nodes.parent[node] < 0 ? -1 : position[nodes.parent[node]];
    parent[at] = up;
    depth[at] = up < 0 ? 0 : depth[up] + 1;
    columns.subtreeSize[at] = subtreeSize[node];
    columns.service[at] = nodes.service[node];
    columns.operation[at] = nodes.operation[node];
    columns.totalNs[at] = nodes.totalNs[node];
  }
  return columns;
}

/** Of each path, the trace that came by last, and the path's time in it. */
interface InTrace {
  readonly trace: Int32Array;
  readonly ns: Float64Array;
}

/** Adds the spans of a trace to their paths, and gives the rows their final node. */
function addFigures(columns: PathColumns, set: TraceSet, trace: number, nodeOfRow: Int32Array, position: Uint32Array, inTrace: InTrace): void {
  const { count, errorCount, selfNs, maxNs, slowestRow, traceCount, traceSquaresNs2 } = columns;
  const { durationNs, selfNs: selfOf, status } = set.columns;
  const { trace: lastTrace, ns: traceNs } = inTrace;
  const end = set.endRow(trace);
  for (let row = set.firstRow(trace); row < end; row++) {
    const node = position[nodeOfRow[row]];
    const ns = durationNs[row];
    nodeOfRow[row] = node;
    count[node]++;
    selfNs[node] += selfOf[row];
    if (status[row] === StatusCode.error) {
      errorCount[node]++;
    }
    if (ns > maxNs[node]) {
      maxNs[node] = ns;
      slowestRow[node] = row;
    }
    if (lastTrace[node] !== trace) {
      lastTrace[node] = trace;
      traceCount[node]++;
      traceNs[node] = 0;
    }
    // (a + b)² − a²: what the trace's square grows by.
    traceSquaresNs2[node] += ns * (2 * traceNs[node] + ns);
    traceNs[node] += ns;
  }
}
