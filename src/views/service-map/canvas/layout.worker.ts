/** Runs in the worker: one graph in, the places of its nodes out, nothing copied. */
import { layOut, type MapLayoutKind } from '../../../drawing/graph/map-layout';
import type { GraphLayout } from '../../../drawing/graph/layered-layout';
import type { Topology } from '../../../drawing/graph/topology';

export interface LayoutRequest {
  readonly kind: MapLayoutKind;
  readonly topology: Topology;
  /** Number of each node's group; -1 for none. */
  readonly groupOf: Int32Array;
}

export type LayoutAnswer = { readonly kind: 'done'; readonly layout: GraphLayout } | { readonly kind: 'failed'; readonly message: string };

self.onmessage = ({ data: { kind, topology, groupOf } }: MessageEvent<LayoutRequest>) => {
  const answer = (message: LayoutAnswer, transfer: ArrayBufferLike[]) => self.postMessage(message, { transfer: transfer as ArrayBuffer[] });
  try {
    const layout = layOut(kind, topology, groupOf);
    answer({ kind: 'done', layout }, [layout.x.buffer, layout.y.buffer]);
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }, []);
  }
};
