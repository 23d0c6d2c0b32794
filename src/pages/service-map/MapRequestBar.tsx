import { Combobox, type ComboboxOption } from '@grafana/ui';
import { useCallback } from 'react';
import { SERVICE_TAG, type Backend, type TimeRangeMs } from '../../backends/backend';
import type { EarlierWindow } from '../../backends/compared-map';
import { LIMITS, MAP_SOURCES, type MapRequest, type MapSource } from './map-request';

interface Props {
  readonly backend: Backend;
  readonly hasMetrics: boolean;
  readonly range: () => TimeRangeMs;
  readonly request: MapRequest;
  readonly onChange: (change: Partial<MapRequest>) => void;
}

const SOURCES: Readonly<Record<MapSource, ComboboxOption<MapSource>>> = {
  traces: { value: 'traces', label: 'From traces', description: 'A sample of the traces themselves' },
  metrics: { value: 'metrics', label: 'From metrics', description: 'Service-graph metrics in Prometheus: every call' },
  dependencies: { value: 'dependencies', label: 'From dependencies', description: 'What the backend counted itself' },
};

const LEVELS: Array<ComboboxOption<MapRequest['level']>> = [
  { value: 'service', label: 'Services', description: 'A node for each service' },
  { value: 'operation', label: 'Operations', description: 'A node for each span name by which a service is called' },
];

const GROUPINGS = ['service.namespace', 'deployment.environment.name', 'k8s.namespace.name', 'k8s.cluster.name', 'cloud.region', 'telemetry.sdk.language', 'service.version'];

const NEVER = 'never';
const EARLIER: Array<ComboboxOption<EarlierWindow | typeof NEVER>> = [
  { value: NEVER, label: 'Not compared' },
  { value: 'previous', label: 'Window before' },
  { value: 'day', label: 'Yesterday' },
  { value: 'week', label: 'Last week' },
];

/**
 * Which map: drawn from what, of which traces, at which level, grouped and compared how. A Combobox takes no aria-label: its
 * placeholder names it, also behind a value.
 */
export function MapRequestBar({ backend, hasMetrics, range, request, onChange }: Props) {
  // What is asked for stays a choice where it is not there: an address may come from another data source.
  const isThere: Readonly<Record<MapSource, boolean>> = { traces: true, metrics: hasMetrics, dependencies: backend.dependencies !== undefined };
  const sources = MAP_SOURCES.filter((source) => isThere[source] || source === request.drawnFrom);
  const isTraced = request.drawnFrom === 'traces';
  const services = useCallback(
    async (typed: string) => {
      const names = await backend.tagValues({ tag: SERVICE_TAG, range: range() });
      return names.filter((name) => name.toLowerCase().includes(typed.toLowerCase())).map((value) => ({ value }));
    },
    [backend, range]
  );
  return (
    <>
      {sources.length > 1 && (
        <Combobox placeholder="Drawn from" width={20} options={sources.map((source) => SOURCES[source])} value={request.drawnFrom} onChange={({ value }) => onChange({ drawnFrom: value })} />
      )}
      {request.drawnFrom !== 'dependencies' && (
        <Combobox
          placeholder="Any service"
          width={20}
          options={services}
          value={request.service || null}
          isClearable
          createCustomValue
          onChange={(option) => onChange({ service: option?.value ?? '' })}
        />
      )}
      {isTraced && <Combobox placeholder="Level" width={14} options={LEVELS} value={request.level} onChange={({ value }) => onChange({ level: value })} />}
      {isTraced && (
        <Combobox
          placeholder="Group by attribute"
          width={24}
          options={GROUPINGS.map((value) => ({ value }))}
          value={request.groupBy || null}
          isClearable
          createCustomValue
          onChange={(option) => onChange({ groupBy: option?.value.trim() ?? '' })}
        />
      )}
      {isTraced && (
        <Combobox
          placeholder="Most traces to read"
          width={16}
          options={LIMITS.map((value) => ({ value, label: `≤ ${value.toLocaleString('en')} traces` }))}
          value={request.limit}
          onChange={({ value }) => onChange({ limit: value })}
        />
      )}
      <Combobox
        placeholder="Compare"
        width={19}
        options={EARLIER}
        value={request.against ?? NEVER}
        onChange={({ value }) => onChange({ against: value === NEVER ? undefined : value })}
      />
    </>
  );
}
