import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import type { PathTree } from '../../../analysis/path-tree';
import { mergedStructure } from '../../../analysis/structure';
import { formatDuration } from '../../../drawing/format-figures';
import { Hiding, visibleRows } from '../../../drawing/waterfall/visible-rows';
import { DataGrid, type GridColumn } from '../../data-grid/DataGrid';
import { TreeCell } from '../../data-grid/TreeCell';
import { LoadingState } from '../../state/StatePanel';
import { useComputed } from '../../task/use-computed';
import type { TraceTabProps } from '../trace-tabs';

/** The trace's spans merged by call path: what calls what, how often, and what it costs. A press opens the slowest span of a path. */
export function StructureView({ set, trace, onSelect }: TraceTabProps) {
  const compute = useCallback(() => mergedStructure(set, [trace]), [set, trace]);
  const { value: tree, isRunning } = useComputed(compute, set.spanCount);
  return tree && !isRunning ? <CallPaths tree={tree} onSelect={onSelect} /> : <LoadingState what="Merging the spans by call path…" />;
}

function CallPaths({ tree, onSelect }: { readonly tree: PathTree } & Pick<TraceTabProps, 'onSelect'>) {
  const styles = useStyles2(getStyles);
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const nodes = useMemo(() => {
    const hiding = new Uint8Array(tree.nodeCount);
    collapsed.forEach((node) => (hiding[node] = Hiding.descendants));
    return visibleRows(tree.columns, 0, tree.nodeCount, { hiding });
  }, [tree, collapsed]);
  const columns = useMemo(() => {
    const toggle = (node: number) => setCollapsed((last) => toggled(last, node));
    return columnsOf(tree, nodes, collapsed, toggle);
  }, [tree, nodes, collapsed]);
  const { depth, subtreeSize, slowestRow } = tree.columns;
  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <span className={styles.faint}>{tree.nodeCount.toLocaleString('en')} call paths, the longest first</span>
        <Button size="sm" variant="secondary" fill="text" onClick={() => setCollapsed(new Set())}>
          Expand all
        </Button>
        <Button size="sm" variant="secondary" fill="text" onClick={() => setCollapsed(branchesOf(tree))}>
          Collapse all
        </Button>
      </div>
      <div className={styles.grid}>
        <DataGrid
          label="Call paths"
          columns={columns}
          rowCount={nodes.length}
          onOpen={(at) => onSelect(slowestRow[nodes[at]])}
          tree={{
            level: (at) => depth[nodes[at]] + 1,
            isOpen: (at) => (subtreeSize[nodes[at]] > 1 ? !collapsed.has(nodes[at]) : undefined),
            onToggle: (at) => setCollapsed((last) => toggled(last, nodes[at])),
          }}
        />
      </div>
    </div>
  );
}

function columnsOf(tree: PathTree, nodes: Uint32Array, collapsed: ReadonlySet<number>, onToggle: (node: number) => void): GridColumn[] {
  const { depth, subtreeSize, count, errorCount, totalNs, selfNs, maxNs } = tree.columns;
  const figure = (key: string, label: string, text: (node: number) => string, title?: string): GridColumn => ({ key, label, title, widthPx: 84, isNumeric: true, cell: (at) => text(nodes[at]) });
  return [
    {
      key: 'path', label: 'Call path', widthPx: 160, grow: 1,
      cell: (at) => {
        const node = nodes[at];
        return (
          <TreeCell depth={depth[node]} isOpen={subtreeSize[node] > 1 ? !collapsed.has(node) : undefined} onToggle={() => onToggle(node)} strong={tree.service(node)} text={tree.operation(node)} />
        );
      },
    },
    figure('count', 'Spans', (node) => count[node].toLocaleString('en')),
    figure('errors', 'Errors', (node) => (errorCount[node] > 0 ? errorCount[node].toLocaleString('en') : '')),
    figure('total', 'Total', (node) => formatDuration(totalNs[node]), 'Sum of the durations'),
    { ...figure('self', 'Self', (node) => formatDuration(selfNs[node]), 'Time that no child covers'), isLesser: true },
    { ...figure('p50', 'p50', (node) => formatDuration(tree.quantileNs(node, 0.5))), isLesser: true },
    { ...figure('p95', 'p95', (node) => formatDuration(tree.quantileNs(node, 0.95))), isLesser: true },
    { ...figure('max', 'Max', (node) => formatDuration(maxNs[node])), isLesser: true },
  ];
}

function branchesOf({ columns: { subtreeSize }, nodeCount }: PathTree): ReadonlySet<number> {
  const branches = new Set<number>();
  for (let node = 0; node < nodeCount; node++) {
    if (subtreeSize[node] > 1) {
      branches.add(node);
    }
  }
  return branches;
}

function toggled(nodes: ReadonlySet<number>, node: number): ReadonlySet<number> {
  const next = new Set(nodes);
  if (!next.delete(node)) {
    next.add(node);
  }
  return next;
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
  grid: css({ flex: 1, minHeight: 0 }),
  faint: css({ color: theme.colors.text.secondary }),
});
