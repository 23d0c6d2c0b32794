/** How a data directory of an earlier layout becomes one of today's: the statements that lead from each layout to the next. */
import { Scope, ValueType } from '../ingest/attribute';

export const MIGRATIONS: Readonly<Record<number, string>> = {
  // Sampling can be ahead of the write-ahead log; retention goes by the time of arrival, which for what is there is now.
  1: `
INSERT INTO meta SELECT 'written_record', value FROM meta WHERE key = 'applied_record';
CREATE TABLE arrival(first_trace BIGINT, received_s BIGINT);
INSERT INTO arrival VALUES (0, epoch(now())::BIGINT);
`,
  // A resource without a service.name is found by the empty one.
  2: `
CREATE TEMP TABLE unnamed AS SELECT r.id, r.tenant FROM resource r
  WHERE r.id NOT IN (SELECT a.resource FROM resource_attribute a JOIN pair p ON p.id = a.pair WHERE p.scope = ${Scope.resource} AND p.key = 'service.name');
CREATE TEMP TABLE empty_name AS SELECT tenant, ((SELECT coalesce(max(id), -1) FROM pair) + row_number() OVER ())::INTEGER AS id FROM (SELECT DISTINCT tenant FROM unnamed);
INSERT INTO pair SELECT id, tenant, ${Scope.resource}, 'service.name', ${ValueType.string}, '', NULL, NULL, false, NULL FROM empty_name;
INSERT INTO resource_attribute SELECT e.id, u.id FROM unnamed u JOIN empty_name e USING (tenant);
DROP TABLE unnamed;
DROP TABLE empty_name;
`,
};
