import type { DataSourceInstanceSettings, ScopedVars } from '@grafana/data';
import { valueText, type TraceSet } from '../../../../trace';
import { correlationSettings, type CorrelationTarget } from './correlation-settings';
import { logsQuery, queryModel, spanTags, spanVariables, type SpanFacts, type SpanTag, tagsText } from './correlation-query';
import type { ExploreTarget } from './explore-link';
import type { SpanLinkOut } from './span-link-out';

/** What is asked of Grafana, given in so that this runs without it. */
export interface CorrelationHost {
  readonly dataSource: (uid: string) => Pick<DataSourceInstanceSettings, 'uid' | 'type' | 'name'> | undefined;
  readonly replace: (text: string, variables: ScopedVars) => string;
  readonly exploreHref: (target: ExploreTarget) => string;
  /** Why the visitor may not open Explore. */
  readonly exploreRefusal: string | undefined;
}

/**
 * A span's logs, metrics and profiles as the settings of its data source say.
 *
 * @param jsonData of the Tempo, Jaeger or Zipkin data source
 */
export function spanCorrelations(set: TraceSet, row: number, jsonData: unknown, host: CorrelationHost): SpanLinkOut[] {
  const { logs, metrics, profiles } = correlationSettings(jsonData);
  const facts = spanFacts(set, row);
  const wanted: Correlation[] = [];
  if (logs) {
    wanted.push({
      title: 'Logs', target: logs,
      queryOf: ({ type, tags, fill }) => {
        const query = logs.query === undefined ? logsQuery(type, logs, tags, facts) : fill(logs.query);
        return query === undefined ? undefined : queryModel(type, query);
      },
    });
  }
  metrics?.queries.forEach(({ name, query }) => wanted.push({ title: name, target: metrics, queryOf: ({ fill }) => ({ expr: fill(query), query: fill(query) }) }));
  if (profiles) {
    const profileId = facts.tag('pyroscope.profile.id');
    wanted.push({
      title: 'Profiles', target: profiles,
      queryOf: ({ type, tags, fill }) => ({
        labelSelector: profiles.query === undefined ? `{${tagsText(type, tags)}}` : fill(profiles.query),
        profileTypeId: profiles.profileTypeId,
        queryType: 'both',
        ...(profileId === undefined ? {} : { spanSelector: [profileId] }),
      }),
    });
  }
  return wanted.map((correlation) => linkOf(correlation, facts, host));
}

interface Correlation {
  readonly title: string;
  readonly target: CorrelationTarget;
  /** Undefined where the span has nothing to ask by. */
  readonly queryOf: (asked: QueryContext) => Readonly<Record<string, unknown>> | undefined;
}

interface QueryContext {
  /** Plugin id of the data source asked. */
  readonly type: string;
  readonly tags: readonly SpanTag[];
  /** Replaces the variables in a configured query. */
  readonly fill: (query: string) => string;
}

function linkOf({ title, target, queryOf }: Correlation, facts: SpanFacts, host: CorrelationHost): SpanLinkOut {
  const dataSource = host.dataSource(target.datasourceUid);
  if (!dataSource) {
    return { title, reason: `the data source with uid "${target.datasourceUid}" does not exist or is not yours to use` };
  }
  const { type, uid, name: dataSourceName } = dataSource;
  const tags = spanTags(target.tags, facts);
  const variables = spanVariables(type, tags, facts);
  const query = queryOf({ type, tags, fill: (text) => host.replace(text, variables) });
  if (!query) {
    return { title, reason: `the span has none of the attributes ${target.tags.map(({ key }) => key).join(', ')}` };
  }
  if (host.exploreRefusal) {
    const queryText = String(query.expr ?? query.query ?? query.queryText ?? query.labelSelector ?? '');
    return { title, reason: host.exploreRefusal, query: queryText, dataSourceName };
  }
  const fromMs = Number(facts.startUnixNs / 1_000_000n) + target.startShiftMs;
  const endMs = Math.ceil(Number(facts.startUnixNs / 1_000_000n) + facts.durationNs / 1e6) + target.endShiftMs;
  return { title, href: host.exploreHref({ datasource: { uid, type }, query, fromMs, toMs: Math.max(endMs, fromMs + 1) }), dataSourceName };
}

function spanFacts(set: TraceSet, row: number): SpanFacts {
  const trace = set.traceOf(row);
  const root = set.firstRow(trace);
  const tags = [...set.detail(row).attributes, ...set.resource(row).attributes].map(({ key, value }) => [key, valueText(value)] as const);
  return {
    traceId: set.traceId(trace),
    spanId: set.spanId(row),
    name: set.operation(row),
    startUnixNs: set.startUnixNs(row),
    durationNs: set.columns.durationNs[row],
    traceName: `${set.service(root)} ${set.operation(root)}`,
    traceDurationNs: set.traceDurationNs(trace),
    tag: (wanted) => tags.find(([key]) => key === wanted)?.[1],
    tags,
  };
}
