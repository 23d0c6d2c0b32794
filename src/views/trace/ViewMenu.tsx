import { Button, Dropdown, Menu } from '@grafana/ui';
import type { Dispatch } from 'react';
import type { TraceSwitches, TraceViewAction } from './trace-view-state';
import type { ShownTraceControl } from './use-shown-trace';

interface Props {
  readonly switches: TraceSwitches;
  readonly dispatch: Dispatch<TraceViewAction>;
  readonly shownTrace: ShownTraceControl;
}

const SWITCHES: ReadonlyArray<readonly [keyof TraceSwitches, string]> = [
  ['foldRepeats', 'Fold repeated calls'],
  ['compressGaps', 'Shorten idle gaps'],
  ['absoluteTime', 'Times of day'],
  ['links', 'Span links'],
];

/** What is shown, and how: each switched on and off. */
export function ViewMenu({ switches, dispatch, shownTrace }: Props) {
  const items = (
    <Menu>
      {SWITCHES.map(([name, label]) => (
        <Menu.Item key={name} role="menuitemcheckbox" ariaChecked={switches[name]} icon={iconOf(switches[name])} label={label} onClick={() => dispatch({ kind: 'switch', name })} />
      ))}
      <Menu.Item
        role="menuitemcheckbox"
        ariaChecked={shownTrace.clocks === 'corrected'}
        icon={iconOf(shownTrace.clocks === 'corrected')}
        label="Correct clocks of other hosts"
        onClick={shownTrace.switchClocks}
      />
    </Menu>
  );
  return (
    <Dropdown overlay={items} placement="bottom-end">
      <Button size="sm" variant="secondary" icon="angle-down" iconPlacement="right" tooltip="What is shown">
        View
      </Button>
    </Dropdown>
  );
}

const iconOf = (isOn: boolean) => (isOn ? 'check-circle' : 'circle');
