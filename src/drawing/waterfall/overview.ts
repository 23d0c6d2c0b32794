/** A trace in miniature, prepared once so that drawing it costs what its cells cost, not what its spans cost. */
import type { TimeMap } from './time-map';
import type { BarColumns } from './waterfall-scene';

export interface Overview {
  /** Cells across and down. */
  readonly width: number;
  readonly height: number;
  /** How many spans run in each cell, row by row. */
  readonly count: Uint32Array;
  /** Colour number of the span that started last in each cell or before it in its line. */
  readonly colour: Uint16Array;
}

/**
 * Bins the bars into a grid: each line of cells stands for as many rows as share it. O(spans + cells): starts and ends are
 * counted, and summed along each line.
 *
 * @param colourOf number below 65,536 of a span's colour
 */
export function overviewOf(spans: BarColumns, rows: Uint32Array, time: TimeMap, width: number, height: number, colourOf: (row: number) => number): Overview {
  const lines = Math.max(1, Math.min(height, rows.length));
  const change = new Int32Array(lines * (width + 1));
  const started = new Uint16Array(lines * width).fill(NOTHING);
  const cellsPerNs = width / Math.max(1, time.shownDurationNs);
  for (let position = 0; position < rows.length; position++) {
    const row = rows[position];
    const line = Math.floor((position * lines) / rows.length);
    const from = Math.max(0, Math.min(width - 1, Math.floor(time.shownOf(spans.startNs[row]) * cellsPerNs)));
    const to = Math.max(from, Math.min(width - 1, Math.floor(time.shownOf(spans.startNs[row] + spans.durationNs[row]) * cellsPerNs)));
    change[line * (width + 1) + from]++;
    change[line * (width + 1) + to + 1]--;
    started[line * width + from] = colourOf(row);
  }
  const count = new Uint32Array(lines * width);
  for (let line = 0; line < lines; line++) {
    let running = 0;
    let last = NOTHING;
    for (let x = 0; x < width; x++) {
      const cell = line * width + x;
      running += change[line * (width + 1) + x];
      count[cell] = running;
      last = started[cell] === NOTHING ? last : started[cell];
      started[cell] = last;
    }
  }
  return { width, height: lines, count, colour: started };
}

const NOTHING = 0xffff;

/** Draws the cells of an overview: neighbours of one colour as one rectangle. */
export function drawOverview(ctx: CanvasRenderingContext2D, { width, height, count, colour }: Overview, colours: readonly string[], widthPx: number, heightPx: number): void {
  const cellPx = widthPx / width;
  const linePx = Math.min(4, heightPx / height);
  for (let line = 0; line < height; line++) {
    for (let x = 0; x < width; ) {
      const cell = line * width + x;
      let end = x + 1;
      while (end < width && colour[line * width + end] === colour[cell] && count[line * width + end] > 0 === count[cell] > 0) {
        end++;
      }
      if (count[cell] > 0) {
        ctx.fillStyle = colours[colour[cell]];
        ctx.fillRect(x * cellPx, line * linePx, (end - x) * cellPx, Math.max(1, linePx - 0.5));
      }
      x = end;
    }
  }
}
