import { Button, Dropdown, Menu } from '@grafana/ui';
import { useMemo, type Dispatch } from 'react';
import type { TraceSet } from '../../trace';
import { collapsedAll, collapsedToDepth, shownDepth, withServiceToggled } from './collapse-rows';
import type { TraceViewAction } from './trace-view-state';
import { shownText } from '../shown-text';

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly collapsed: Uint8Array;
  readonly dispatch: Dispatch<TraceViewAction>;
}

/** More services than a menu can offer are collapsed by key. */
const MAX_SERVICES = 30;

/** Collapses and expands: all, by level, by service. */
export function CollapseMenu({ set, trace, collapsed, dispatch }: Props) {
  const services = useMemo(() => calling(set, trace), [set, trace]);
  const collapse = (rows: Uint8Array) => dispatch({ kind: 'collapse', rows });
  const items = () => {
    const depth = shownDepth(collapsed, set, trace);
    return (
      <Menu>
        <Menu.Item label="Collapse all" shortcut="[" onClick={() => collapse(collapsedAll(collapsed, set, trace))} />
        <Menu.Item label="Expand all" shortcut="]" onClick={() => collapse(new Uint8Array(set.spanCount))} />
        <Menu.Item label="One level less" shortcut="{" onClick={() => collapse(collapsedToDepth(set, trace, Math.max(0, depth - 1)))} />
        <Menu.Item label="One level more" shortcut="}" onClick={() => collapse(collapsedToDepth(set, trace, depth + 1))} />
        {services.length > 1 && (
          <Menu.Group label="Collapse or expand a service">
            {services.slice(0, MAX_SERVICES).map((service) => (
              <Menu.Item key={service} label={shownText(set.columns.services[service])} onClick={() => collapse(withServiceToggled(collapsed, set, trace, service))} />
            ))}
          </Menu.Group>
        )}
      </Menu>
    );
  };
  return (
    <Dropdown overlay={items} placement="bottom-end">
      <Button size="sm" variant="secondary" icon="angle-down" iconPlacement="right" tooltip="Collapse and expand">
        Collapse
      </Button>
    </Dropdown>
  );
}

/** Services with something to collapse. */
function calling(set: TraceSet, trace: number): number[] {
  const { subtreeSize, service } = set.columns;
  const found = new Set<number>();
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    if (subtreeSize[row] > 1) {
      found.add(service[row]);
    }
  }
  return [...found];
}
