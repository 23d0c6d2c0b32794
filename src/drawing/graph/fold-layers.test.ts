import fc from 'fast-check';
import { foldLayers } from './fold-layers';
import type { Topology } from './topology';

const chain = (length: number): Topology => ({
  nodeCount: length,
  edgeSource: Uint32Array.from({ length: length - 1 }, (_, v) => v),
  edgeTarget: Uint32Array.from({ length: length - 1 }, (_, v) => v + 1),
});
const layersOf = ({ nodeCount }: Topology) => Uint32Array.from({ length: nodeCount }, (_, v) => v);

describe('foldLayers', () => {
  it('divides all layers into bands one after the other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.double({ min: 1, max: 6, noNaN: true }), (length, layerAspect) => {
        const bands = foldLayers(chain(length), layersOf(chain(length)), layerAspect, 2);
        expect(bands[0].from).toBe(0);
        expect(bands[bands.length - 1].to).toBe(length);
        bands.forEach(({ from, to }, b) => {
          expect(to).toBeGreaterThan(from);
          expect(from).toBe(bands[b - 1]?.to ?? 0);
        });
      }),
      { seed: 55 }
    );
  });

  it('makes a long chain about as wide as the screen', () => {
    const bands = foldLayers(chain(60), layersOf(chain(60)), 4, 2);
    const longest = Math.max(...bands.map(({ from, to }) => to - from));
    expect((longest * 4) / bands.length).toBeGreaterThan(1);
    expect((longest * 4) / bands.length).toBeLessThan(4);
  });

  it('folds where few edges lead across, and not at all where many do', () => {
    // Nodes 0 … 29 in a row, each also calling the next but one except over the layers around the middle.
    const skips = Array.from({ length: 28 }, (_, v) => v).filter((v) => v !== 13 && v !== 14);
    const graph: Topology = {
      nodeCount: 30,
      edgeSource: Uint32Array.from([...chain(30).edgeSource, ...skips]),
      edgeTarget: Uint32Array.from([...chain(30).edgeTarget, ...skips.map((v) => v + 2)]),
    };
    const [first, second] = foldLayers(graph, layersOf(graph), 0.35, 2);
    expect(second).toEqual({ from: 15, to: 30 });
    expect(first).toEqual({ from: 0, to: 15 });
    const dense = { ...graph, edgeSource: Uint32Array.from([...graph.edgeSource, 0, 1, 2, 3]), edgeTarget: Uint32Array.from([...graph.edgeTarget, 29, 28, 27, 26]) };
    expect(foldLayers(dense, layersOf(dense), 0.35, 2)).toHaveLength(1);
  });
});
