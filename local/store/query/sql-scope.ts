/** What the SQL of one query is confined to, and fresh names for its parts. */

export interface Confinement {
  /** Numbers of the tenants that are asked. */
  readonly tenants: readonly number[];
  /** Whether there is one tenant only, so that spans need no check. */
  readonly isSingleTenant: boolean;
  /** Traces by their seq, both ends included. */
  readonly firstTrace: number;
  readonly lastTrace: number;
  /** The spans of these traces lie between these seqs; lets the engine pass over attribute blocks. */
  readonly firstSpan: number;
  readonly lastSpan: number;
}

/** No confinement: for conditions on spans that are confined already. */
export const EVERYTHING: Confinement = { tenants: [], isSingleTenant: true, firstTrace: 0, lastTrace: Number.MAX_SAFE_INTEGER, firstSpan: 0, lastSpan: Number.MAX_SAFE_INTEGER };

export class SqlScope {
  readonly confinement: Confinement;
  private names = 0;

  constructor(confinement: Confinement) {
    this.confinement = confinement;
  }

  name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  /** The condition on a row of `span` under this alias. */
  spanCondition(alias: string): string {
    const { firstTrace, lastTrace, isSingleTenant, tenants } = this.confinement;
    const range = `${alias}.trace BETWEEN ${firstTrace} AND ${lastTrace}`;
    return isSingleTenant ? range : `${range} AND ${alias}.resource IN (SELECT id FROM resource WHERE tenant IN (${tenants.join(', ')}))`;
  }

  /** The condition on a row of `attribute` under this alias. */
  attributeCondition(alias: string): string {
    return `${alias}.span BETWEEN ${this.confinement.firstSpan} AND ${this.confinement.lastSpan}`;
  }
}
