import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { collapseGroups } from '../../drawing/graph/collapse-groups';
import type { MapHit } from '../../drawing/graph/hit-test';
import type { MapModel } from '../../drawing/graph/map-model';
import { PlacementMemory, type Place, type Places } from '../../drawing/graph/stable-layout';
import { useSize } from '../canvas/use-size';
import type { ServiceMapHandle } from './canvas/map-export';
import { ServiceMapDetails } from './details/ServiceMapDetails';
import { MapExportMenu } from './export/MapExportMenu';
import { figureTexts } from './figure-texts';
import { MapFilters } from './filters/MapFilters';
import type { MapContent, MapLinks } from './map-content';
import type { MapSettings } from './map-settings';
import type { ChangeMapState, MapItemId, MapState } from './map-state';
import { MapDisplayMenu } from './MapDisplayMenu';
import { findInMap, narrowMap } from './narrow-map';
import { ServiceMapCanvas } from './ServiceMapCanvas';
import { ServiceMapTable } from './table/ServiceMapTable';
import { useLegend } from './use-legend';

export interface ServiceMapViewProps {
  readonly content: MapContent;
  readonly state: MapState;
  readonly onChange: ChangeMapState;
  readonly settings: MapSettings;
  readonly links: MapLinks;
  /** Saved drags by node id; the map keeps them itself, until it is left, where undefined. */
  readonly pinned?: Places;
  readonly onPin?: (nodeId: string, place: Place | undefined) => void;
  /** More to do with the map, beside its own controls. */
  readonly actions?: ReactNode;
}

const SHOWN_AS = [
  { label: 'Map', value: 'map' as const, icon: 'gf-layout-simple' as const },
  { label: 'Table', value: 'table' as const, icon: 'table' as const },
];

/** In a smaller panel the controls would take more room than the map: they are there when asked for. */
const CONTROLS_FROM = { widthPx: 480, heightPx: 320 };

/** The service map with its filters, its details and its table; a refresh changes figures, never the reader's choices. */
export function ServiceMapView({ content, state, onChange, settings, links, pinned, onPin, actions }: ServiceMapViewProps) {
  const styles = useStyles2(getStyles);
  const { model: whole, windowS, notes, operations } = content;
  const { find, hide, focus, collapsed, selected, layout, colouring, weighting } = state;
  // Outlives the canvas, so that a look at the table does not shuffle the map.
  const [memory] = useState(() => new PlacementMemory());
  const pictureRef = useRef<ServiceMapHandle>(null);
  const frameRef = useRef<HTMLDivElement>(null);
  const { widthPx, heightPx } = useSize(frameRef);
  const isSmall = widthPx > 0 && (widthPx < CONTROLS_FROM.widthPx || heightPx < CONTROLS_FROM.heightPx);
  const [areControlsOpen, setControlsOpen] = useState(false);
  const [isLegendOpen, toggleLegend] = useLegend(settings.showLegend);

  const grouped = useMemo(() => collapseGroups(whole, new Set(collapsed)), [whole, collapsed]);
  const model = useMemo(() => narrowMap(grouped, { hide, focus }, windowS), [grouped, hide, focus, windowS]);
  const found = useMemo(() => findInMap(model, find, windowS), [model, find, windowS]);
  const style = useMemo(() => ({ ...settings.style, edgeColouring: colouring, edgeWeighting: weighting }), [settings.style, colouring, weighting]);
  const texts = useMemo(() => figureTexts(model, windowS, settings.style), [model, windowS, settings.style]);
  const hit = useMemo(() => hitOf(model, selected), [model, selected]);
  const said = [...(settings.showNotes ? notes : []), ...narrowedNotes(grouped, model, found?.nodes.size)];

  return (
    <div ref={frameRef} className={styles.frame}>
      {settings.showControls && isSmall && (
        <IconButton
          className={styles.opener}
          name={areControlsOpen ? 'times' : 'sliders-v-alt'}
          tooltip={areControlsOpen ? 'Hide the controls' : 'Find, hide, display, export'}
          aria-expanded={areControlsOpen}
          onClick={() => setControlsOpen((isOpen) => !isOpen)}
        />
      )}
      {settings.showControls && (!isSmall || areControlsOpen) && (
        <div className={cx(styles.bar, isSmall && styles.smallBar)}>
          <MapFilters model={grouped} state={state} onChange={onChange} />
          <div className={styles.tools}>
            <MapDisplayMenu model={whole} state={state} onChange={onChange} />
            <MapExportMenu model={model} windowS={windowS} texts={texts} picture={pictureRef} hasPicture={state.show === 'map'} />
            <RadioButtonGroup size="sm" options={SHOWN_AS} value={state.show} onChange={(show) => onChange({ show })} aria-label="Show as" />
            {actions}
          </div>
        </div>
      )}
      {said.length > 0 && (
        <p className={cx(styles.notes, isSmall && !areControlsOpen && styles.smallNotes)} title={isSmall ? said.join(' · ') : undefined}>
          {said.join(' · ')}
        </p>
      )}
      <div className={styles.body}>
        <div className={styles.main}>
          {state.show === 'map' ? (
            <ServiceMapCanvas
              model={model}
              windowS={windowS}
              selected={hit}
              found={found}
              onSelect={(next) => onChange({ selected: itemOf(model, next) })}
              layout={layout}
              pinned={pinned}
              onPin={onPin}
              onToggleGroup={(group) => onChange({ collapsed: toggled(collapsed, group) })}
              mapStyle={style}
              memory={memory}
              showMinimap={settings.showMinimap}
              fitKey={focus ? JSON.stringify(focus) : ''}
              isLegendOpen={isLegendOpen}
              onToggleLegend={toggleLegend}
              handleRef={pictureRef}
            />
          ) : (
            <ServiceMapTable model={model} texts={texts} selected={selected} onSelect={(item) => onChange({ selected: item })} />
          )}
        </div>
        {selected && hit && <ServiceMapDetails model={model} operations={operations} texts={texts} selected={selected} onChange={onChange} links={links} isWhole={isSmall} />}
      </div>
    </div>
  );
}

