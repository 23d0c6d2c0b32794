/**
 * Numbers of dictionary entries that conditions ask for. They are looked up once, all in one statement, before the statements that use
 * them: a scan that compares with constants is several times as fast as one that joins.
 */
import type { Row } from '../database/readers';

/** More numbers than these stay a subquery. */
const MAX_IDS = 256;

export class IdLookups {
  /** Undefined for a subquery with too many numbers. */
  private readonly known = new Map<string, readonly number[] | undefined>();
  private readonly wanted = new Set<string>();

  /**
   * The condition that a column has one of the numbers.
   * @param select a SELECT of one column of numbers, which stands by itself
   */
  isIn(column: string, select: string): string {
    if (!this.known.has(select)) {
      this.wanted.add(select);
      return `${column} IN (${select})`;
    }
    const ids = this.known.get(select);
    return ids?.length === 0 ? 'false' : `${column} IN (${ids?.join(', ') ?? select})`;
  }

  /** Lets `idsOf` answer after the next `resolve`. */
  ask(select: string): void {
    if (!this.known.has(select)) {
      this.wanted.add(select);
    }
  }

  /** What a select that was asked for has found, of few numbers. */
  idsOf(select: string): readonly number[] {
    return this.known.get(select) ?? [];
  }

  /** Looks up what has been asked for since the last time. */
  async resolve(query: (sql: string) => Promise<Row[]>): Promise<void> {
    const selects = [...this.wanted];
    this.wanted.clear();
    if (selects.length === 0) {
      return;
    }
    const parts = selects.map((select, i) => `SELECT ${i} AS lookup, id FROM (SELECT * FROM (${select}) LIMIT ${MAX_IDS + 1}) found(id)`);
    const found = selects.map((): number[] => []);
    for (const { lookup, id } of await query(parts.join(' UNION ALL '))) {
      if (id !== null) {
        found[lookup as number].push(Number(id));
      }
    }
    selects.forEach((select, i) => this.known.set(select, found[i].length > MAX_IDS ? undefined : [...new Set(found[i])]));
  }
}
