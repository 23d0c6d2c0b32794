import type { MapScene } from './map-scene';

/** One node with its edges, or everything else: while a node is dragged only it is drawn again. */
export interface MapPart {
  readonly kind: 'only' | 'without';
  readonly node: number;
}

/** The edges of a part, from the weakest to the strongest. */
export const edgesOfPart = ({ edgeOrder, ends }: MapScene, { kind, node }: MapPart): Uint32Array =>
  edgeOrder.filter((e) => (ends[2 * e] === node || ends[2 * e + 1] === node) === (kind === 'only'));