function hitOf(model: MapModel, item: MapItemId | undefined): MapHit | undefined {
  const index = item ? itemsOf(model, item.kind).findIndex(({ id }) => id === item.id) : -1;
  return item && index >= 0 ? { kind: item.kind, index } : undefined;
}

const itemOf = (model: MapModel, hit: MapHit | undefined): MapItemId | undefined => hit && { kind: hit.kind, id: itemsOf(model, hit.kind)[hit.index].id };
const itemsOf = ({ nodes, edges }: MapModel, kind: MapItemId['kind']): ReadonlyArray<{ readonly id: string }> => (kind === 'node' ? nodes : edges);
const toggled = (groups: readonly string[], group: string) => (groups.includes(group) ? groups.filter((other) => other !== group) : [...groups, group]);

/** Says what is left out, so that nobody takes a part for the whole. */
function narrowedNotes(whole: MapModel, shown: MapModel, foundCount: number | undefined): string[] {
  const hidden = whole.nodes.length - shown.nodes.length;
  return [...(hidden > 0 ? [`${hidden} of ${whole.nodes.length} services hidden`] : []), ...(foundCount === undefined ? [] : [`${foundCount} services found`])];
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', display: 'flex', flexDirection: 'column', gap: theme.spacing(1), height: '100%', minHeight: 0 }),
  bar: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', flexWrap: 'wrap', gap: theme.spacing(1) }),
  // Where there is little height too: the controls scroll rather than push the map out.
  smallBar: css({ maxHeight: '70%', overflow: 'auto', paddingRight: theme.spacing(3), flexShrink: 0 }),
  opener: css({ position: 'absolute', top: 0, right: 0, zIndex: 3 }),
  smallNotes: css({ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis', paddingRight: theme.spacing(3), flexShrink: 0 }),
  tools: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  notes: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  body: css({ position: 'relative', display: 'flex', flex: 1, minHeight: 0 }),
  main: css({ flex: 1, minWidth: 0, minHeight: 0 }),
});
