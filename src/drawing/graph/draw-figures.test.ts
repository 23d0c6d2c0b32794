import { drawFigures } from './draw-figures';
import type { Ink } from './ink';
import type { MapNode } from './map-model';
import type { MapPalette } from './map-palette';
import type { MapStyle } from './map-style';

const PX_PER_LETTER = 5;
const NODE = { name: 'api', count: 100, errorCount: 5 } as MapNode;
const PALETTE = { fontFamily: 'sans', textFaint: 'grey' } as MapPalette;

function writtenIn(letters: number, node: MapNode = NODE): string {
  const texts: string[] = [];
  const ink = { measureText: (text: string) => ({ width: text.length * PX_PER_LETTER }), fillText: (text: string) => void texts.push(text) } as unknown as Ink;
  drawFigures(ink, node, '3.1/min · 245 ms', { x: 0, y: 0, room: letters * PX_PER_LETTER, fontSize: 10 }, { errorSteps: [] } as unknown as MapStyle, PALETTE);
  return texts.join('');
}

test.each([
  [40, '3.1/min · 245 ms · 5 %'],
  [20, '3.1/min 245 ms 5 %'],
  [17, '3.1/min · 5 %'],
  [11, '3.1/min 5 %'],
])('%d letters of room', (letters, text) => {
  expect(writtenIn(letters)).toBe(text);
});

test('a node without errors has no share', () => {
  expect(writtenIn(12, { ...NODE, errorCount: 0 })).toBe('3.1/min');
});
