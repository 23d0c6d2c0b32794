import type { Dispatch } from 'react';
import { Hiding, positionOf } from '../../drawing/waterfall/visible-rows';
import { assertUnreachable } from './assert-unreachable';
import { collapsedAll, collapsedToDepth, shownDepth, withServiceToggled, withSubtree } from './collapse-rows';
import type { TraceCommand } from './trace-keys';
import type { TraceViewAction } from './trace-view-state';
import type { TraceRows } from './use-trace-rows';
import type { TraceSet } from '../../trace';

export interface CommandContext {
  readonly set: TraceSet;
  readonly trace: number;
  readonly shown: TraceRows;
  readonly rowsInView: number;
  readonly selected: number | undefined;
  readonly collapsed: Uint8Array;
  readonly openRuns: ReadonlySet<number>;
  readonly dispatch: Dispatch<TraceViewAction>;
  readonly find: () => void;
  readonly stepFound: (step: 1 | -1) => void;
  readonly stepError: (step: 1 | -1) => void;
  readonly stepCritical: (step: 1 | -1) => void;
  readonly zoomTo: (row: number) => void;
}

const ZOOM_STEP = 1.6;
const PAN_STEP = 0.2;

/** Does what a key asks for. */
export function runCommand(command: TraceCommand, context: CommandContext): void {
  const { set, trace, rowsInView, selected, collapsed, dispatch } = context;
  const { rows, time } = context.shown;
  const position = selected === undefined ? -1 : positionOf(rows, selected);
  const goTo = (to: number) => rows.length > 0 && dispatch({ kind: 'select', row: rows[Math.max(0, Math.min(rows.length - 1, to))] });
  const { startNs, endNs } = time.snapshot();
  const collapse = (marks: Uint8Array) => dispatch({ kind: 'collapse', rows: marks });
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
      context.stepCritical(1);
      break;
    case 'previousCritical':
      context.stepCritical(-1);
      break;
    case 'criticalPath':
      dispatch({ kind: 'criticalPath' });
      break;
    case 'collapseAll':
      collapse(collapsedAll(collapsed, set, trace));
      break;
    case 'expandAll':
      collapse(new Uint8Array(set.spanCount));
      break;
    case 'levelLess':
      collapse(collapsedToDepth(set, trace, Math.max(0, shownDepth(collapsed, set, trace) - 1)));
      break;
    case 'levelMore':
      collapse(collapsedToDepth(set, trace, shownDepth(collapsed, set, trace) + 1));
      break;
    case 'collapseSubtree':
    case 'expandSubtree':
      if (selected !== undefined) {
        collapse(withSubtree(collapsed, set, selected, command === 'collapseSubtree'));
      }
      break;
    case 'collapseService':
      if (selected !== undefined) {
        collapse(withServiceToggled(collapsed, set, trace, set.columns.service[selected]));
      }
      break;
    case 'foldRepeats':
    case 'compressGaps':
    case 'help':
      dispatch({ kind: 'switch', name: command });
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
      if (selected !== undefined) {
        context.zoomTo(selected);
      }
      break;
    case 'showAll':
      time.showAll();
      break;
    default:
      assertUnreachable(command);
  }
}

/** As a tree grid works: left collapses or goes to the parent, right expands or goes to the first child. */
function closeOrParent({ set, selected, shown: { hiding }, dispatch }: CommandContext): void {
  if (selected === undefined) {
    return;
  }
  const { subtreeSize, parent } = set.columns;
  if (subtreeSize[selected] > 1 && hiding[selected] === Hiding.none) {
    dispatch({ kind: 'toggle', row: selected });
  } else if (parent[selected] >= 0) {
    dispatch({ kind: 'select', row: parent[selected] });
  }
}

function openOrChild({ set, selected, collapsed, openRuns, shown: { runs }, dispatch }: CommandContext, toChild: () => void): void {
  if (selected === undefined) {
    return;
  }
  if (runs.at(selected) && !openRuns.has(selected)) {
    dispatch({ kind: 'toggleRun', head: selected });
  } else if (collapsed[selected] === 1) {
    dispatch({ kind: 'toggle', row: selected });
  } else if (set.columns.subtreeSize[selected] > 1) {
    toChild();
  }
}
