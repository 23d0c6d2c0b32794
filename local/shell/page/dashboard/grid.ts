/** Where panels go: Grafana's grid of 24 columns and 30 px rows with 8 px between, rows of panels that fold. */
import type { GridPos, PanelModel } from './model';

export const COLUMNS = 24;
export const ROW_HEIGHT_PX = 30;
const GAP_PX = 8;
/** Below this Grafana stacks panels in one column (theme breakpoint md). */
export const ONE_COLUMN_BELOW_PX = 769;

export interface PlacedPanel {
  readonly panel: PanelModel;
  /** Rows only: whether its panels are hidden. */
  readonly isFolded?: boolean;
  readonly gridPos: GridPos;
}

export interface RectPx {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Panels and row headers top to bottom with their places in the grid. What follows a folded row moves up, what
 * follows an unfolded one moves down.
 * @param folded whether a row is folded now; the dashboard's own word where the visitor said nothing
 */
export function placePanels(panels: readonly PanelModel[], folded: (row: PanelModel) => boolean): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let nextY = 0;
  for (const { row, members } of sections(panels)) {
    if (row) {
      placed.push({ panel: row, isFolded: folded(row), gridPos: { x: 0, y: nextY, w: COLUMNS, h: 1 } });
      nextY += 1;
    }
    if (members.length === 0 || (row && folded(row))) {
      continue;
    }
    const top = Math.min(...members.map(({ gridPos }) => gridPos.y));
    for (const panel of members) {
      placed.push({ panel, gridPos: { ...panel.gridPos, y: panel.gridPos.y - top + nextY } });
    }
    nextY = Math.max(...placed.map(({ gridPos }) => gridPos.y + gridPos.h));
  }
  return placed;
}

/** Pixels of a place in a grid of a given width. */
export function gridRect({ x, y, w, h }: GridPos, widthPx: number): RectPx {
  const columnPx = (widthPx - GAP_PX * (COLUMNS - 1)) / COLUMNS;
  return {
    leftPx: Math.round(x * (columnPx + GAP_PX)),
    topPx: y * (ROW_HEIGHT_PX + GAP_PX),
    widthPx: Math.round(columnPx * w + GAP_PX * (w - 1)),
    heightPx: h * ROW_HEIGHT_PX + (h - 1) * GAP_PX,
  };
}

/** The same panels under one another at full width, for a narrow window. */
export function stackPanels(placed: readonly PlacedPanel[]): readonly PlacedPanel[] {
  let nextY = 0;
  const inReadingOrder = [...placed].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x);
  return inReadingOrder.map((item) => {
    const gridPos = { x: 0, y: nextY, w: COLUMNS, h: item.gridPos.h };
    nextY += gridPos.h;
    return { ...item, gridPos };
  });
}

interface Section {
  readonly row?: PanelModel;
  readonly members: PanelModel[];
}

/** A folded row brings its panels along; an open one owns what follows until the next row. */
function sections(panels: readonly PanelModel[]): readonly Section[] {
  const found: Section[] = [{ members: [] }];
  const topToBottom = [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x);
  for (const panel of topToBottom) {
    if (panel.type === 'row') {
      found.push({ row: panel, members: [...(panel.panels ?? [])] });
    } else {
      found[found.length - 1].members.push(panel);
    }
  }
  return found;
}
