/**
 * The tables. Spans are rows of numbers; every text and attribute is a pair in a dictionary, so a search tests each distinct value
 * once and then works on numbers. Rows are only appended, except for a trace's own row and its spans' nested-set numbers, which
 * change when more of the trace arrives.
 */

/** Raised when the layout changes; the way from the version before then goes into migrations.ts. */
export const SCHEMA_VERSION = 3;

/** Rows of `span`. Times are nanoseconds since the epoch. */
export const SPAN_COLUMNS = {
  seq: 'BIGINT',
  trace: 'BIGINT',
  span_id: 'UBIGINT',
  parent_id: 'UBIGINT',
  start_ns: 'BIGINT',
  duration_ns: 'BIGINT',
  name: 'INTEGER',
  resource: 'INTEGER',
  instrumentation: 'INTEGER',
  status_message: 'INTEGER',
  kind: 'UTINYINT',
  status: 'UTINYINT',
  nested_left: 'INTEGER',
  nested_right: 'INTEGER',
  nested_parent: 'INTEGER',
} as const;

export const ATTRIBUTE_COLUMNS = { pair: 'INTEGER', span: 'BIGINT' } as const;

/** Changes to rows that exist: nested-set numbers of spans whose trace has grown. */
export const RENUMBER_COLUMNS = { seq: 'BIGINT', nested_left: 'INTEGER', nested_right: 'INTEGER', nested_parent: 'INTEGER' } as const;

/** One row a trace; `seq` grows with arrival. Root columns are null until the root has come. */
export const TRACE_COLUMNS = {
  seq: 'BIGINT',
  tenant: 'INTEGER',
  id_high: 'UBIGINT',
  id_low: 'UBIGINT',
  start_ns: 'BIGINT',
  end_ns: 'BIGINT',
  root_name: 'INTEGER',
  root_resource: 'INTEGER',
} as const;

function columnsOf(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
}

export const CREATE_TABLES = `
CREATE TABLE meta(key VARCHAR PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE tenant(id INTEGER, name VARCHAR);
CREATE TABLE trace(${columnsOf(TRACE_COLUMNS)});
CREATE TABLE span(${columnsOf(SPAN_COLUMNS)});
-- Which pairs a span, its events and its links have.
CREATE TABLE attribute(${columnsOf(ATTRIBUTE_COLUMNS)});
-- The details of the consecutive spans of one trace that were written together, see ingest/span-detail.ts.
CREATE TABLE detail(trace BIGINT, first_span BIGINT, bytes BLOB);
-- scope and type are the numbers of ingest/attribute.ts; an array has one row an element, the first one with raw.
CREATE TABLE pair(id INTEGER, tenant INTEGER, scope UTINYINT, key VARCHAR, type UTINYINT, text VARCHAR, number DOUBLE, integer BIGINT, is_array BOOLEAN, raw BLOB);
CREATE TABLE resource(id INTEGER, tenant INTEGER, service VARCHAR, raw BLOB);
CREATE TABLE resource_attribute(pair INTEGER, resource INTEGER);
CREATE TABLE instrumentation(id INTEGER, tenant INTEGER, name VARCHAR, version VARCHAR, raw BLOB);
CREATE TABLE instrumentation_attribute(pair INTEGER, instrumentation INTEGER);
-- When traces came: those from this one on not before this time. A row a minute in which any came.
CREATE TABLE arrival(first_trace BIGINT, received_s BIGINT);
INSERT INTO meta VALUES ('schema_version', ${SCHEMA_VERSION}), ('applied_record', 0), ('written_record', 0);
INSERT INTO tenant VALUES (0, 'single-tenant');
`;

/** What a statement of the writer works with: temporary tables cost no write-ahead logging. */
export const CREATE_STAGING = `
CREATE TEMP TABLE renumbered(${columnsOf(RENUMBER_COLUMNS)});
CREATE TEMP TABLE wanted(tenant INTEGER, id_high UBIGINT, id_low UBIGINT);
`;
