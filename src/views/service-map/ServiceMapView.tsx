import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { MapHit } from '../../drawing/graph/hit-test';
import type { MapModel } from '../../drawing/graph/map-model';
import { MapFilters, NO_FILTERS } from './MapFilters';
import { findInMap, narrowMap } from './narrow-map';
import { ServiceMapCanvas } from './ServiceMapCanvas';
import { ServiceMapDetails } from './ServiceMapDetails';
import { ServiceMapTable } from './ServiceMapTable';

export interface ServiceMapViewProps {
  readonly model: MapModel;
  /** Length of the window the model's counts come from. */
  readonly windowS: number;
  /** What the figures rest on, as sentences for the reader. */
  readonly notes: readonly string[];
  readonly traceHref?: (traceId: string) => string;
}

type Mode = 'map' | 'table';

const MODES = [
  { label: 'Map', value: 'map' as const, icon: 'gf-layout-simple' as const },
  { label: 'Table', value: 'table' as const, icon: 'table' as const },
];

/** The service map with its details and its table; selection survives a refresh because it is kept by id. */
export function ServiceMapView({ model: whole, windowS, notes, traceHref }: ServiceMapViewProps) {
  const styles = useStyles2(getStyles);
  const [mode, setMode] = useState<Mode>('map');
  const [selectedId, setSelectedId] = useState<{ kind: MapHit['kind']; id: string } | undefined>(undefined);

  const [filters, setFilters] = useState(NO_FILTERS);
  const focusId = selectedId?.kind === 'node' && filters.hops > 0 ? selectedId.id : undefined;
  const model = useMemo(
    () => narrowMap(whole, { hide: filters.hide, focus: focusId === undefined ? undefined : { nodeId: focusId, hops: filters.hops } }, windowS),
    [whole, filters.hide, filters.hops, focusId, windowS]
  );
  const found = useMemo(() => findInMap(model, filters.find, windowS), [model, filters.find, windowS]);

  const selected = useMemo((): MapHit | undefined => {
    if (!selectedId) {
      return undefined;
    }
    const items = selectedId.kind === 'node' ? model.nodes : model.edges;
    const index = items.findIndex(({ id }) => id === selectedId.id);
    return index < 0 ? undefined : { kind: selectedId.kind, index };
  }, [model, selectedId]);

  const select = (hit: MapHit | undefined) =>
    setSelectedId(hit && { kind: hit.kind, id: (hit.kind === 'node' ? model.nodes : model.edges)[hit.index].id });

  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <p className={styles.notes}>{[...notes, ...narrowedNotes(whole, model, found?.nodes.size)].join(' · ')}</p>
        <MapFilters values={filters} onChange={setFilters} canFocus={selected?.kind === 'node'} />
        <RadioButtonGroup size="sm" options={MODES} value={mode} onChange={setMode} aria-label="Show as" />
      </div>
      <div className={styles.body}>
        <div className={styles.main}>
          {mode === 'map' ? (
            <ServiceMapCanvas model={model} windowS={windowS} selected={selected} found={found} onSelect={select} />
          ) : (
            <ServiceMapTable model={model} windowS={windowS} onSelect={select} />
          )}
        </div>
        {selected && <ServiceMapDetails model={model} windowS={windowS} selected={selected} onSelect={select} traceHref={traceHref} />}
      </div>
    </div>
  );
}

/** Says what is left out, so that nobody takes a part for the whole. */
function narrowedNotes(whole: MapModel, shown: MapModel, foundCount: number | undefined): string[] {
  const hidden = whole.nodes.length - shown.nodes.length;
  return [...(hidden > 0 ? [`${hidden} of ${whole.nodes.length} services hidden`] : []), ...(foundCount === undefined ? [] : [`${foundCount} services found`])];
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 }),
  bar: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'center', flexWrap: 'wrap', gap: theme.spacing(1, 2), paddingBottom: theme.spacing(1) }),
  notes: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  body: css({ display: 'flex', flex: 1, minHeight: 0 }),
  main: css({ flex: 1, minWidth: 0, minHeight: 0 }),
});
