import fc from 'fast-check';
import { COLUMNS, gridRect, placePanels, stackPanels } from './grid';
import type { GridPos, PanelModel } from './model';

const panel = (id: number, gridPos: GridPos, more: Partial<PanelModel> = {}): PanelModel => ({ id, type: 'text', gridPos, ...more });
const row = (id: number, y: number, more: Partial<PanelModel> = {}) => panel(id, { x: 0, y, w: 24, h: 1 }, { type: 'row', ...more });
const places = (placed: ReturnType<typeof placePanels>) => placed.map((item) => [item.panel.id, item.gridPos.y]);

test('a grid as wide as Grafana gives the same pixels', () => {
  expect(gridRect({ x: 0, y: 0, w: 24, h: 8 }, 1000)).toEqual({ leftPx: 0, topPx: 0, widthPx: 1000, heightPx: 296 });
  expect(gridRect({ x: 12, y: 8, w: 12, h: 1 }, 1000)).toEqual({ leftPx: 504, topPx: 304, widthPx: 496, heightPx: 30 });
});

test('panels side by side never overlap and always fill the width', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 300, max: 4000 }), (w, widthPx) => {
      const left = gridRect({ x: 0, y: 0, w, h: 1 }, widthPx);
      const right = gridRect({ x: w, y: 0, w: COLUMNS - w, h: 1 }, widthPx);
      expect(right.leftPx).toBeGreaterThanOrEqual(left.leftPx + left.widthPx + 7);
      expect(Math.abs(right.leftPx + right.widthPx - widthPx)).toBeLessThanOrEqual(1);
    })
  );
});

const PANELS = [
  panel(1, { x: 0, y: 0, w: 24, h: 4 }),
  row(2, 4),
  panel(3, { x: 0, y: 5, w: 12, h: 6 }),
  panel(4, { x: 12, y: 5, w: 12, h: 3 }),
  row(5, 11, { collapsed: true, panels: [panel(6, { x: 0, y: 12, w: 24, h: 5 })] }),
  row(7, 12),
  panel(8, { x: 0, y: 13, w: 24, h: 2 }),
];

test('as saved, the panels of a folded row are left out', () => {
  const placed = placePanels(PANELS, (item) => item.collapsed ?? false);
  expect(places(placed)).toEqual([[1, 0], [2, 4], [3, 5], [4, 5], [5, 11], [7, 12], [8, 13]]);
});

test('unfolding a row moves down what follows', () => {
  expect(places(placePanels(PANELS, () => false))).toEqual([[1, 0], [2, 4], [3, 5], [4, 5], [5, 11], [6, 12], [7, 17], [8, 18]]);
});

test('folding a row moves up what follows', () => {
  expect(places(placePanels(PANELS, () => true))).toEqual([[1, 0], [2, 4], [5, 5], [7, 6]]);
});

test('a narrow window stacks panels in reading order', () => {
  const placed = placePanels(PANELS.slice(0, 4), () => false);
  expect(stackPanels(placed).map(({ panel: { id }, gridPos }) => [id, gridPos.y, gridPos.w])).toEqual([
    [1, 0, 24], [2, 4, 24], [3, 5, 24], [4, 11, 24],
  ]);
});

test('no panels, no places', () => {
  expect(placePanels([], () => false)).toEqual([]);
});
