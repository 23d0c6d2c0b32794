/**
 * What the settings of a Tempo, Jaeger or Zipkin data source say about a span's logs, metrics and profiles: `tracesToLogsV2`
 * (or the older `tracesToLogs`), `tracesToMetrics`, `tracesToProfiles` of its jsonData. Anybody may have written them.
 */
import { asArray, asObject } from '../../../../formats/json/untyped';

/** An attribute of the span or its resource, and the label that it is in the other data source. */
export interface TagMapping {
  readonly key: string;
  readonly label: string;
}

export interface CorrelationTarget {
  readonly datasourceUid: string;
  readonly tags: readonly TagMapping[];
  /** Added to the span's start and end, ms. */
  readonly startShiftMs: number;
  readonly endShiftMs: number;
}

export interface LogsSettings extends CorrelationTarget {
  readonly filterByTraceId: boolean;
  readonly filterBySpanId: boolean;
  /** Used in place of a query of our own. */
  readonly query: string | undefined;
}

export interface MetricsSettings extends CorrelationTarget {
  readonly queries: ReadonlyArray<{ readonly name: string; readonly query: string }>;
}

export interface ProfilesSettings extends CorrelationTarget {
  readonly profileTypeId: string;
  readonly query: string | undefined;
}

export interface CorrelationSettings {
  readonly logs: LogsSettings | undefined;
  readonly metrics: MetricsSettings | undefined;
  readonly profiles: ProfilesSettings | undefined;
}

/** What Grafana asks for where no tags are configured. */
const DEFAULT_TAGS = ['cluster', 'hostname', 'namespace', 'pod', 'service.name', 'service.namespace'];

export function correlationSettings(jsonData: unknown): CorrelationSettings {
  const data = asObject(jsonData);
  return {
    logs: logsSettings(asObject(data?.tracesToLogsV2) ?? asObject(data?.tracesToLogs)),
    metrics: metricsSettings(asObject(data?.tracesToMetrics)),
    profiles: profilesSettings(asObject(data?.tracesToProfiles)),
  };
}

type Settings = Readonly<Record<string, unknown>>;

function logsSettings(settings: Settings | undefined): LogsSettings | undefined {
  const target = settings && targetOf(settings, DEFAULT_TAGS);
  return target && {
    ...target,
    filterByTraceId: settings.filterByTraceID === true,
    filterBySpanId: settings.filterBySpanID === true,
    query: customQuery(settings),
  };
}

function metricsSettings(settings: Settings | undefined): MetricsSettings | undefined {
  const target = settings && targetOf(settings, []);
  return target && {
    ...target,
    queries: asArray(settings.queries).flatMap((item) => {
      const { name, query } = asObject(item) ?? {};
      return typeof query === 'string' && query !== '' ? [{ name: textOf(name) ?? 'Metrics', query }] : [];
    }),
  };
}

function profilesSettings(settings: Settings | undefined): ProfilesSettings | undefined {
  const target = settings && targetOf(settings, DEFAULT_TAGS);
  return target && { ...target, profileTypeId: textOf(settings.profileTypeId) ?? 'process_cpu:cpu:nanoseconds:cpu:nanoseconds', query: customQuery(settings) };
}

function targetOf(settings: Settings, defaultTags: readonly string[]): CorrelationTarget | undefined {
  const datasourceUid = textOf(settings.datasourceUid);
  if (!datasourceUid) {
    return undefined;
  }
  const tags = tagsOf(settings);
  return {
    datasourceUid,
    tags: tags.length > 0 ? tags : defaultTags.map((key) => ({ key, label: labelOf(key) })),
    startShiftMs: shiftMs(settings.spanStartTimeShift),
    endShiftMs: shiftMs(settings.spanEndTimeShift),
  };
}

/** Pairs of key and value; the older settings have names, or pairs beside them. */
function tagsOf({ tags, mappedTags, mapTagNamesEnabled }: Settings): TagMapping[] {
  const list = mapTagNamesEnabled === true ? asArray(mappedTags) : asArray(tags);
  return list.flatMap((item): TagMapping[] => {
    const key = textOf(typeof item === 'string' ? item : asObject(item)?.key);
    return key ? [{ key, label: textOf(asObject(item)?.value) ?? labelOf(key) }] : [];
  });
}

/** What a label may be called in Loki, Prometheus and Pyroscope. */
const labelOf = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_');

const customQuery = ({ customQuery: isCustom, query }: Settings): string | undefined => (isCustom === true ? textOf(query) : undefined);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined);

/** "-1h", "5m" → ms; 0 where it is none. */
function shiftMs(text: unknown): number {
  const match = typeof text === 'string' ? /^\s*(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*$/.exec(text) : null;
  return match ? Number(match[1]) * UNIT_MS[match[2]] : 0;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3, w: 604_800e3 };
