import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { MapModel } from '../../../drawing/graph/map-model';
import type { ChangeMapState, MapState } from '../map-state';
import { ExpressionInput } from './ExpressionInput';
import { FocusControl } from './FocusControl';

interface Props {
  /** The whole map: what expressions can name. */
  readonly model: MapModel;
  readonly state: MapState;
  readonly onChange: ChangeMapState;
}

/** Find, hide and focus: what of the map is brought out or left out. */
export function MapFilters({ model, state: { find, hide, focus }, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const valuesOf = useCallback((field: string) => valuesIn(model, field), [model]);
  const onFind = useCallback((text: string) => onChange({ find: text }), [onChange]);
  const onHide = useCallback((text: string) => onChange({ hide: text }), [onChange]);
  return (
    <div className={styles.bar} role="search" aria-label="Filter the map">
      <ExpressionInput name="Find" example="errors > 1% and p95 > 500ms" value={find} valuesOf={valuesOf} onChange={onFind} />
      <ExpressionInput name="Hide" example="rate < 0.1" value={hide} valuesOf={valuesOf} onChange={onHide} />
      {focus && <FocusControl name={model.nodes.find(({ id }) => id === focus.nodeId)?.name} focus={focus} onChange={onChange} />}
    </div>
  );
}

function valuesIn({ nodes }: MapModel, field: string): string[] {
  switch (field) {
    case 'name':
    case 'source':
    case 'target':
      return [...new Set(nodes.map(({ name }) => name))].sort();
    case 'kind':
      return [...new Set(nodes.map(({ kind }) => kind))].sort();
    default:
      return [];
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({ display: 'flex', flex: '1 1 360px', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1) }),
});
