import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, RadioButtonGroup, useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import type { PathTree } from '../../../analysis/path-tree';
import { mergedStructure } from '../../../analysis/structure';
import type { FlameScene } from '../../../drawing/flame/draw-flame';
import { flameLayout, type FlameDirection } from '../../../drawing/flame/flame-layout';
import { formatDuration, formatPercent } from '../../../drawing/format-figures';
import { serviceColours } from '../../../drawing/service-colour';
import { LoadingState } from '../../state/StatePanel';
import { useComputed } from '../../task/use-computed';
import type { TraceTabProps } from '../trace-tabs';
import { FlameCanvas } from './FlameCanvas';
import { pathTo, stepFrom, type FlameStep } from './flame-steps';

const DIRECTIONS: Array<{ readonly value: FlameDirection; readonly label: string }> = [
  { value: 'down', label: 'Icicle' },
  { value: 'up', label: 'Flame' },
];
/** A longer way from the root shows its two ends. */
const SHOWN_PATH = 8;
/** Longer names are read in the details. */
const NAME_LENGTH = 80;

/** The trace's spans merged by call path: each as wide as the time it and its callees spent themselves. */
export function FlameView({ set, trace, filterMarks, onSelect }: TraceTabProps) {
  const compute = useCallback(() => mergedStructure(set, [trace]), [set, trace]);
  const { value: tree, isRunning } = useComputed(compute, set.spanCount);
  return tree && !isRunning ? <Flame set={set} tree={tree} filterMarks={filterMarks} onSelect={onSelect} /> : <LoadingState what="Merging the spans by call path…" />;
}

function Flame({ set, tree, filterMarks, onSelect }: { readonly tree: PathTree } & Pick<TraceTabProps, 'set' | 'filterMarks' | 'onSelect'>) {
  const styles = useStyles2(getStyles);
  const { isDark } = useTheme2();
  const [direction, setDirection] = useState<FlameDirection>('down');
  const [zoomed, setZoomed] = useState<number | undefined>(undefined);
  const [focused, setFocused] = useState<number | undefined>(undefined);
  const layout = useMemo(() => flameLayout(tree.columns), [tree]);
  const colours = useMemo(() => {
    const { services } = set.columns;
    const byName = new Map(serviceColours(services, isDark).map((colour, service) => [services[service], colour]));
    return tree.services.map((name) => byName.get(name) ?? 'grey');
  }, [set, tree, isDark]);
  const scene = useMemo((): FlameScene => {
    const found = filterMarks && new Uint8Array(tree.nodeCount);
    filterMarks?.rows.forEach((row) => found && tree.nodeOfRow[row] >= 0 && (found[tree.nodeOfRow[row]] = 1));
    return {
      layout,
      nameOf: (node) => tree.operation(node).slice(0, NAME_LENGTH),
      colourOf: (node) => colours[tree.columns.service[node]],
      hasError: (node) => tree.columns.errorCount[node] > 0,
      found,
      focused,
    };
  }, [tree, layout, colours, filterMarks, focused]);

  const zoomTo = (node: number | undefined) => {
    setZoomed(node === undefined || layout.widthNs[node] === 0 ? undefined : node);
    setFocused(node);
  };
  const openSlowest = (node: number) => onSelect(tree.columns.slowestRow[node]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, direction);
    const at = focused ?? zoomed ?? 0;
    if (step && tree.nodeCount > 0) {
      setFocused(focused === undefined ? at : stepFrom(tree.columns, at, step));
    } else if (event.key === 'Enter' && focused !== undefined) {
      zoomTo(focused);
    } else if (event.key === 'Backspace' || event.key === 'Escape') {
      zoomTo(zoomed === undefined || tree.columns.parent[zoomed] < 0 ? undefined : tree.columns.parent[zoomed]);
    } else if (event.key === 'o' && focused !== undefined) {
      openSlowest(focused);
    } else if (event.key === '0') {
      zoomTo(undefined);
    } else {
      return;
    }
    event.preventDefault();
  };
  const described = focused ?? zoomed;
  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <RadioButtonGroup size="sm" aria-label="Direction" options={DIRECTIONS} value={direction} onChange={setDirection} />
        <nav className={styles.path} aria-label="Shown call path">
          <Button size="sm" fill="text" variant="secondary" onClick={() => zoomTo(undefined)} disabled={zoomed === undefined}>
            Whole trace
          </Button>
          {zoomed !== undefined &&
            shortened(pathTo(tree.columns, zoomed)).map((node, at) =>
              node === undefined ? (
                <span key={at}>…</span>
              ) : (
                <Button key={at} size="sm" fill="text" variant="secondary" onClick={() => zoomTo(node)}>
                  {tree.operation(node).slice(0, NAME_LENGTH) || tree.service(node).slice(0, NAME_LENGTH)}
                </Button>
              )
            )}
        </nav>
        {zoomed !== undefined && (
          <Button size="sm" variant="secondary" onClick={() => openSlowest(zoomed)}>
            Open the slowest span
          </Button>
        )}
      </div>
      <p className={styles.figures} role="status">
        {described === undefined
          ? 'Each frame is as wide as the time spent in it and what it calls. Arrows move, Enter zooms in, Backspace out, o opens the slowest span.'
          : describe(tree, described, layout.totalNs)}
      </p>
      <FlameCanvas
        scene={scene}
        direction={direction}
        zoomed={zoomed}
        description={described === undefined ? 'Flame graph of the trace' : describe(tree, described, layout.totalNs)}
        onFocus={setFocused}
        onZoom={zoomTo}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function stepOf(key: string, direction: FlameDirection): FlameStep | undefined {
  switch (key) {
    case 'ArrowDown':
      return direction === 'down' ? 'callee' : 'caller';
    case 'ArrowUp':
      return direction === 'down' ? 'caller' : 'callee';
    case 'ArrowRight':
      return 'next';
    case 'ArrowLeft':
      return 'previous';
    default:
      return undefined;
  }
}

function describe(tree: PathTree, node: number, allNs: number): string {
  const { count, errorCount, totalNs, selfNs, maxNs } = tree.columns;
  const name = `${tree.service(node).slice(0, NAME_LENGTH)}: ${tree.operation(node).slice(0, NAME_LENGTH)}`;
  const calls = count[node] === 1 ? '1 call' : `${count[node].toLocaleString()} calls, p95 ${formatDuration(tree.quantileNs(node, 0.95))}, slowest ${formatDuration(maxNs[node])}`;
  const errors = errorCount[node] > 0 ? `, ${errorCount[node].toLocaleString()} failed` : '';
  return `${name} — ${calls}${errors}; ${formatDuration(totalNs[node])} in all, self ${formatDuration(selfNs[node])} (${formatPercent(selfNs[node] / Math.max(1, allNs))})`;
}

/** The two ends of a long path, with undefined between. */
function shortened(path: readonly number[]): Array<number | undefined> {
  return path.length <= SHOWN_PATH ? [...path] : [...path.slice(0, 2), undefined, ...path.slice(2 - SHOWN_PATH)];
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, gap: theme.spacing(0.5) }),
  bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), flexWrap: 'wrap' }),
  path: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', flex: 1, minWidth: 0 }),
  figures: css({ margin: 0, minHeight: 20, color: theme.colors.text.secondary, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
});
