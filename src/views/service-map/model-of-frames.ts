import type { DataFrame, Field, LinkModel } from '@grafana/data';
import type { DurationSketchData } from '../../analysis/duration-sketch';
import type { MapExemplar, MapFigures, MapModel, MapNodeKind, MapProvenance } from '../../drawing/graph/map-model';
import type { MapContent, MapOperation } from './map-content';
import { mappedColour } from './mapped-colour';
import type { MapItemId } from './map-state';

/** A map read from frames, with the links that are configured for its items. */
export interface FramedMap extends MapContent {
  readonly linksOf: (item: MapItemId) => LinkModel[];
}

export interface FrameOptions {
  /** Where the frames do not say what time their counts come from. */
  readonly windowS: number;
  /** Field of the nodes frame that holds the groups. */
  readonly groupField: string;
}

type MapNode = MapModel['nodes'][number];
type MapEdge = MapModel['edges'][number];

/**
 * Grafana's node graph frames of any data source as a map. Frames of several queries are drawn together, what has the
 * same id once. Edges whose ends are missing get nodes of their own: nothing is dropped, and the picture never breaks.
 *
 * @returns undefined where no frame has `source` and `target` or `id` fields
 */
export function mapOfFrames(frames: readonly DataFrame[], { windowS: fallbackS, groupField }: FrameOptions): FramedMap | undefined {
  const edgeFrames = frames.filter((frame) => field(frame, 'source') && field(frame, 'target'));
  const nodeFrames = frames.filter((frame) => !edgeFrames.includes(frame) && field(frame, 'id'));
  if (edgeFrames.length + nodeFrames.length === 0) {
    return undefined;
  }
  const custom = nodeFrames[0]?.meta?.custom;
  const windowS = typeof custom?.windowS === 'number' ? custom.windowS : fallbackS;
  const nodeRows = nodeFrames.flatMap(rowsOf);
  const edgeRows = edgeFrames.flatMap(rowsOf);
  const nodes = firstBy(nodeRows.map((row) => nodeOf(row, windowS, groupField)), ({ id }) => id);
  const edges = firstBy(edgeRows.map((row) => edgeOf(row, windowS)), ({ id }) => id);
  for (const id of [...edges.values()].flatMap(({ source, target }) => [source, target])) {
    if (!nodes.has(id)) {
      nodes.set(id, { id, name: id, kind: 'service', count: 0, errorCount: 0 });
    }
  }
  const rowOf = { node: firstBy(nodeRows, nodeId), edge: firstBy(edgeRows, edgeId) };
  return {
    model: { nodes: [...nodes.values()], edges: [...edges.values()] },
    windowS,
    notes: Array.isArray(custom?.notes) ? custom.notes.map(String) : [],
    operations: frames.filter((frame) => field(frame, 'service') && field(frame, 'operation')).flatMap((frame) => rowsOf(frame).map((row) => operationOf(row, windowS))),
    linksOf: ({ kind, id }) => rowOf[kind].get(id)?.links() ?? [],
  };
}

/** One row of a frame; names of fields are compared in lower case. */
interface Row {
  readonly text: (name: string) => string;
  readonly number: (name: string) => number | undefined;
  readonly field: (name: string) => Field | undefined;
  readonly value: (name: string) => unknown;
  readonly links: () => LinkModel[];
  readonly durationsOf: (id: string) => DurationSketchData | undefined;
}

const field = (frame: DataFrame, name: string): Field | undefined => frame.fields.find((candidate) => candidate.name.toLowerCase() === name);

function rowsOf(frame: DataFrame): Row[] {
  // Written by our data source only; lost where frames are stored as JSON.
  const durations: unknown = frame.meta?.custom?.durations;
  const byName = new Map(frame.fields.map((candidate) => [candidate.name.toLowerCase(), candidate]));
  return Array.from({ length: frame.length }, (_, valueRowIndex) => {
    const value = (name: string): unknown => byName.get(name)?.values[valueRowIndex];
    return {
      value,
      durationsOf: (id) => (durations instanceof Map ? durations.get(id) : undefined),
      text: (name) => String(value(name) ?? ''),
      number: (name) => finite(value(name)),
      field: (name) => byName.get(name),
      links: () => distinctLinks(frame.fields.flatMap(({ getLinks }) => getLinks?.({ valueRowIndex }) ?? [])),
    };
  });
}

/** Links of the panel's defaults come once a field. */
const distinctLinks = (links: readonly LinkModel[]): LinkModel[] => [...new Map(links.map((link) => [`${link.title} ${link.href}`, link])).values()];

