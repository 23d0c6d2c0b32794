import type { DataFrame } from '@grafana/data';

/** Has every trace id of the tables lead to its page: in Explore and in panels that bring no links of their own. */
export function withTraceLinks(frames: readonly DataFrame[], sourceUid: string): DataFrame[] {
  const links = [{ title: 'Open the trace', url: `/a/veza-traces-app/trace/\${__value.raw}?source=${encodeURIComponent(sourceUid)}` }];
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => (field.name === 'Trace ID' ? { ...field, config: { ...field.config, links } } : field)),
  }));
}
