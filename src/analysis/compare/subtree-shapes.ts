/**
 * Numbers for what can be equal in two traces: a step (service and name) and the shape of a whole subtree, its steps without
 * regard to times and to the order of siblings. Equal numbers mean equal shapes: they are interned, not hashed.
 */
import type { TraceSet } from '../../trace';
import { numbersIn } from './common-names';

export interface SubtreeShapes {
  step(row: number): number;
  shape(row: number): number;
  /** Rows in start order. */
  children(row: number): number[];
  roots(): number[];
}

export class TreeShapes {
  private readonly shapes = new Map<string, number>();

  /** @param services and operations: the names of one set; further names get numbers of their own */
  constructor(
    private readonly services: readonly string[],
    private readonly operations: readonly string[]
  ) {}

  of(set: TraceSet, trace: number): SubtreeShapes {
    const { columns } = set;
    const services = numbersIn(this.services, columns.services);
    const operations = numbersIn(this.operations, columns.operations);
    const first = set.firstRow(trace);
    const end = set.endRow(trace);
    const step = (row: number) => services[columns.service[row]] * MAX_OPERATIONS + operations[columns.operation[row]];
    const children = (row: number) => siblings(columns.subtreeSize, row + 1, row + columns.subtreeSize[row]);
    const shapes = new Uint32Array(end - first);
    for (let row = end - 1; row >= first; row--) {
      const below = children(row).map((child) => shapes[child - first]);
      shapes[row - first] = this.numberOf(`${step(row)}:${below.sort((a, b) => a - b).join()}`);
    }
    return { step, children, shape: (row) => shapes[row - first], roots: () => siblings(columns.subtreeSize, first, end) };
  }

  private numberOf(shape: string): number {
    const number = this.shapes.get(shape) ?? this.shapes.size;
    this.shapes.set(shape, number);
    return number;
  }
}

/** More distinct span names than spans fit into memory. */
const MAX_OPERATIONS = 2 ** 32;

/** The rows of [from, to) that are not below another of them. */
function siblings(subtreeSize: Uint32Array, from: number, to: number): number[] {
  const rows: number[] = [];
  for (let row = from; row < to; row += subtreeSize[row]) {
    rows.push(row);
  }
  return rows;
}