const nodeId = (row: Row) => row.text('id');
const edgeId = (row: Row) => row.text('id') || `${row.text('source')}→${row.text('target')}`;

/** The first of each id, in the order they came. */
function firstBy<T>(items: readonly T[], idOf: (item: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    const id = idOf(item);
    if (!found.has(id)) {
      found.set(id, item);
    }
  }
  return found;
}

function nodeOf(row: Row, windowS: number, groupField: string): MapNode {
  const subtitle = row.text('subtitle');
  const title = row.text('title');
  // Value mappings rename and colour services.
  const titles = row.field('title');
  return {
    id: nodeId(row),
    name: titles?.display?.(title).text || title || nodeId(row),
    kind: isKind(subtitle) ? subtitle : 'service',
    service: row.text('detail__service') || undefined,
    group: row.text(groupField.toLowerCase() || 'detail__group') || undefined,
    colour: mappedColour(titles?.config.mappings, title) || row.text('color') || undefined,
    ...changeOf(row),
    ...figuresOf(row, windowS),
    durations: row.durationsOf(nodeId(row)),
  };
}

function edgeOf(row: Row, windowS: number): MapEdge {
  const [source, target] = [row.text('source'), row.text('target')];
  const [low, high] = [row.number('detail__calls_low'), row.number('detail__calls_high')];
  const provenance = row.text('detail__provenance');
  return {
    id: edgeId(row),
    source,
    target,
    colour: row.text('color') || undefined,
    share: row.number('detail__share'),
    gapMeanNs: durationNs(row, 'detail__gap'),
    baselineP95Ns: durationNs(row, 'detail__p95_before'),
    provenance: isProvenance(provenance) ? provenance : 'frames',
    countInterval: low === undefined || high === undefined ? undefined : { low, high },
    ...changeOf(row),
    ...figuresOf(row, windowS),
    durations: row.durationsOf(edgeId(row)),
  };
}

const operationOf = (row: Row, windowS: number): MapOperation => ({ service: row.text('service'), name: row.text('operation'), ...figuresOf(row, windowS) });

/** Our own fields, else what the core data sources put into theirs: a rate by its unit, and the failed share as an arc. */
function figuresOf(row: Row, windowS: number): MapFigures {
  const count = row.number('detail__calls') ?? (rateOf(row) ?? 0) * windowS;
  return {
    count,
    errorCount: row.number('detail__errors') ?? (row.number('arc__errors') ?? row.number('arc__failed') ?? 0) * count,
    p50Ns: durationNs(row, 'detail__p50'),
    p95Ns: durationNs(row, 'detail__p95'),
    p99Ns: durationNs(row, 'detail__p99'),
    exemplars: exemplarsOf(row),
  };
}

const PER_SECOND_UNITS: ReadonlySet<string> = new Set(['r/sec', 'reqps', 'rps', 'ops', 'cps']);

const rateOf = (row: Row): number | undefined =>
  ['mainstat', 'secondarystat'].filter((name) => PER_SECOND_UNITS.has(row.field(name)?.config.unit ?? '')).map((name) => row.number(name))[0];

function exemplarsOf(row: Row): MapExemplar[] {
  const listed = row.value('exemplars');
  if (Array.isArray(listed)) {
    return listed.map((each): MapExemplar => {
      const { traceId, durationNs: ns, isFailed } = Object(each);
      return { traceId: String(traceId), durationNs: finite(ns), isFailed: isFailed === true };
    });
  }
  return row.text('detail__traces').split(' ').filter(Boolean).map((traceId) => ({ traceId }));
}

function durationNs(row: Row, name: string): number | undefined {
  const ms = row.number(name);
  return ms === undefined ? undefined : ms * 1e6;
}

const finite = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

const CHANGES = ['new', 'gone', 'slower', 'faster', 'more-errors', 'fewer-errors'] as const;
const changeOf = (row: Row) => ({ change: CHANGES.find((change) => change === row.text('detail__change')) });

const KINDS: ReadonlySet<string> = new Set<MapNodeKind>(['service', 'database', 'messaging', 'external', 'user']);
const isKind = (text: string): text is MapNodeKind => KINDS.has(text);

const PROVENANCES: ReadonlySet<string> = new Set<MapProvenance>(['both', 'client', 'server', 'internal', 'metrics', 'dependencies']);
const isProvenance = (text: string): text is MapProvenance => PROVENANCES.has(text);
