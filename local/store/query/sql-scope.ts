/** What the SQL of one query is confined to, fresh names for its parts, and what it looks up. */
import { IdLookups } from './id-lookups';

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
  /** Whether a condition on events or links finds only spans that have some. Else a span without counts as one with an empty one. */
  readonly needsEvents?: boolean;
}

/** No confinement: for conditions on spans that are confined already. */
export const EVERYTHING: Confinement = { tenants: [], isSingleTenant: true, firstTrace: 0, lastTrace: Number.MAX_SAFE_INTEGER, firstSpan: 0, lastSpan: Number.MAX_SAFE_INTEGER };

export class SqlScope {
  readonly confinement: Confinement;
  readonly lookups: IdLookups;
  private names = 0;

  constructor(confinement: Confinement, lookups = new IdLookups()) {
    this.confinement = confinement;
    this.lookups = lookups;
  }

  name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  /** The condition on a row of `span` under this alias. */
  spanCondition(alias: string): string {
    const { isSingleTenant, tenants } = this.confinement;
    return isSingleTenant ? this.traceRange(alias) : `${this.traceRange(alias)} AND ${alias}.resource IN (SELECT id FROM resource WHERE tenant IN (${tenants.join(', ')}))`;
  }

  traceRange(alias: string): string {
    return `${alias}.trace BETWEEN ${this.confinement.firstTrace} AND ${this.confinement.lastTrace}`;
  }

  /** The condition on a row of `attribute` under this alias. */
  attributeCondition(alias: string): string {
    return `${alias}.span BETWEEN ${this.confinement.firstSpan} AND ${this.confinement.lastSpan}`;
  }
}
