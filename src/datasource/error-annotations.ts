import type { AnnotationEvent, AnnotationSupport, DataFrame } from '@grafana/data';
import { of } from 'rxjs';
import type { VezaQuery } from './query';

/** Annotations from traces: those with errors, unless the dashboard asks for others. One event a trace. */
export const ERROR_ANNOTATIONS: AnnotationSupport<VezaQuery> = {
  getDefaultQuery: () => ({ queryType: 'search', filter: { errorsOnly: true }, limit: 100 }),
  prepareQuery: ({ target }) => ({ refId: 'Annotations', filter: { errorsOnly: true }, limit: 100, ...target, queryType: 'search' }),
  processEvents: (_, frames) => of(frames.flatMap(eventsOf)),
};

function eventsOf(frame: DataFrame): AnnotationEvent[] {
  const values = (name: string): readonly unknown[] => frame.fields.find((field) => field.name === name)?.values ?? [];
  const [times, durations, services, names, ids] = ['Start', 'Duration', 'Service', 'Name', 'Trace ID'].map(values);
  return times.map((time, at) => ({
    time: Number(time),
    timeEnd: Number(time) + Number(durations[at]),
    isRegion: false,
    title: `${String(services[at])} ${String(names[at])}`,
    text: `Trace ${String(ids[at])}`,
    tags: [String(services[at])].filter(Boolean),
  }));
}
