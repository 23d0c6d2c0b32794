import type { DataFrame, Field } from '@grafana/data';
import type { MapFigures, MapModel, MapNodeKind } from '../../drawing/graph/map-model';

/** A map read from frames, with the reader's notes where our data source made them. */
export interface FramedMap {
  readonly model: MapModel;
  readonly windowS: number | undefined;
  readonly notes: readonly string[];
}

/**
 * Grafana's node graph frames of any data source as a map. Edges whose ends are missing get nodes of their own: nothing
 * is dropped, and the picture never breaks.
 *
 * @returns undefined where no frame has `source` and `target` or `id` fields
 */
export function mapOfFrames(frames: readonly DataFrame[]): FramedMap | undefined {
  const edgeFrame = frames.find((frame) => field(frame, 'source') && field(frame, 'target'));
  const nodeFrame = frames.find((frame) => frame !== edgeFrame && field(frame, 'id'));
  if (!edgeFrame && !nodeFrame) {
    return undefined;
  }
  const nodes = new Map(nodeFrame ? rowsOf(nodeFrame).map((row) => [row.text('id'), nodeOf(row)]) : []);
  const edges = edgeFrame ? rowsOf(edgeFrame).map(edgeOf) : [];
  for (const id of edges.flatMap(({ source, target }) => [source, target])) {
    if (!nodes.has(id)) {
      nodes.set(id, { id, name: id, kind: 'service', count: 0, errorCount: 0 });
    }
  }
  const custom = nodeFrame?.meta?.custom;
  return {
    model: { nodes: [...nodes.values()], edges },
    windowS: typeof custom?.windowS === 'number' ? custom.windowS : undefined,
    notes: Array.isArray(custom?.notes) ? custom.notes.map(String) : [],
  };
}

interface Row {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number | undefined;
}

const field = (frame: DataFrame, name: string): Field | undefined => frame.fields.find((candidate) => candidate.name.toLowerCase() === name);

function rowsOf(frame: DataFrame): Row[] {
  const byName = new Map(frame.fields.map((candidate) => [candidate.name.toLowerCase(), candidate.values]));
  return Array.from({ length: frame.length }, (_, i) => ({
    text: (name) => String(byName.get(name)?.[i] ?? ''),
    number: (name) => {
      const value: unknown = byName.get(name)?.[i];
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    },
  }));
}

function nodeOf(row: Row): MapModel['nodes'][number] {
  const subtitle = row.text('subtitle');
  return { id: row.text('id'), name: row.text('title') || row.text('id'), kind: isKind(subtitle) ? subtitle : 'service', ...figuresOf(row) };
}

function edgeOf(row: Row): MapModel['edges'][number] {
  const [source, target] = [row.text('source'), row.text('target')];
  return { id: row.text('id') || `${source}→${target}`, source, target, ...figuresOf(row) };
}

function figuresOf(row: Row): MapFigures {
  const durationNs = (name: string) => {
    const ms = row.number(name);
    return ms === undefined ? undefined : ms * 1e6;
  };
  return {
    count: row.number('detail__calls') ?? 0,
    errorCount: row.number('detail__errors') ?? 0,
    p50Ns: durationNs('detail__p50'),
    p95Ns: durationNs('detail__p95'),
    p99Ns: durationNs('detail__p99'),
    exemplarTraceIds: row.text('detail__traces').split(' ').filter(Boolean),
  };
}

const KINDS: ReadonlySet<string> = new Set<MapNodeKind>(['service', 'database', 'messaging', 'external', 'user']);
const isKind = (text: string): text is MapNodeKind => KINDS.has(text);
