import { SpanKind } from '@opentelemetry/api';
import type { Random } from '../random';
import type { Condition } from './condition';
import { inSpan } from '../telemetry/in-span';
import { PeerError, simulateWork } from './simulated-work';

export type SqlOperation = 'SELECT' | 'INSERT' | 'UPDATE';

export type Postgres = (operation: SqlOperation, table: string, options?: { readonly medianMs?: number; readonly condition?: Condition }) => Promise<void>;

/**
 * A stand-in for PostgreSQL, which is not instrumented itself: the CLIENT span is all that a trace shows of it
 * (semantic conventions, "Database"). The statement is not recorded; its summary is the span's name.
 */
export function createPostgres(random: Random): Postgres {
  return (operation, table, { medianMs = 3, condition } = {}) =>
    inSpan(`${operation} ${table}`, { kind: SpanKind.CLIENT, attributes: databaseAttributes(operation, table) }, () =>
      simulateWork(random, {
        medianMs,
        condition,
        failure: () => new PeerError('QueryCanceled', 'canceling statement due to statement timeout'),
      })
    );
}

function databaseAttributes(operation: SqlOperation, table: string) {
  return {
    'db.system.name': 'postgresql',
    'db.namespace': 'veza',
    'db.operation.name': operation,
    'db.collection.name': table,
    'db.query.summary': `${operation} ${table}`,
    // The older names as well: the collector's servicegraph connector knows databases by them.
    'db.system': 'postgresql',
    'db.name': 'veza',
    'server.address': 'postgres.veza.internal',
    'server.port': 5432,
    'peer.service': 'postgres',
  };
}
