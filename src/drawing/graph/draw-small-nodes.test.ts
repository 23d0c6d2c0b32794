import { drawDots } from './draw-small-nodes';
import type { Ink } from './ink';
import type { MapScene } from './map-scene';
import type { MapPalette } from './map-palette';

const VIEWPORT = { scale: 0.3, offsetXPx: 0, offsetYPx: 0 };
const VIEW = { x: 0, y: 0, width: 600, height: 400 };

function sceneOf(names: readonly string[]): MapScene {
  return {
    picture: {
      model: { nodes: names.map((name) => ({ id: name, name, kind: 'service', count: 1, errorCount: 0 })), edges: [] },
      geometry: { nodeX: Float64Array.from(names, (_, v) => 500 + 500 * v), nodeY: new Float64Array(names.length).fill(500) },
      style: { errorSteps: [] },
    },
    palette: { fontFamily: 'sans' } as MapPalette,
    nodeCalls: new Float64Array(names.length).fill(1),
    nodeOrder: Uint32Array.from(names.keys()),
  } as unknown as MapScene;
}

function namesDrawn(names: readonly string[], strong: ReadonlySet<number>): string[] {
  const texts: string[] = [];
  const nothing = () => undefined;
  const ink = { beginPath: nothing, arc: nothing, rect: nothing, fill: nothing, stroke: nothing, fillRect: nothing, measureText: (text: string) => ({ width: text.length * 5 }), fillText: (text: string) => void texts.push(text) };
  drawDots(ink as unknown as Ink, sceneOf(names), VIEWPORT, [...names.keys()], VIEW, strong, []);
  return texts;
}

test('each dot is named once, those with an outline first', () => {
  expect(namesDrawn(['web', 'api'], new Set())).toEqual(['web', 'api']);
  expect(namesDrawn(['web', 'api'], new Set([1]))).toEqual(['api', 'web']);
});
