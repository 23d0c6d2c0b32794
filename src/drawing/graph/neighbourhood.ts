import type { MapScene } from './map-scene';

/** The items that are brought out; everything else fades. */
export interface Neighbourhood {
  readonly nodes: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
}

/** What the pointer, the keyboard and the selection bring out; indices into the model. */
export interface MapEmphasis {
  readonly hoveredNode?: number;
  readonly hoveredEdge?: number;
  readonly selectedNode?: number;
  readonly selectedEdge?: number;
  /** Where the keyboard is. */
  readonly focusedNode?: number;
  /** What a search found; undefined where nothing is searched for. */
  readonly found?: Neighbourhood;
}

/** The emphasised node or edge with what it touches, else what was found; undefined where nothing is emphasised. */
export function neighbourhoodOf({ ends }: MapScene, emphasis: MapEmphasis): Neighbourhood | undefined {
  const node = emphasis.hoveredNode ?? emphasis.selectedNode ?? emphasis.focusedNode;
  const edge = emphasis.hoveredEdge ?? emphasis.selectedEdge;
  if (node === undefined && edge === undefined) {
    return emphasis.found;
  }
  const near = { nodes: new Set<number>(node === undefined ? [] : [node]), edges: new Set<number>() };
  for (let e = 0; e < ends.length / 2; e++) {
    const [source, target] = [ends[2 * e], ends[2 * e + 1]];
    if (e === edge || source === node || target === node) {
      near.edges.add(e);
      near.nodes.add(source).add(target);
    }
  }
  return near;
}
