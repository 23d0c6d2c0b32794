import type { DataFrame, LinkModel } from '@grafana/data';
import type { DurationSketchData } from '../../analysis/duration-sketch';
import { isCounted, type Interval, type MapExemplar, type MapFigures, type MapModel, type MapNodeKind, type MapProvenance } from '../../drawing/graph/map-model';
import { cssColour } from './css-colour';
import { FrameColumns, numberOf, type Column } from './frame-columns';
import { arcsOf, factsOf, labelOf, shareOf } from './frame-facts';
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
  const all = frames.map((frame) => new FrameColumns(frame));
  const edgeFrames = all.filter((frame) => frame.has('source') && frame.has('target'));
  // With one end only these are connections that nothing can be drawn of.
  const torn = all.filter((frame) => frame.has('source') !== frame.has('target'));
  const nodeFrames = all.filter((frame) => !edgeFrames.includes(frame) && !torn.includes(frame) && frame.has('id'));
  if (edgeFrames.length + nodeFrames.length === 0) {
    return undefined;
  }
  const custom = nodeFrames[0]?.custom;
  const windowS = typeof custom?.windowS === 'number' ? custom.windowS : fallbackS;
  const allNodes = nodeFrames.flatMap((frame) => nodesOf(frame, windowS, groupField));
  const allEdges = edgeFrames.flatMap((frame) => edgesOf(frame, windowS));
  const nodes = firstOfEach(allNodes.filter(({ id }) => id !== ''));
  const edges = connectionsOf(allEdges.filter(hasEnds));
  const addMissing = (id: string) => {
    if (!nodes.has(id)) {
      nodes.set(id, { id, name: id, kind: 'service', count: 0, errorCount: 0, countsErrors: false, label: '' });
    }
  };
  edges.forEach(({ source, target }) => {
    addMissing(source);
    addMissing(target);
  });
  return {
    model: { nodes: countedByCallers([...nodes.values()], edges), edges },
    windowS,
    notes: [
      ...(Array.isArray(custom?.notes) ? custom.notes.map(String) : []),
      ...leftOut(allNodes.filter(({ id }) => id === '').length, 'row of nodes without an id'),
      ...leftOut(allEdges.filter((edge) => !hasEnds(edge)).length, 'connection without a source or a target'),
      ...leftOut(torn.length, 'frame with only one of the fields source and target'),
    ],
    operations: all.filter((frame) => frame.has('service') && frame.has('operation')).flatMap((frame) => operationsOf(frame, windowS)),
    linksOf: ({ kind, id }) => (kind === 'node' ? linksOf(nodeFrames, nodeIds, id) : linksOf(edgeFrames, edgeIds, id)),
  };
}

/** In the order they came. */
function firstOfEach<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const item of items) {
    if (!found.has(item.id)) {
      found.set(item.id, item);
    }
  }
  return found;
}

const hasEnds = ({ source, target }: MapEdge): boolean => source !== '' && target !== '';

const leftOut = (count: number, what: string): string[] => (count > 0 ? [`left out: ${count} × ${what}`] : []);

/** Each once. An id that other ends have too does not make the same connection of them. */
function connectionsOf(edges: readonly MapEdge[]): MapEdge[] {
  const found = new Map<string, MapEdge>();
  for (const edge of edges) {
    const { id, source, target } = edge;
    const first = found.get(id);
    const ownId = first && (first.source !== source || first.target !== target) ? JSON.stringify([id, source, target]) : id;
    if (!found.has(ownId)) {
      found.set(ownId, { ...edge, id: ownId });
    }
  }
  return [...found.values()];
}

/** A node of which the frames tell nothing has the calls that arrive at it, where these are counted. */
function countedByCallers(nodes: readonly MapNode[], edges: readonly MapEdge[]): MapNode[] {
  const counted = edges.filter(isCounted);
  const arriving = new Map<string, Pick<MapFigures, 'count' | 'errorCount' | 'countsErrors'>>();
  for (const { target, count, errorCount, countsErrors } of counted) {
    const calls = arriving.get(target) ?? { count: 0, errorCount: 0, countsErrors };
    arriving.set(target, { count: calls.count + count, errorCount: calls.errorCount + errorCount, countsErrors: countsErrors ?? calls.countsErrors });
  }
  return nodes.map((node) => (node.label === '' && counted.length > 0 ? { ...node, ...arriving.get(node.id), label: undefined } : node));
}

