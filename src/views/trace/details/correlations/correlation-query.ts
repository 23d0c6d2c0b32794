/** The query that a span's logs, metrics or profiles are found by, in the language of the data source they are in. */
import type { ScopedVars } from '@grafana/data';
import type { LogsSettings, TagMapping } from './correlation-settings';

/** A configured label with the span's value. */
export interface SpanTag {
  readonly label: string;
  readonly value: string;
}

/** What queries may name of a span, as in Grafana: `${__span.spanId}`, `${__span.tags["http.route"]}`, `${__trace.name}`. */
export interface SpanFacts {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly startUnixNs: bigint;
  readonly durationNs: number;
  readonly traceName: string;
  readonly traceDurationNs: number;
  /** Attributes of the resource and the span, those of the span first. */
  readonly tag: (key: string) => string | undefined;
  readonly tags: ReadonlyArray<readonly [string, string]>;
}

/** Those of the configured tags that the span has. */
export function spanTags(mappings: readonly TagMapping[], facts: SpanFacts): SpanTag[] {
  return mappings.flatMap(({ key, label }) => {
    const value = facts.tag(key);
    return value === undefined ? [] : [{ label, value }];
  });
}

/** Variables for Grafana's template service; `__tags` is written in the language of the data source's type. */
export function spanVariables(type: string, tags: readonly SpanTag[], facts: SpanFacts): ScopedVars {
  const { traceId, spanId, name, durationNs, traceName, traceDurationNs } = facts;
  const attributes: Record<string, string> = Object.create(null);
  facts.tags.forEach(([key, value]) => (attributes[key] ??= value));
  return {
    __tags: { text: 'Tags', value: tagsText(type, tags) },
    // Grafana's own trace view counts durations in microseconds here.
    __span: { text: 'Span', value: { traceId, spanId, name, duration: durationNs / 1000, tags: attributes } },
    __trace: { text: 'Trace', value: { traceId, name: traceName, duration: traceDurationNs / 1000 } },
  };
}

/** A query of our own for the span's logs; undefined where nothing narrows it down. */
export function logsQuery(type: string, { filterByTraceId, filterBySpanId }: LogsSettings, tags: readonly SpanTag[], { traceId, spanId }: SpanFacts): string | undefined {
  const ids = [...(filterByTraceId ? [['trace', traceId] as const] : []), ...(filterBySpanId ? [['span', spanId] as const] : [])];
  if (type === 'loki') {
    // Loki wants a selector, and an id may be in the line or beside it.
    return tags.length === 0 ? undefined : `{${tagsText(type, tags)}}${ids.map(([what, id]) => lokiId(what, id)).join('')}`;
  }
  const terms = [tagsText(type, tags), ...ids.map(([, id]) => `"${id}"`)].filter(Boolean);
  return terms.length === 0 ? undefined : terms.join(isLucene(type) ? ' AND ' : ' ');
}

const lokiId = (what: 'trace' | 'span', id: string): string =>
  ` | label_format line_has_${what}=\`{{ contains "${id}" __line__ }}\` | line_has_${what}="true" or ${what}_id="${id}"`;

const isLucene = (type: string): boolean => /elasticsearch|opensearch|quickwit/.test(type);

/** `a="1", b="2"` in Loki, Prometheus and Pyroscope; `a:"1" AND b:"2"` in Lucene; `a="1" b="2"` elsewhere. */
export function tagsText(type: string, tags: readonly SpanTag[]): string {
  if (isLucene(type)) {
    return tags.map(({ label, value }) => `${label}:${quoted(value)}`).join(' AND ');
  }
  const separator = /loki|prometheus|mimir|pyroscope|phlare|victoria/.test(type) ? ', ' : ' ';
  return tags.map(({ label, value }) => `${label}=${quoted(value)}`).join(separator);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n')}"`;

/** The query in the shape that the data source's plugin takes. */
export function queryModel(type: string, query: string): Readonly<Record<string, unknown>> {
  if (isLucene(type)) {
    return { query, metrics: [{ id: '1', type: 'logs' }] };
  }
  return type === 'grafana-googlecloud-logging-datasource' ? { queryText: query } : { expr: query, query };
}
