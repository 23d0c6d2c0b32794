import type { DataFrame, Field, LinkModel } from '@grafana/data';

/** Reads one column of a frame, row by row. */
export type Column<T> = (row: number) => T;

/** A frame by its columns, each found once: a big map has tens of thousands of cells. Names of fields are compared in lower case. */
export class FrameColumns {
  private readonly byName: ReadonlyMap<string, Field>;

  constructor(private readonly frame: DataFrame) {
    this.byName = new Map(frame.fields.map((field) => [field.name.toLowerCase(), field]));
  }

  /** What the data source says beside the fields. */
  get custom(): Readonly<Record<string, unknown>> | undefined {
    return this.frame.meta?.custom;
  }

  /** One item a row. */
  rows<T>(item: Column<T>): T[] {
    const items: T[] = [];
    for (let row = 0; row < this.frame.length; row++) {
      items.push(item(row));
    }
    return items;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  field(name: string): Field | undefined {
    return this.byName.get(name);
  }

  value(name: string): Column<unknown> {
    const values = this.byName.get(name)?.values;
    return values ? (row) => values[row] : () => undefined;
  }

  /** Empty where there is none. */
  text(name: string): Column<string> {
    const values = this.byName.get(name)?.values;
    return values ? (row) => textOf(values[row]) : () => '';
  }

  /** Undefined where there is no finite number. */
  number(name: string): Column<number | undefined> {
    const values = this.byName.get(name)?.values;
    return values ? (row) => numberOf(values[row]) : () => undefined;
  }

  /** Those that are configured; links of a panel's defaults come once a field. */
  links(row: number): LinkModel[] {
    const links = this.frame.fields.flatMap(({ getLinks }) => getLinks?.({ valueRowIndex: row }) ?? []);
    return [...new Map(links.map((link) => [`${link.title} ${link.href}`, link])).values()];
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''));

export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
