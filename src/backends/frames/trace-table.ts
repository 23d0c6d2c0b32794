/** Tables of traces, as data sources answer a search: a column of trace ids, and whatever they tell beside it. */
import { frameColumns, traceIdOfText } from '../../formats';
import { byNewest, type TraceSummary } from '../backend';
import { asNumber, asText } from '../json';

export interface ListedTrace extends TraceSummary {
  /** As the data source writes it, and wants it back. */
  readonly idText: string;
}

/** "traceID", "Trace Id", "trace_id"; X-Ray's table calls it "Id". */
const ID_NAMES = [/^trace[ _-]?id$/i, /^id$/i];
const START_NAMES = [/^start[ _-]?time$/i, /^start$/i, /^time(stamp)?$/i, /^last updated$/i];
const DURATION_NAMES: ReadonlyArray<readonly [RegExp, number]> = [
  [/^(trace[ _-]?)?duration[ _-]?ms$|^latency \(ms\)$/i, 1e6],
  [/^(trace[ _-]?)?duration$/i, 1e6],
  // X-Ray's, in seconds.
  [/^response time$/i, 1e9],
];
const SERVICE_NAMES = [/^(root[ _-]?)?(trace[ _-]?)?service([ _-]?name)?$/i];
const OPERATION_NAMES = [/^(root[ _-]?)?(trace|operation|span)?[ _-]?name$/i, /^operation$/i, /^trace group$/i, /^url$/i];

/** Whether the frame holds spans: a trace frame, or a table of spans in its form. */
export function isTraceFrame(frame: unknown): boolean {
  const columns = frameColumns(frame);
  return columns !== undefined && columns.has('traceID') && columns.has('spanID');
}

/** The traces that a table names, newest first; undefined where it has no column of trace ids. */
export function listedTraces(frame: unknown): ListedTrace[] | undefined {
  const columns = frameColumns(frame);
  const ids = columns && columnOf(columns, ID_NAMES);
  if (!columns || !ids) {
    return undefined;
  }
  const [starts, services, operations] = [START_NAMES, SERVICE_NAMES, OPERATION_NAMES].map((names) => columnOf(columns, names));
  const [durations, nsPerUnit] = durationsOf(columns);
  const byId = new Map<string, ListedTrace>();
  ids.forEach((value, row) => {
    const idText = asText(value) ?? '';
    const traceId = traceIdOfText(idText);
    if (traceId !== undefined && !byId.has(idText)) {
      byId.set(idText, {
        idText,
        traceId,
        rootService: asText(services?.[row]),
        rootOperation: asText(operations?.[row]),
        startUnixNs: startOf(starts?.[row]) ?? startOfXRay(idText) ?? 0n,
        durationNs: (asNumber(durations?.[row]) ?? 0) * nsPerUnit,
        spanCount: undefined,
        errorCount: undefined,
      });
    }
  });
  return [...byId.values()].sort(byNewest);
}

function columnOf(columns: ReadonlyMap<string, readonly unknown[]>, names: readonly RegExp[]): readonly unknown[] | undefined {
  for (const name of names) {
    for (const [key, values] of columns) {
      if (name.test(key)) {
        return values;
      }
    }
  }
  return undefined;
}

function durationsOf(columns: ReadonlyMap<string, readonly unknown[]>): readonly [readonly unknown[] | undefined, number] {
  for (const [name, nsPerUnit] of DURATION_NAMES) {
    const values = columnOf(columns, [name]);
    if (values) {
      return [values, nsPerUnit];
    }
  }
  return [undefined, 1];
}

/** Unix ms, or a time as text. */
function startOf(value: unknown): bigint | undefined {
  const ms = asNumber(value) ?? (typeof value === 'string' ? Date.parse(value) : NaN);
  return Number.isFinite(ms) ? BigInt(Math.round(ms)) * 1_000_000n : undefined;
}

/** The second part of an X-Ray id is the second in which the trace started. */
function startOfXRay(idText: string): bigint | undefined {
  const [, seconds] = /^1-([0-9a-f]{8})-[0-9a-f]{24}$/i.exec(idText) ?? [];
  return seconds === undefined ? undefined : BigInt(`0x${seconds}`) * 1_000_000_000n;
}
