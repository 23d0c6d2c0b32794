/** Traces as a file that opens again here, in Jaeger, or wherever OTLP is read. */
import { encodeJaegerJson, encodeOtlpJson, encodeOtlpProtobuf } from '../../../formats';
import type { TraceSet } from '../../../trace';

export const EXPORT_FORMATS = [
  { format: 'otlp-json', label: 'OTLP JSON', description: 'Exact; opens here, in Grafana’s import and in OpenTelemetry tools', suffix: 'otlp.json', mediaType: 'application/json' },
  { format: 'jaeger-json', label: 'Jaeger JSON', description: 'Opens in Jaeger’s UI and here; times in whole microseconds', suffix: 'jaeger.json', mediaType: 'application/json' },
  { format: 'otlp-protobuf', label: 'OTLP protobuf', description: 'Exact and smallest; opens here', suffix: 'otlp.binpb', mediaType: 'application/x-protobuf' },
] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number]['format'];

/** @throws RangeError where the text is longer than a string can be: some 500,000 spans */
export function traceFile(set: TraceSet, traces: readonly number[], format: ExportFormat): File {
  const { suffix, mediaType } = EXPORT_FORMATS.find((each) => each.format === format)!;
  return new File([contentOf(set, traces, format)], `${fileStem(set, traces)}.${suffix}`, { type: mediaType });
}

function contentOf(set: TraceSet, traces: readonly number[], format: ExportFormat): BlobPart {
  switch (format) {
    case 'otlp-json':
      return encodeOtlpJson(set, traces);
    case 'jaeger-json':
      return encodeJaegerJson(set, traces);
    case 'otlp-protobuf':
      return new Uint8Array(encodeOtlpProtobuf(set, traces));
  }
}

const MOST_NAME_CHARACTERS = 60;

/** Letters, digits and hyphens only: a service may be called `../../etc` or `con`. */
export function fileStem(set: TraceSet, traces: readonly number[]): string {
  if (traces.length !== 1) {
    return `traces-${traces.length}`;
  }
  const [trace] = traces;
  const root = set.firstRow(trace);
  const name = `${set.service(root)} ${set.operation(root)}`.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, MOST_NAME_CHARACTERS).replace(/^-+|-+$/g, '');
  return ['trace', name, set.traceId(trace)].filter(Boolean).join('-');
}
