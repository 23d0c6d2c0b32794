/** Tenants by name (`X-Scope-OrgID`) and by the number that rows carry. */
import type { Database } from '../database/database';
import { textLiteral } from '../database/literal';

/** The tenant of a store that does not ask for one. */
export const SINGLE_TENANT = 'single-tenant';

/** Tempo refuses longer names, and those that could leave a directory. */
export function isTenantName(name: string): boolean {
  return /^(?!\.{1,2}$)[a-zA-Z0-9!._*'()-]{1,150}$/.test(name);
}

export class Tenants {
  private readonly database: Database;
  private readonly numbers: Map<string, number>;
  private adding: Promise<unknown> = Promise.resolve();

  private constructor(database: Database, numbers: Map<string, number>) {
    this.database = database;
    this.numbers = numbers;
  }

  static async open(database: Database): Promise<Tenants> {
    const rows = await database.query('SELECT id, name FROM tenant');
    return new Tenants(database, new Map(rows.map((row) => [row.name as string, row.id as number])));
  }

  /** The tenant's number, undefined where it has never sent anything. */
  find(name: string): number | undefined {
    return this.numbers.get(name);
  }

  nameOf(number: number): string | undefined {
    for (const [name, candidate] of this.numbers) {
      if (candidate === number) {
        return name;
      }
    }
    return undefined;
  }

  /** The tenant's number; a new tenant gets one. */
  async numberOf(name: string): Promise<number> {
    const known = this.numbers.get(name);
    if (known !== undefined) {
      return known;
    }
    // One at a time, so that two first requests of a tenant agree. Its own statement: the row is there before any span is.
    this.adding = this.adding.then(async () => {
      if (!this.numbers.has(name)) {
        const number = this.numbers.size;
        await this.database.execute(`INSERT INTO tenant VALUES (${number}, ${textLiteral(name)})`);
        this.numbers.set(name, number);
      }
    });
    await this.adding;
    return this.numberOf(name);
  }
}