/** Of the first row with this id. */
function linksOf(frames: readonly FrameColumns[], idsOf: (frame: FrameColumns) => Column<string>, id: string): LinkModel[] {
  for (const frame of frames) {
    const row = frame.rows(idsOf(frame)).indexOf(id);
    if (row >= 0) {
      return frame.links(row);
    }
  }
  return [];
}

const nodeIds = (frame: FrameColumns): Column<string> => frame.text('id');

function edgeIds(frame: FrameColumns): Column<string> {
  const [id, source, target] = [frame.text('id'), frame.text('source'), frame.text('target')];
  return (row) => id(row) || `${source(row)}→${target(row)}`;
}

function nodesOf(frame: FrameColumns, windowS: number, groupField: string): MapNode[] {
  const [ids, titles, subtitles] = [nodeIds(frame), frame.text('title'), frame.text('subtitle')];
  const [services, groups, colours] = [frame.text('detail__service'), frame.text(groupField.toLowerCase() || 'detail__group'), coloursOf(frame)];
  const [figures, changes, durations, arcs, icons] = [figuresOf(frame, windowS), changesOf(frame), durationsOf(frame), arcsOf(frame), frame.text('icon')];
  // Value mappings rename and colour services.
  const { config, display } = frame.field('title') ?? {};
  const mappings = config?.mappings?.length ? config.mappings : undefined;
  const shown = (title: string) => (mappings ? display?.(title).text : undefined) || title;
  return frame.rows((row) => {
    const [id, title, subtitle] = [ids(row), titles(row), subtitles(row)];
    const mapped = mappedColour(mappings, title);
    return {
      ...figures(row),
      id,
      name: shown(title) || id,
      kind: kindOf(subtitle) ?? kindOf(icons(row)) ?? 'service',
      service: services(row) || undefined,
      group: groups(row) || undefined,
      colour: cssColour(mapped && (display?.(title).color ?? mapped)) ?? cssColour(colours(row)),
      arcs: arcs(row),
      change: changes(row),
      durations: durations(id),
    };
  });
}

function edgesOf(frame: FrameColumns, windowS: number): MapEdge[] {
  const [ids, sources, targets, colours] = [edgeIds(frame), frame.text('source'), frame.text('target'), coloursOf(frame)];
  const [shares, gaps, baselines] = [frame.number('detail__share'), nanoseconds(frame, 'detail__gap'), nanoseconds(frame, 'detail__p95_before')];
  const widths = frame.number('thickness');
  const numbers = (name: string) => frame.number(name);
  const [callIntervals, errorIntervals, provenances] = [intervals(numbers, 'calls'), intervals(numbers, 'error_ratio'), frame.text('detail__provenance')];
  const [p50Intervals, p95Intervals, p99Intervals] = ['p50', 'p95', 'p99'].map((name) => intervals((field) => nanoseconds(frame, field), name));
  const [figures, changes, durations] = [figuresOf(frame, windowS), changesOf(frame), durationsOf(frame)];
  return frame.rows((row) => {
    const [id, provenance, calls] = [ids(row), provenances(row), figures(row)];
    return {
      ...calls,
      id,
      source: sources(row),
      target: targets(row),
      colour: cssColour(colours(row)),
      weight: calls.label === undefined ? undefined : Math.max(0, widths(row) ?? 0),
      share: shares(row),
      gapMeanNs: gaps(row),
      baselineP95Ns: baselines(row),
      provenance: isProvenance(provenance) ? provenance : 'frames',
      countInterval: callIntervals(row),
      errorRatioInterval: errorIntervals(row),
      p50IntervalNs: p50Intervals(row),
      p95IntervalNs: p95Intervals(row),
      p99IntervalNs: p99Intervals(row),
      change: changes(row),
      durations: durations(id),
    };
  });
}

/** From both its ends; without an upper one it has none. */
function intervals(column: (field: string) => Column<number | undefined>, name: string): Column<Interval | undefined> {
  const [lows, highs] = [column(`detail__${name}_low`), column(`detail__${name}_high`)];
  return (row) => {
    const low = lows(row);
    return low === undefined ? undefined : { low, high: highs(row) ?? Infinity };
  };
}

function operationsOf(frame: FrameColumns, windowS: number): MapOperation[] {
  const [services, operations, figures] = [frame.text('service'), frame.text('operation'), figuresOf(frame, windowS)];
  return frame.rows((row) => ({ ...figures(row), service: services(row), name: operations(row) }));
}

