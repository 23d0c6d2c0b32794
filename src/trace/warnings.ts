/** Explains the repairs of a trace: each kind counted, with a few rows to look at. */
import { NO_PARENT, Repair, type TraceColumns } from './columns';
import { UNKNOWN_SERVICE } from './services';

export type WarningCode = keyof typeof Repair | 'severalRoots' | 'noRoot' | 'identicalCopies' | 'unknownService' | 'clockSkew';

export interface TraceWarning {
  readonly code: WarningCode;
  readonly count: number;
  /** One sentence for a person. */
  readonly message: string;
  /** The first rows concerned. */
  readonly rows: readonly number[];
}

const EXAMPLE_ROWS = 5;

const MESSAGES: Record<WarningCode, (count: number) => string> = {
  noRoot: () => 'The root span never arrived; the trace may be incomplete.',
  severalRoots: (n) => `The trace has ${n} root spans.`,
  missingParent: (n) => `${spans(n, 'names a parent', 'name parents')} that never arrived; shown as roots.`,
  cycle: (n) => `${n === 1 ? 'A cycle' : `${n} cycles`} among parents cut: a span was its own ancestor.`,
  negativeDuration: (n) => `${spans(n, 'ends', 'end')} before the start; shown with duration 0.`,
  unknownDuration: (n) => `${spans(n, 'has', 'have')} no usable end (absent, or over 104 days later); shown with duration 0.`,
  missingStart: (n) => `${spans(n, 'has', 'have')} no usable start (absent, or over 104 days from the other spans); placed at the end or at the parent's start.`,
  duplicateId: (n) => `${spans(n, 'has', 'have')} the id of another span of the trace; children are attached to the first.`,
  sharedId: (n) => `${spans(n, 'shares its id', 'share their ids')} with the other side of the call (Zipkin style); the server is shown below the client.`,
  missingId: (n) => `${spans(n, 'has', 'have')} no span id.`,
  identicalCopies: (n) => `${n} identical ${n === 1 ? 'copy' : 'copies'} of spans left out.`,
  unknownService: (n) => `${spans(n, 'comes', 'come')} from a resource without service.name.`,
  clockSkew: (n) => `${spans(n, 'lies', 'lie')} outside the caller's time though served by it: the hosts' clocks may differ.`,
};

function spans(count: number, one: string, many: string): string {
  return count === 1 ? `1 span ${one}` : `${count} spans ${many}`;
}

/** The warnings of trace `trace`, none if nothing was odd. */
export function warningsOf(columns: TraceColumns, trace: number): TraceWarning[] {
  const found = new Map<WarningCode, { count: number; rows: number[] }>();
  const note = (code: WarningCode, row: number) => {
    let entry = found.get(code);
    if (entry === undefined) {
      found.set(code, (entry = { count: 0, rows: [] }));
    }
    entry.count++;
    if (entry.rows.length < EXAMPLE_ROWS) {
      entry.rows.push(row);
    }
  };
  const repairs = Object.entries(Repair) as Array<[keyof typeof Repair, number]>;
  const unknownService = columns.services.indexOf(UNKNOWN_SERVICE);
  const roots: number[] = [];
  const { parent, repair, service } = columns;
  for (let row = columns.traceFirstRow[trace]; row < columns.traceFirstRow[trace + 1]; row++) {
    if (repair[row] !== 0) {
      repairs.filter(([, bit]) => (repair[row] & bit) !== 0).forEach(([code]) => note(code, row));
    }
    if (parent[row] === NO_PARENT) {
      roots.push(row);
    } else if (isSkewed(columns, row)) {
      note('clockSkew', row);
    }
    if (service[row] === unknownService) {
      note('unknownService', row);
    }
  }
  if (roots.length > 1) {
    roots.forEach((row) => note('severalRoots', row));
  }
  if (roots.length > 0 && roots.every((row) => (repair[row] & Repair.missingParent) !== 0)) {
    note('noRoot', roots[0]);
  }
  const warnings = [...found].map(([code, { count, rows }]) => ({ code, count, message: MESSAGES[code](count), rows }));
  const copies = columns.traceDuplicates[trace];
  if (copies > 0) {
    warnings.push({ code: 'identicalCopies', count: copies, message: MESSAGES.identicalCopies(copies), rows: [] });
  }
  return warnings;
}

const MS = 1_000_000;

/**
 * A server span of another service that starts before its caller or, though it could fit, ends after it. Asynchronous work
 * (producer, consumer) may outlive its caller and is no sign of skew.
 */
function isSkewed({ parent, service, kind, startNs, durationNs }: TraceColumns, row: number): boolean {
  const up = parent[row];
  if (service[row] === service[up] || kind[row] >= 4 || durationNs[up] === 0) {
    return false;
  }
  // Browsers and Node.js start their spans on whole milliseconds, but measure durations to the nanosecond.
  const roundedByNs = (startNs[row] - startNs[up]) % MS === 0 ? MS : 0;
  const endsLaterNs = startNs[row] + durationNs[row] - (startNs[up] + durationNs[up]);
  return startNs[row] <= startNs[up] - Math.max(1, roundedByNs) || (endsLaterNs > roundedByNs && durationNs[row] <= durationNs[up]);
}
