import { Dropdown, Menu, ToolbarButton } from '@grafana/ui';
import type { MapModel } from '../../drawing/graph/map-model';
import type { EdgeColouring, EdgeWeighting } from '../../drawing/graph/map-style';
import type { MapLayoutKind } from '../../drawing/graph/map-layout';
import type { ChangeMapState, MapState } from './map-state';

interface Props {
  readonly model: MapModel;
  readonly state: MapState;
  readonly onChange: ChangeMapState;
}

const LAYOUTS: Readonly<Record<MapLayoutKind, string>> = { layered: 'Left to right', force: 'By attraction', grid: 'Grid' };
const WEIGHTINGS: Readonly<Record<EdgeWeighting, string>> = { calls: 'Calls', share: 'Share of end-to-end latency' };
const COLOURINGS: Readonly<Record<EdgeColouring, string>> = {
  errors: 'Errors', latency: 'p95', baseline: 'p95 against the earlier window', change: 'Change since the earlier window', none: 'One colour',
};

/** How the map is drawn: places, colours and widths. What the data does not tell is not offered. */
export function MapDisplayMenu({ model, state, onChange }: Props) {
  const hasShares = model.edges.some(({ share }) => share !== undefined);
  const hasBaseline = model.edges.some(({ baselineP95Ns }) => baselineP95Ns !== undefined);
  const hasChanges = hasBaseline || model.edges.some(({ change }) => change !== undefined);
  const colourings = keysOf(COLOURINGS).filter((colouring) => (colouring === 'baseline' ? hasBaseline : colouring === 'change' ? hasChanges : true));
  const groups = [...new Set(model.nodes.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  const menu = (
    <Menu>
      {groups.length > 0 && (
        <Menu.Group label="Groups">
          <Menu.Item label="Each as one service" icon="compress-arrows" onClick={() => onChange({ collapsed: groups })} />
          <Menu.Item label="All their services" icon="expand-arrows" onClick={() => onChange({ collapsed: [] })} />
        </Menu.Group>
      )}
      <Choices label="Layout" texts={LAYOUTS} values={keysOf(LAYOUTS)} value={state.layout} onChange={(layout) => onChange({ layout })} />
      <Choices label="Colour of connections" texts={COLOURINGS} values={colourings} value={state.colouring} onChange={(colouring) => onChange({ colouring })} />
      {hasShares && <Choices label="Width of connections" texts={WEIGHTINGS} values={keysOf(WEIGHTINGS)} value={state.weighting} onChange={(weighting) => onChange({ weighting })} />}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-end">
      <ToolbarButton icon="eye" variant="canvas" isOpen={false} tooltip="Layout, colours and widths" aria-label="Display">
        Display
      </ToolbarButton>
    </Dropdown>
  );
}

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly texts: Readonly<Record<T, string>>;
  readonly values: readonly T[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choices<T extends string>({ label, texts, values, value, onChange }: ChoicesProps<T>) {
  return (
    <Menu.Group label={label}>
      {values.map((each) => (
        <Menu.Item key={each} label={texts[each]} role="menuitemradio" ariaChecked={each === value} active={each === value} icon={each === value ? 'check' : undefined} onClick={() => onChange(each)} />
      ))}
    </Menu.Group>
  );
}

const keysOf = <T extends string>(texts: Readonly<Record<T, string>>): T[] => Object.keys(texts) as T[];
