/** Spans marked by a question asked of a trace: those a filter finds, those on the critical path, those that failed. */
import { criticalPath } from '../../analysis/critical-path';
import type { SpanFilter } from '../../analysis/filter/span-filter';
import { StatusCode, type TraceSet } from '../../trace';

export interface SpanMarks {
  /** 1 a marked row of the set. */
  readonly marks: Uint8Array;
  /** The marked rows of the trace, ascending. */
  readonly rows: Uint32Array;
}

/** Finds the spans of a trace that a filter matches, in steps of so many rows, for pages that must stay awake. */
export function* findInSteps(set: TraceSet, trace: number, filter: SpanFilter, rowsAStep: number): Generator<undefined, SpanMarks> {
  const marks = new Uint8Array(set.spanCount);
  const rows: number[] = [];
  const test = filter.testOf(set);
  const first = set.firstRow(trace);
  for (let row = first; row < set.endRow(trace); row++) {
    if (test(row)) {
      marks[row] = 1;
      rows.push(row);
    }
    if ((row - first + 1) % rowsAStep === 0) {
      yield;
    }
  }
  return { marks, rows: Uint32Array.from(rows) };
}

/** Segments of the critical path by row: those of row r are [first[r], first[r + 1]) of the path. */
export interface CriticalSegments {
  readonly marks: SpanMarks;
  /** Start, end, start, end, … in ns from the trace's start. */
  segmentsOf(row: number): readonly number[];
}

export function criticalSegments(set: TraceSet, trace: number): CriticalSegments {
  const path = criticalPath(set, trace);
  const marks = new Uint8Array(set.spanCount);
  const segments = new Map<number, number[]>();
  path.rows.forEach((row, at) => {
    marks[row] = 1;
    const list = segments.get(row);
    if (list) {
      list.push(path.startNs[at], path.endNs[at]);
    } else {
      segments.set(row, [path.startNs[at], path.endNs[at]]);
    }
  });
  return { marks: marked(set, trace, marks), segmentsOf: (row) => segments.get(row) ?? [] };
}

/** The next row after `row` that failed, round the end; undefined where none did. */
export function nextError(set: TraceSet, trace: number, row: number | undefined, step: 1 | -1): number | undefined {
  const first = set.firstRow(trace);
  const count = set.endRow(trace) - first;
  const from = row === undefined ? (step === 1 ? -1 : 0) : row - first;
  for (let distance = 1; distance <= count; distance++) {
    const at = first + (((from + step * distance) % count) + count) % count;
    if (set.columns.status[at] === StatusCode.error) {
      return at;
    }
  }
  return undefined;
}

/** The marked row after (or before) `row`, round the end. */
export function nextMarked(rows: Uint32Array, row: number | undefined, step: 1 | -1): number | undefined {
  const after = row === undefined ? undefined : step === 1 ? rows.find((candidate) => candidate > row) : rows.findLast((candidate) => candidate < row);
  return after ?? rows.at(step === 1 ? 0 : -1);
}

export function ancestorsOf(set: TraceSet, row: number): number[] {
  const ancestors: number[] = [];
  for (let at = set.columns.parent[row]; at >= 0; at = set.columns.parent[at]) {
    ancestors.push(at);
  }
  return ancestors;
}

function marked(set: TraceSet, trace: number, marks: Uint8Array): SpanMarks {
  const rows: number[] = [];
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    if (marks[row] === 1) {
      rows.push(row);
    }
  }
  return { marks, rows: Uint32Array.from(rows) };
}
