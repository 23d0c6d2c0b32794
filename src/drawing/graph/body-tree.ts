/** A cell no wider than this share of its distance acts as one body. */
const THETA = 0.9;
/** Bodies nearer to each other than cells can be halved share a cell. */
const DEEPEST = 24;
const NONE = -1;

/**
 * A quadtree over bodies of equal mass (Barnes and Hut, 1986) that answers how all others push one of them. Built once,
 * then read-only.
 */
export class BodyTree {
  // One entry a cell.
  private readonly child: number[] = [];
  private readonly mass: number[] = [];
  private readonly sumX: number[] = [];
  private readonly sumY: number[] = [];
  private readonly width: number[] = [];
  /** The only body of a leaf. */
  private readonly body: number[] = [];
  private readonly stack: number[] = [];

  constructor(
    private readonly x: Float64Array,
    private readonly y: Float64Array
  ) {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let v = 0; v < x.length; v++) {
      left = Math.min(left, x[v]);
      right = Math.max(right, x[v]);
      top = Math.min(top, y[v]);
      bottom = Math.max(bottom, y[v]);
    }
    const width = Math.max(right - left, bottom - top, 1);
    this.addCell(width);
    for (let v = 0; v < x.length; v++) {
      this.insert(v, left, top, width);
    }
  }

  /** Adds to a body's force the push of all others, `strength` ÷ distance each. */
  push(v: number, strength: number, forceX: Float64Array, forceY: Float64Array): void {
    const { x, y, stack, child } = this;
    stack.push(0);
    for (let cell = stack.pop(); cell !== undefined; cell = stack.pop()) {
      const mass = this.mass[cell];
      if (mass === 0 || this.body[cell] === v) {
        continue;
      }
      const dx = x[v] - this.sumX[cell] / mass;
      const dy = y[v] - this.sumY[cell] / mass;
      const distance2 = dx * dx + dy * dy;
      const first = child[cell];
      if (first !== NONE && this.width[cell] * this.width[cell] > THETA * THETA * distance2) {
        stack.push(first, first + 1, first + 2, first + 3);
      } else if (distance2 > 0) {
        const push = (strength * mass) / distance2;
        forceX[v] += dx * push;
        forceY[v] += dy * push;
      }
    }
  }

  private addCell(width: number): void {
    this.child.push(NONE);
    this.mass.push(0);
    this.sumX.push(0);
    this.sumY.push(0);
    this.width.push(width);
    this.body.push(NONE);
  }

  private insert(v: number, left: number, top: number, width: number): void {
    let cell = 0;
    for (let depth = 0; ; depth++) {
      const isEmpty = this.mass[cell] === 0;
      const lodger = this.body[cell];
      this.mass[cell]++;
      this.sumX[cell] += this.x[v];
      this.sumY[cell] += this.y[v];
      if (isEmpty) {
        this.body[cell] = v;
        return;
      }
      if (depth === DEEPEST) {
        this.body[cell] = NONE;
        return;
      }
      const half = width / 2;
      if (this.child[cell] === NONE) {
        this.child[cell] = this.mass.length;
        for (let quarter = 0; quarter < 4; quarter++) {
          this.addCell(half);
        }
        if (lodger !== NONE) {
          this.body[cell] = NONE;
          const home = this.child[cell] + quarterOf(this.x[lodger], this.y[lodger], left + half, top + half);
          this.mass[home] = 1;
          this.sumX[home] = this.x[lodger];
          this.sumY[home] = this.y[lodger];
          this.body[home] = lodger;
        }
      }
      const quarter = quarterOf(this.x[v], this.y[v], left + half, top + half);
      cell = this.child[cell] + quarter;
      left += quarter & 1 ? half : 0;
      top += quarter & 2 ? half : 0;
      width = half;
    }
  }
}

const quarterOf = (x: number, y: number, middleX: number, middleY: number): number => (x >= middleX ? 1 : 0) + (y >= middleY ? 2 : 0);