/** Our own fields, else what the core data sources put into theirs: a rate by its unit, and the failed share as an arc. */
function figuresOf(frame: FrameColumns, windowS: number): Column<MapFigures> {
  const rateField = rateFieldOf(frame);
  const [calls, rates, errors] = [frame.number('detail__calls'), frame.number(rateField ?? ''), frame.number('detail__errors')];
  const [facts, labels] = [factsOf(frame, rateField === undefined ? [] : [rateField]), labelOf(frame)];
  const unknown: Pick<MapFigures, 'countsErrors'> = ERROR_FIELDS.some((name) => frame.has(name)) ? {} : { countsErrors: false };
  const isFrameCounted = rateField !== undefined || frame.has('detail__calls');
  const [errorShares, failedShares] = [frame.number('arc__errors'), frame.number('arc__failed')];
  const [p50s, p95s, p99s] = [nanoseconds(frame, 'detail__p50'), nanoseconds(frame, 'detail__p95'), nanoseconds(frame, 'detail__p99')];
  const exemplars = exemplarsOf(frame);
  return (row) => {
    const count = Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, calls(row) ?? (rates(row) ?? 0) * windowS));
    return {
      count,
      errorCount: Math.min(count, Math.max(0, errors(row) ?? shareOf(errorShares(row) ?? failedShares(row)) * count)),
      ...unknown,
      label: isFrameCounted ? undefined : labels(row),
      facts: facts(row),
      p50Ns: p50s(row),
      p95Ns: p95s(row),
      p99Ns: p99s(row),
      exemplars: exemplars(row),
    };
  };
}

const ERROR_FIELDS = ['detail__errors', 'arc__errors', 'arc__failed'] as const;

const PER_SECOND_UNITS: ReadonlySet<string> = new Set(['r/sec', 'reqps', 'rps', 'ops', 'cps']);

const rateFieldOf = (frame: FrameColumns): string | undefined => ['mainstat', 'secondarystat'].find((name) => PER_SECOND_UNITS.has(frame.field(name)?.config.unit ?? ''));

/** CSS colours; numbers as the field's colour scheme paints them. */
function coloursOf(frame: FrameColumns): Column<string> {
  const field = frame.field('color');
  const [texts, numbers] = [frame.text('color'), frame.number('color')];
  return (row) => (numbers(row) === undefined ? texts(row) : (field?.display?.(field.values[row]).color ?? ''));
}

function exemplarsOf(frame: FrameColumns): Column<readonly MapExemplar[]> {
  const [listed, traceIds] = [frame.value('exemplars'), frame.text('detail__traces')];
  return (row) => {
    const list = listed(row);
    if (Array.isArray(list)) {
      return list.map((each): MapExemplar => {
        const { traceId, durationNs, isFailed } = Object(each);
        return { traceId: String(traceId), durationNs: numberOf(durationNs), isFailed: isFailed === true };
      });
    }
    const text = traceIds(row);
    return text === '' ? NO_EXEMPLARS : text.split(' ').filter(Boolean).map((traceId) => ({ traceId }));
  };
}

const NO_EXEMPLARS: readonly MapExemplar[] = [];

/** Of a column in milliseconds. */
function nanoseconds(frame: FrameColumns, name: string): Column<number | undefined> {
  const milliseconds = frame.number(name);
  return (row) => {
    const ms = milliseconds(row);
    return ms === undefined ? undefined : ms * 1e6;
  };
}

/** All durations by id: written by our data source only, and lost where frames are stored as JSON. */
function durationsOf({ custom }: FrameColumns): (id: string) => DurationSketchData | undefined {
  const durations: unknown = custom?.durations;
  return (id) => (durations instanceof Map ? durations.get(id) : undefined);
}

const CHANGES = ['new', 'gone', 'slower', 'faster', 'more-errors', 'fewer-errors'] as const;

function changesOf(frame: FrameColumns): Column<(typeof CHANGES)[number] | undefined> {
  const changes = frame.text('detail__change');
  return (row) => {
    const text = changes(row);
    return text === '' ? undefined : CHANGES.find((change) => change === text);
  };
}

const KINDS: ReadonlySet<string> = new Set<MapNodeKind>(['service', 'database', 'messaging', 'external', 'user']);
const isKind = (text: string): text is MapNodeKind => KINDS.has(text);

/** Grafana's Tempo data source writes `messaging_system`. */
function kindOf(text: string): MapNodeKind | undefined {
  return text === 'messaging_system' ? 'messaging' : isKind(text) ? text : undefined;
}

const PROVENANCES: ReadonlySet<string> = new Set<MapProvenance>(['both', 'client', 'server', 'internal', 'metrics', 'dependencies']);
const isProvenance = (text: string): text is MapProvenance => PROVENANCES.has(text);
