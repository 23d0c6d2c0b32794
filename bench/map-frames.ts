/** Node graph frames of seeded service graphs, with figures that look like those of real services. */
import type { Topology } from '../src/drawing/graph/topology';
import { randomServiceGraph, seededRandom } from './map-graphs';

/** A frame as `toDataFrame` takes it. */
export interface PlainFrame {
  readonly name: string;
  readonly fields: ReadonlyArray<{ readonly name: string; readonly values: ReadonlyArray<string | number | undefined> }>;
  readonly meta?: { readonly custom: { readonly windowS: number } };
}

const WINDOW_S = 3600;
const AREAS = ['auth', 'track', 'payment', 'search', 'media', 'social', 'feed', 'admin', 'notify', 'catalog'];
const PARTS = ['api', 'worker', 'gateway', 'indexer', 'scheduler', 'resolver', 'store', 'proxy'];

/**
 * @param figuresSeed another seed gives other figures for the same graph, as a refresh does
 */
export const mapFrames = (nodeCount: number, edgeCount: number, figuresSeed = 1): PlainFrame[] => framesOfGraph(randomServiceGraph('tiers', nodeCount, edgeCount, 1), figuresSeed);

/** @param groupOf the group of a node, by number */
export function framesOfGraph({ nodeCount, edgeSource, edgeTarget }: Topology, figuresSeed = 1, groupOf?: (node: number) => string): PlainFrame[] {
  const random = seededRandom(figuresSeed);
  // Traffic is uneven: a few services take most of the calls.
  const weight = seededRandom(7);
  const popularity = Array.from({ length: nodeCount }, () => 1 / (0.002 + weight() ** 3));
  const ids = Array.from({ length: nodeCount }, (_, v) => nameOf(v));
  const hasOut = new Set(edgeSource);
  const edges = Array.from(edgeSource, (source, e) => {
    const target = edgeTarget[e];
    const calls = Math.max(1, Math.round(Math.sqrt(popularity[source] * popularity[target]) * (5 + random() * 2)));
    return { source, target, ...figures(calls, random) };
  });
  const nodes = ids.map((_, v) => {
    const calls = edges.filter(({ target }) => target === v).reduce((sum, edge) => sum + edge.calls, 0);
    return figures(calls, random);
  });
  return [
    {
      name: 'nodes',
      meta: { custom: { windowS: WINDOW_S } },
      fields: [
        { name: 'id', values: ids },
        { name: 'title', values: ids },
        { name: 'subtitle', values: ids.map((_, v) => (hasOut.has(v) ? 'service' : ['database', 'messaging', 'external', 'database'][v % 4])) },
        ...(groupOf ? [{ name: 'detail__group', values: ids.map((_, v) => groupOf(v)) }] : []),
        ...figureFields(nodes),
      ],
    },
    {
      name: 'edges',
      fields: [
        { name: 'id', values: edges.map(({ source, target }) => `${ids[source]}→${ids[target]}`) },
        { name: 'source', values: edges.map(({ source }) => ids[source]) },
        { name: 'target', values: edges.map(({ target }) => ids[target]) },
        ...figureFields(edges),
      ],
    },
  ];
}

interface Figures {
  readonly calls: number;
  readonly errors: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

function figures(calls: number, random: () => number): Figures {
  const failing = random();
  const ratio = failing < 0.04 ? random() * 0.4 : failing < 0.15 ? random() * 0.02 : 0;
  const p50 = 2 + random() ** 3 * 300;
  return { calls, errors: Math.round(calls * ratio), p50, p95: p50 * 2.5, p99: p50 * 5 };
}

const figureFields = (items: readonly Figures[]): PlainFrame['fields'] => (['calls', 'errors', 'p50', 'p95', 'p99'] as const).map((name) => ({ name: `detail__${name}`, values: items.map((item) => item[name]) }));

function nameOf(v: number): string {
  const round = Math.floor(v / (AREAS.length * PARTS.length));
  return `${AREAS[v % AREAS.length]}-${PARTS[Math.floor(v / AREAS.length) % PARTS.length]}${round > 0 ? `-${round + 1}` : ''}`;
}
