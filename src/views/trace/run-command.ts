import type { Dispatch } from 'react';
import { positionOf } from '../../drawing/waterfall/visible-rows';
import { assertUnreachable } from './assert-unreachable';
import type { TraceCommand } from './trace-keys';
import type { TraceViewAction } from './trace-view-state';
import type { TimeWindowControl } from './use-time-window';
import type { TraceSet } from '../../trace';

export interface CommandContext {
  readonly set: TraceSet;
  /** The rows shown, ascending. */
  readonly rows: Uint32Array;
  readonly rowsInView: number;
  readonly selected: number | undefined;
  readonly collapsed: ReadonlySet<number>;
  readonly time: TimeWindowControl;
  readonly dispatch: Dispatch<TraceViewAction>;
  readonly find: () => void;
  readonly stepFound: (step: 1 | -1) => void;
  readonly stepError: (step: 1 | -1) => void;
  readonly stepCritical: () => void;
  readonly collapseAll: () => void;
}

const ZOOM_STEP = 1.6;
const PAN_STEP = 0.2;

/** Does what a key asks for. */
export function runCommand(command: TraceCommand, context: CommandContext): void {
  const { rows, rowsInView, selected, time, dispatch } = context;
  const position = selected === undefined ? -1 : positionOf(rows, selected);
  const goTo = (to: number) => rows.length > 0 && dispatch({ kind: 'select', row: rows[Math.max(0, Math.min(rows.length - 1, to))] });
  const { startNs, endNs } = time.window;
  switch (command) {
    case 'down':
      goTo(position + 1);
      break;
    case 'up':
      goTo(position - 1);
      break;
    case 'pageDown':
      goTo(position + rowsInView);
      break;
    case 'pageUp':
      goTo(position - rowsInView);
      break;
    case 'first':
      goTo(0);
      break;
    case 'last':
      goTo(rows.length - 1);
      break;
    case 'closeOrParent':
      closeOrParent(context);
      break;
    case 'openOrChild':
      openOrChild(context, () => goTo(position + 1));
      break;
    case 'leave':
      dispatch({ kind: 'select', row: undefined });
      break;
    case 'find':
      context.find();
      break;
    case 'nextFound':
      context.stepFound(1);
      break;
    case 'previousFound':
      context.stepFound(-1);
      break;
    case 'nextError':
      context.stepError(1);
      break;
    case 'previousError':
      context.stepError(-1);
      break;
    case 'nextCritical':
      context.stepCritical();
      break;
    case 'criticalPath':
      dispatch({ kind: 'criticalPath' });
      break;
    case 'collapseAll':
      context.collapseAll();
      break;
    case 'expandAll':
      dispatch({ kind: 'collapse', rows: new Set() });
      break;
    case 'zoomIn':
      time.zoomAt(ZOOM_STEP, (startNs + endNs) / 2);
      break;
    case 'zoomOut':
      time.zoomAt(1 / ZOOM_STEP, (startNs + endNs) / 2);
      break;
    case 'panLeft':
      time.panBy(-PAN_STEP * (endNs - startNs));
      break;
    case 'panRight':
      time.panBy(PAN_STEP * (endNs - startNs));
      break;
    case 'zoomToSpan':
      zoomToSpan(context);
      break;
    case 'showAll':
      time.showAll();
      break;
    case 'help':
      dispatch({ kind: 'help' });
      break;
    default:
      assertUnreachable(command);
  }
}

/** As a tree grid works: left collapses or goes to the parent, right expands or goes to the first child. */
function closeOrParent({ set, selected, collapsed, dispatch }: CommandContext): void {
  if (selected === undefined) {
    return;
  }
  const { subtreeSize, parent } = set.columns;
  if (subtreeSize[selected] > 1 && !collapsed.has(selected)) {
    dispatch({ kind: 'toggle', row: selected });
  } else if (parent[selected] >= 0) {
    dispatch({ kind: 'select', row: parent[selected] });
  }
}

function openOrChild({ set, selected, collapsed, dispatch }: CommandContext, toChild: () => void): void {
  if (selected === undefined || set.columns.subtreeSize[selected] === 1) {
    return;
  }
  if (collapsed.has(selected)) {
    dispatch({ kind: 'toggle', row: selected });
  } else {
    toChild();
  }
}

/** The span with a tenth of its length on either side. */
function zoomToSpan({ set, selected, time }: CommandContext): void {
  if (selected === undefined) {
    return;
  }
  const startNs = set.columns.startNs[selected];
  const lengthNs = Math.max(10, set.columns.durationNs[selected]);
  time.show({ startNs: Math.max(0, startNs - lengthNs / 10), endNs: startNs + lengthNs * 1.1 });
}
