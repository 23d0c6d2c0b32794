import { compileFiguresFilter } from '../../analysis/filter/figures-filter';
import type { Neighbourhood } from '../../drawing/graph/neighbourhood';
import { isCounted, isErrorCounted, type MapEdge, type MapModel, type MapNode } from '../../drawing/graph/map-model';
import type { MapFocus } from './map-state';

/** What the reader asked to see of a map. */
export interface Narrowing {
  /** Expression of what to hide; empty for nothing. */
  readonly hide: string;
  /** Keep only what is near a node; undefined for everything. */
  readonly focus: MapFocus | undefined;
}

type ItemTest = (item: MapNode | MapEdge) => boolean;

/** Does not hold for an empty or invalid expression: half a word typed hides nothing. */
function testOf(expression: string, model: MapModel, windowS: number): ItemTest | undefined {
  const filter = compileFiguresFilter(expression);
  if (filter.kind !== 'filter') {
    return undefined;
  }
  const nameOf = new Map(model.nodes.map(({ id, name }) => [id, name]));
  return (item) => {
    // What is not counted is not few.
    const known = {
      ...(isCounted(item) ? { ratePerS: item.count / windowS } : { count: undefined }),
      ...(isErrorCounted(item) ? {} : { errorCount: undefined }),
    };
    if ('name' in item) {
      return filter.test({ ...item, ...known });
    }
    const [source, target] = [nameOf.get(item.source) ?? item.source, nameOf.get(item.target) ?? item.target];
    return filter.test({ ...item, ...known, name: `${source} → ${target}`, source, target });
  };
}

/** Why an expression cannot be read; undefined where it can. */
export function problemOf(expression: string): string | undefined {
  const filter = compileFiguresFilter(expression);
  return filter.kind === 'invalid' ? filter.problem.message : undefined;
}

/** The map without what is hidden and, with a focus, without what is further away. An edge goes with either of its ends. */
export function narrowMap(model: MapModel, { hide, focus }: Narrowing, windowS: number): MapModel {
  const isHidden = testOf(hide, model, windowS);
  const near = focus && model.nodes.some(({ id }) => id === focus.nodeId) ? withinHops(model, focus) : undefined;
  if (!isHidden && !near) {
    return model;
  }
  const nodes = model.nodes.filter((node) => !isHidden?.(node) && (!near || near.has(node.id)));
  const kept = new Set(nodes.map(({ id }) => id));
  const edges = model.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target) && !isHidden?.(edge));
  return { nodes, edges };
}

/** What an expression finds, edges with their ends; undefined where nothing is asked. Indices into the model. */
export function findInMap(model: MapModel, find: string, windowS: number): Neighbourhood | undefined {
  const isFound = testOf(find, model, windowS);
  if (!isFound) {
    return undefined;
  }
  const indexOf = new Map(model.nodes.map(({ id }, v) => [id, v]));
  const nodes = new Set(model.nodes.flatMap((node, v) => (isFound(node) ? [v] : [])));
  const edges = new Set(model.edges.flatMap((edge, e) => (isFound(edge) ? [e] : [])));
  for (const e of edges) {
    const { source, target } = model.edges[e];
    [source, target].forEach((id) => nodes.add(indexOf.get(id) ?? 0));
  }
  return { nodes, edges };
}

/** Callers of callers and called of called, each up to so many calls away; not the other callers of what is called. */
function withinHops({ edges }: MapModel, { nodeId, upHops, downHops }: MapFocus): Set<string> {
  const near = new Set([nodeId]);
  for (const [from, to, hops] of [['source', 'target', downHops], ['target', 'source', upHops]] as const) {
    const seen = new Set([nodeId]);
    let front = new Set(seen);
    for (let hop = 0; hop < hops && front.size > 0; hop++) {
      front = new Set(edges.filter((edge) => front.has(edge[from]) && !seen.has(edge[to])).map((edge) => edge[to]));
      front.forEach((id) => seen.add(id));
    }
    seen.forEach((id) => near.add(id));
  }
  return near;
}
