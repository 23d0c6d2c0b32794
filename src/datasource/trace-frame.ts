import type { DataFrame, FieldType } from '@grafana/data';
import { encodeTraceFrame } from '../formats';
import { emptySet } from '../backends/sets/merge-sets';
import type { TraceSet } from '../trace';

/**
 * A trace as Grafana's trace frame, which core panels draw. The frame's times are rounded to what a float of milliseconds
 * holds, so the trace itself goes along for panels that read it (`meta.custom.trace.columns`, TraceColumns): nothing is
 * encoded for them, and they decode nothing. Panels share it, and none changes or transfers it.
 * JSON leaves it out: a snapshot keeps the fields.
 */
export function traceFrame(set: TraceSet, refId: string | undefined): DataFrame {
  const { fields, ...frame } = encodeTraceFrame(set);
  const meta = { ...frame.meta };
  const custom = 'custom' in meta && typeof meta.custom === 'object' ? meta.custom : {};
  return {
    ...frame,
    refId,
    // The format names the same types as Grafana's enum.
    fields: fields.map((field) => ({ ...field, type: field.type as FieldType })),
    meta: { ...meta, custom: { ...custom, trace: { columns: set.columns, toJSON: () => undefined } } },
  };
}

/** What a query is answered with whose trace id is empty. @param text the trace id as it is stored, such as `${traceId}` */
export function unchosenTraceFrame(text: string, refId: string | undefined): DataFrame {
  const frame = traceFrame(emptySet(), refId);
  const advice = `No trace chosen: ${text.trim()} is empty. Set this variable, or open a row of a list of traces.`;
  return { ...frame, meta: { ...frame.meta, notices: [{ severity: 'info', text: advice }] } };
}
