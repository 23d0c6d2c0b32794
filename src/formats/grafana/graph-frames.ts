/**
 * Grafana's node graph frames ↔ nodes and edges. The core panel throws on an edge whose end is missing, so such edges are
 * dropped both ways.
 */
import { FormatError } from '../format-error';
import { asNumber, asText } from '../json/untyped';
import { frameColumns, frameOf, type Frame } from './frame';

export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: string;
  /** Numbers or ready text. */
  readonly mainStat?: number | string;
  readonly secondaryStat?: number | string;
  /** Parts of the ring by name, which sum to 1 (`errors`, `ok`). */
  readonly arcs?: Readonly<Record<string, number>>;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly icon?: string;
  readonly isInstrumented?: boolean;
}

export interface GraphEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly mainStat?: number | string;
  readonly secondaryStat?: number | string;
  readonly thickness?: number;
  readonly color?: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const META = { preferredVisualisationType: 'nodeGraph' };

/** The two frames, named `nodes` and `edges`. */
export function encodeGraphFrames({ nodes, edges }: Graph): [Frame, Frame] {
  const ids = new Set(nodes.map(({ id }) => id));
  const sound = edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  return [
    frameOf('nodes', META, [
      ['id', 'string', nodes.map(({ id }) => id)],
      ['title', 'string', nodes.map(({ title }) => title)],
      ['subtitle', 'string', nodes.map(({ subtitle }) => subtitle ?? '')],
      statistic('mainstat', nodes.map(({ mainStat }) => mainStat)),
      statistic('secondarystat', nodes.map(({ secondaryStat }) => secondaryStat)),
      ...named('arc__', nodes.map(({ arcs }) => arcs), 0),
      ...named('detail__', nodes.map(({ details }) => details), ''),
      ['icon', 'string', nodes.map(({ icon }) => icon ?? '')],
      ['isinstrumented', 'boolean', nodes.map(({ isInstrumented }) => isInstrumented ?? true)],
    ]),
    frameOf('edges', META, [
      ['id', 'string', sound.map(({ id }) => id)],
      ['source', 'string', sound.map(({ source }) => source)],
      ['target', 'string', sound.map(({ target }) => target)],
      statistic('mainstat', sound.map(({ mainStat }) => mainStat)),
      statistic('secondarystat', sound.map(({ secondaryStat }) => secondaryStat)),
      ['thickness', 'number', sound.map(({ thickness }) => thickness ?? 1)],
      ['color', 'string', sound.map(({ color }) => color ?? '')],
      ...named('detail__', sound.map(({ details }) => details), ''),
    ]),
  ];
}

type Column = readonly [string, 'string' | 'number' | 'boolean', unknown[]];

function statistic(name: string, values: Array<number | string | undefined>): Column {
  return [name, values.every((value) => typeof value !== 'string') ? 'number' : 'string', values.map((value) => value ?? null)];
}

/** One column for each name that occurs. */
function named(prefix: string, items: ReadonlyArray<Readonly<Record<string, string | number>> | undefined>, absent: string | number): Column[] {
  const names = [...new Set(items.flatMap((item) => Object.keys(item ?? {})))];
  return names.map((name) => {
    const values = items.map((item) => item?.[name] ?? absent);
    return [`${prefix}${name}`, values.every((value) => typeof value === 'number') ? 'number' : 'string', values];
  });
}

/** @param frames in any order; the one with `source` and `target` holds the edges @throws FormatError without nodes */
export function decodeGraphFrames(frames: readonly unknown[]): Graph {
  const columns = frames.flatMap((frame) => frameColumns(frame) ?? []);
  const edgeColumns = columns.find((names) => names.has('source') && names.has('target'));
  const nodeColumns = columns.find((names) => names !== edgeColumns && names.has('id'));
  if (nodeColumns === undefined) {
    throw new FormatError('grafana-frame', 'fields', 'expected a frame with a field id');
  }
  const nodes = rowsOf(nodeColumns, 'id').map((cell): GraphNode => ({
    id: cell.text('id') ?? '',
    title: cell.text('title') ?? cell.text('id') ?? '',
    subtitle: cell.text('subtitle'),
    mainStat: cell.statistic('mainstat'),
    secondaryStat: cell.statistic('secondarystat'),
    arcs: cell.named('arc__', asNumber),
    details: cell.named('detail__', asText),
    icon: cell.text('icon'),
    isInstrumented: cell.value('isinstrumented') !== false,
  }));
  const ids = new Set(nodes.map(({ id }) => id));
  const edges = (edgeColumns === undefined ? [] : rowsOf(edgeColumns, 'source')).map((cell): GraphEdge => ({
    id: cell.text('id') ?? `${cell.text('source')}→${cell.text('target')}`,
    source: cell.text('source') ?? '',
    target: cell.text('target') ?? '',
    mainStat: cell.statistic('mainstat'),
    secondaryStat: cell.statistic('secondarystat'),
    thickness: asNumber(cell.value('thickness')),
    color: cell.text('color'),
    details: cell.named('detail__', asText),
  }));
  return { nodes, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

/** Reads the cells of one row by lower-case field name. */
class Row {
  constructor(
    private readonly columns: ReadonlyMap<string, readonly unknown[]>,
    private readonly index: number
  ) {}

  value(name: string): unknown {
    return this.columns.get(name)?.[this.index];
  }

  text(name: string): string | undefined {
    return asText(this.value(name)) || undefined;
  }

  statistic(name: string): number | string | undefined {
    const value = this.value(name);
    return typeof value === 'number' || typeof value === 'string' ? value : undefined;
  }

  named<T>(prefix: string, read: (value: unknown) => T | undefined): Record<string, T> | undefined {
    const entries = [...this.columns.keys()].filter((name) => name.startsWith(prefix)).flatMap((name): Array<[string, T]> => {
      const value = read(this.value(name));
      return value === undefined ? [] : [[name.slice(prefix.length), value]];
    });
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
}

function rowsOf(columns: ReadonlyMap<string, readonly unknown[]>, key: string): Row[] {
  // Field names came in camel case before Grafana 10.
  const lower = new Map([...columns].map(([name, values]) => [/^(arc|detail)__/.test(name) ? name : name.toLowerCase(), values]));
  return Array.from({ length: lower.get(key)?.length ?? 0 }, (_, index) => new Row(lower, index));
}
