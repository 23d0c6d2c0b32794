import type { DataFrame, PanelData } from '@grafana/data';
import { isTraceFrame } from '../../backends/frames/trace-table';

export interface NoTrace {
  readonly title: string;
  /** Why, and what to do. */
  readonly advice: string;
}

const SHOWN_FIELDS = 6;
const EXPECTED = 'traceID, spanID, parentSpanID, operationName, serviceName, startTime and duration';

/** Why the panel's data hold no trace. */
export function noTraceIn({ series, error, errors = error ? [error] : [] }: Pick<PanelData, 'series' | 'error' | 'errors'>): NoTrace {
  const messages = errors.flatMap(({ message, data }) => message ?? data?.message ?? []);
  if (messages.length > 0) {
    return { title: 'No trace to show', advice: messages.join('\n') };
  }
  const other = series.find((frame) => !isTraceFrame(frame) && frame.fields.length > 0);
  if (other) {
    return { title: 'These are no spans', advice: `Choose the query type Trace, or set a trace id in the panel’s options. Expected frames with the fields ${EXPECTED}, got ${describe(other)}.` };
  }
  const notices = series.flatMap(({ meta }) => meta?.notices ?? []).map(({ text }) => text);
  return {
    title: 'No trace',
    advice: notices.join('\n') || 'No trace chosen: give the query or the panel’s options a trace id: a variable such as ${traceId}, which a row of a list of traces can set.',
  };
}

function describe({ name, refId, fields }: DataFrame): string {
  const names = fields.slice(0, SHOWN_FIELDS).map((field) => field.name || 'a field without a name');
  return `${name || refId || 'a frame'} with ${names.join(', ')}${fields.length > SHOWN_FIELDS ? ` and ${fields.length - SHOWN_FIELDS} more` : ''}`;
}
