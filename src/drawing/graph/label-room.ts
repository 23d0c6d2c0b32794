import { overlap, type Rect } from '../spaces';

/** The rectangles that labels and cards take on screen, found by the rows they lie in. */
export class LabelRoom {
  private readonly rows = new Map<number, Rect[]>();

  /** @param rowHeightPx about the height of a label */
  constructor(private readonly rowHeightPx: number) {}

  isFree(rect: Rect): boolean {
    for (let row = this.rowAt(rect.y); row <= this.rowAt(rect.y + rect.height); row++) {
      if (this.rows.get(row)?.some((other) => overlap(rect, other))) {
        return false;
      }
    }
    return true;
  }

  take(rect: Rect): void {
    for (let row = this.rowAt(rect.y); row <= this.rowAt(rect.y + rect.height); row++) {
      const taken = this.rows.get(row);
      taken ? taken.push(rect) : this.rows.set(row, [rect]);
    }
  }

  private rowAt(yPx: number): number {
    return Math.floor(yPx / this.rowHeightPx);
  }
}
