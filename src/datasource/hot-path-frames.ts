import { FieldType, type DataFrame, type Field } from '@grafana/data';
import type { HotPathReport } from '../backends/hot-path';

/** The picked traces of a hot path as a table. */
export function hotPathTracesFrame({ picked, status, notes }: HotPathReport, refId: string | undefined): DataFrame {
  const { objectiveNs } = status.path;
  return frame('traces', refId, notes, picked.length, [
    field('Trace ID', FieldType.string, picked.map(({ traceId }) => traceId)),
    field('Picked', FieldType.string, picked.map(({ pickedAs }) => pickedAs)),
    field('Start', FieldType.time, picked.map(({ startUnixNs }) => Number(startUnixNs / 1_000_000n))),
    field('Service', FieldType.string, picked.map(({ service }) => service)),
    field('Duration', FieldType.number, picked.map(({ durationNs }) => durationNs / 1e6), { unit: 'ms' }),
    field('Of objective', FieldType.number, picked.map(({ durationNs }) => durationNs / objectiveNs), { unit: 'percentunit' }),
    field('Outcome', FieldType.string, picked.map(({ isFailed }) => (isFailed ? 'failed' : 'ok'))),
  ]);
}

/** The figures of a hot path against its objective, in one row. */
export function hotPathFiguresFrame({ status, ratePerS, notes }: HotPathReport, refId: string | undefined): DataFrame {
  const { calls, path, fastShare } = status;
  const ofCalls = (value: number) => (calls.count > 0 ? value : null);
  return frame('objective', refId, notes, 1, [
    field('Rate', FieldType.number, [ratePerS ?? null], { unit: 'reqps' }),
    field('Errors', FieldType.number, [ofCalls(calls.errorCount / calls.count)], { unit: 'percentunit', decimals: 1 }),
    field('p95', FieldType.number, [calls.p95Ns === undefined ? null : calls.p95Ns / 1e6], { unit: 'ms' }),
    field('Objective', FieldType.number, [path.objectiveNs / 1e6], { unit: 'ms' }),
    field('Within it', FieldType.number, [ofCalls(fastShare.value)], { unit: 'percentunit', decimals: 1 }),
    field('p95 of objective', FieldType.number, [calls.p95Ns === undefined ? null : calls.p95Ns / path.objectiveNs], { unit: 'percentunit', decimals: 0 }),
  ]);
}

function frame(name: string, refId: string | undefined, notes: readonly string[], length: number, fields: Field[]): DataFrame {
  return { name, refId, length, fields, meta: { preferredVisualisationType: 'table', notices: notes.map((text) => ({ severity: 'info', text })) } };
}

const field = (name: string, type: FieldType, values: Array<string | number | null>, config: Field['config'] = {}): Field => ({ name, type, config, values });
