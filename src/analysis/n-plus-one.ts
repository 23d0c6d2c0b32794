/** Finds repeated calls below one span: the query in a loop (N+1), and the fan-out that could be a batch. */
import { NO_PARENT, SpanKind, type TraceSet } from '../trace';
import { isCalling } from './span-roles';

export interface RepeatedCalls {
  readonly parentRow: number;
  readonly service: string;
  /** Span name; digits and ids that differ between the repetitions are shown as `*`. */
  readonly operation: string;
  /** The repetitions, in start order. */
  readonly rows: Uint32Array;
  /** Time during which at least one of them ran. */
  readonly coveredNs: number;
  /** Share of the repetitions that began after the previous ones had ended: 1 is a loop, 0 a parallel fan-out. */
  readonly sequentialShare: number;
}

export interface RepeatedCallsOptions {
  /** Repetitions from which they are reported. */
  readonly atLeast: number;
}

/**
 * Repeated calls of one trace, those that took most time first. A repetition is a client or producer span, one that does not
 * tell its kind (Jaeger clients often do not), a span of another service, or a span that has such ones below it.
 */
export function repeatedCalls(set: TraceSet, trace: number, { atLeast }: RepeatedCallsOptions = { atLeast: 5 }): RepeatedCalls[] {
  const { operation, service, services, subtreeSize, operations } = set.columns;
  const [from, end] = [set.firstRow(trace), set.endRow(trace)];
  const leaves = callsOut(set, from, end);
  const patterns = new Patterns(operations);
  const found: RepeatedCalls[] = [];
  for (let parentRow = from; parentRow < end; parentRow++) {
    if (subtreeSize[parentRow] <= atLeast) {
      continue;
    }
    const groups = new Map<number, number[]>();
    for (let row = parentRow + 1; row < parentRow + subtreeSize[parentRow]; row += subtreeSize[row]) {
      if (leaves[row - from] === 1) {
        const key = patterns.numberOf(operation[row]) * services.length + service[row];
        const rows = groups.get(key);
        if (rows === undefined) {
          groups.set(key, [row]);
        } else {
          rows.push(row);
        }
      }
    }
    for (const rows of groups.values()) {
      if (rows.length >= atLeast) {
        found.push(describe(set, parentRow, rows, patterns.textOf(rows.map((row) => operation[row]))));
      }
    }
  }
  return found.sort((a, b) => b.coveredNs - a.coveredNs || b.rows.length - a.rows.length || a.parentRow - b.parentRow);
}

function describe(set: TraceSet, parentRow: number, rows: readonly number[], operation: string): RepeatedCalls {
  const { startNs, durationNs } = set.columns;
  let coveredNs = 0;
  let untilNs = -Infinity;
  let sequential = 0;
  for (const row of rows) {
    const endNs = startNs[row] + durationNs[row];
    if (startNs[row] >= untilNs) {
      sequential++;
    }
    coveredNs += Math.max(0, endNs - Math.max(startNs[row], untilNs));
    untilNs = Math.max(untilNs, endNs);
  }
  // The first follows nothing.
  const sequentialShare = rows.length > 1 ? (sequential - 1) / (rows.length - 1) : 1;
  return { parentRow, service: set.service(rows[0]), operation, rows: Uint32Array.from(rows), coveredNs, sequentialShare };
}

/** 1 where the span, or one below it, calls out. By row of the trace. */
function callsOut({ columns: { kind, parent, service } }: TraceSet, from: number, end: number): Uint8Array {
  const calls = new Uint8Array(end - from);
  for (let row = end - 1; row >= from; row--) {
    const up = parent[row];
    if (isCalling(kind[row]) || kind[row] === SpanKind.unspecified || (up !== NO_PARENT && service[up] !== service[row])) {
      calls[row - from] = 1;
    }
    if (calls[row - from] === 1 && up !== NO_PARENT) {
      calls[up - from] = 1;
    }
  }
  return calls;
}

/** Names that differ in numbers and ids only are repetitions of one call: `GET /users/17`, `GET /users/18`. */
class Patterns {
  private readonly ofOperation: Array<number | undefined> = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly operations: readonly string[]) {}

  numberOf(operation: number): number {
    let number = this.ofOperation[operation];
    if (number === undefined) {
      const pattern = patternOf(this.operations[operation]);
      number = this.numbers.get(pattern) ?? this.numbers.size;
      this.numbers.set(pattern, number);
      this.ofOperation[operation] = number;
    }
    return number;
  }

  textOf(operations: readonly number[]): string {
    const name = this.operations[operations[0]];
    return operations.every((operation) => operation === operations[0]) ? name : patternOf(name);
  }
}

const patternOf = (name: string): string => name.replace(/[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|\d[0-9a-fA-F]{7,}|\d+/g, '*');
