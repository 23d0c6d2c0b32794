import { formattedValueToString, type DataFrame, type Field, type LinkModel } from '@grafana/data';

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

  /** Fields whose names, in lower case, begin like this. */
  fieldsNamed(start: string): ReadonlyArray<readonly [name: string, field: Field]> {
    return [...this.byName].filter(([name]) => name.startsWith(start));
  }

  /** As the field's unit, decimals and mappings write it; empty where there is no value. */
  written(name: string): Column<string> {
    const field = this.byName.get(name);
    return field ? (row) => writtenBy(field, field.values[row]) : () => '';
  }

  /** Undefined where there is no finite number. */
  number(name: string): Column<number | undefined> {
    const values = this.byName.get(name)?.values;
    return values ? (row) => numberOf(values[row]) : () => undefined;
  }

  /**
   * Those that are configured, each once: a link of a panel's defaults is a link of every field. It is then that of the title,
   * else of the first field, so that a variable such as the field's name does not make many of it.
   */
  links(row: number): LinkModel[] {
    const title = this.byName.get('title');
    const fields = [...(title ? [title] : []), ...this.frame.fields.filter((field) => field !== title)];
    const found = new Map<string, LinkModel>();
    for (const { config, getLinks } of fields) {
      getLinks?.({ valueRowIndex: row }).forEach((link, at) => {
        const { title: text = link.title, url = link.href } = config.links?.[at] ?? {};
        const key = JSON.stringify([text, url || link.href]);
        found.set(key, found.get(key) ?? link);
      });
    }
    return [...found.values()];
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''));

function writtenBy({ display }: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') {
    return '';
  }
  return display ? formattedValueToString(display(value)) : String(value);
}

/** Numbers that came as text are numbers too: CSV and SQL have them. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
