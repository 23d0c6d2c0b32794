/** The distinct values of a field. */
import type { Reads } from '../database/readers';
import { textLiteral } from '../database/literal';
import { formatDuration } from './format-duration';
import { goFloat } from './go-float';
import { Scope, ValueType } from '../ingest/attribute';
import type { AttributeField, Field, IntrinsicName } from '../traceql/ast';

export interface TagValue {
  readonly type: 'string' | 'int' | 'float' | 'bool' | 'keyword' | 'duration';
  readonly value: string;
}

const TYPE_NAMES: Readonly<Record<number, TagValue['type']>> = { [ValueType.string]: 'string', [ValueType.int]: 'int', [ValueType.float]: 'float', [ValueType.bool]: 'bool' };
const STATUSES: readonly TagValue[] = ['unset', 'ok', 'error'].map((value) => ({ type: 'keyword', value }));
const KINDS: readonly TagValue[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'].map((value) => ({ type: 'keyword', value }));

const VALUE = `CASE p.type WHEN ${ValueType.string} THEN p.text WHEN ${ValueType.int} THEN p.integer::VARCHAR WHEN ${ValueType.bool} THEN (p.number = 1)::VARCHAR ELSE p.number::VARCHAR END`;

/** @param filter a SELECT of span seqs that the values must belong to; undefined for all */
export async function readFieldValues(reads: Reads, field: Field, tenants: readonly number[], filter: string | undefined): Promise<TagValue[]> {
  const statement = field.kind === 'attribute' ? attributeStatement(field, tenants, filter) : intrinsicStatement(field.name, tenants, filter);
  if (typeof statement !== 'string') {
    return [...statement];
  }
  const rows = await reads.query(`SELECT DISTINCT type, value FROM (${statement}) v WHERE value IS NOT NULL ORDER BY value`);
  const values = rows.map((row) => tagValue(row.type as number, row.value as string));
  // As in Tempo durations are numbers of nanoseconds until they are narrowed.
  return filter && field.kind === 'intrinsic' && field.name === 'traceDuration' ? values.map(({ value }) => ({ type: 'duration', value: formatDuration(Number(value)) })) : values;
}

function tagValue(type: number, text: string): TagValue {
  // The engine writes infinities as `inf`.
  return { type: TYPE_NAMES[type] ?? 'string', value: type === ValueType.float ? goFloat(Number(text.replace('inf', 'Infinity'))) : text };
}

function attributeStatement({ scope, name }: AttributeField, tenants: readonly number[], filter: string | undefined): string {
  const pairs = (scopes: readonly number[]): string =>
    `SELECT p.id, p.type, ${VALUE} AS value FROM pair p WHERE p.scope IN (${scopes.join(', ')}) AND p.key = ${textLiteral(name)} AND p.type <> ${ValueType.other} AND p.tenant IN (${tenants.join(', ') || 'NULL'})`;
  const scopes = { any: [Scope.span, Scope.resource], span: [Scope.span], resource: [Scope.resource], event: [Scope.event], link: [Scope.link], instrumentation: [Scope.instrumentation] }[scope];
  if (!filter) {
    return pairs(scopes);
  }
  return scopes
    .map((one) => {
      const used =
        one === Scope.resource
          ? `SELECT a.pair FROM resource_attribute a WHERE a.resource IN (SELECT s.resource FROM span s WHERE s.seq IN (${filter}))`
          : one === Scope.instrumentation
            ? `SELECT a.pair FROM instrumentation_attribute a WHERE a.instrumentation IN (SELECT s.instrumentation FROM span s WHERE s.seq IN (${filter}))`
            : `SELECT a.pair FROM attribute a WHERE a.span IN (${filter})`;
      return `SELECT * FROM (${pairs([one])}) q WHERE q.id IN (${used})`;
    })
    .join(' UNION ALL ');
}

/** Either the values themselves or a statement that finds them. */
function intrinsicStatement(name: IntrinsicName, tenants: readonly number[], filter: string | undefined): string | readonly TagValue[] {
  const tenantList = tenants.join(', ') || 'NULL';
  const ofSpans = (column: string): string => (filter ? `SELECT s.${column} FROM span s WHERE s.seq IN (${filter})` : '');
  const texts = (key: string, ids: string): string =>
    `SELECT ${ValueType.string} AS type, p.text AS value FROM pair p WHERE p.scope = ${Scope.intrinsic} AND p.key = '${key}' AND p.tenant IN (${tenantList}) ${ids ? `AND p.id IN (${ids})` : ''}`;
  const numbers = (column: string): string =>
    `SELECT ${ValueType.int} AS type, s.${column}::VARCHAR AS value FROM span s WHERE s.resource IN (SELECT id FROM resource WHERE tenant IN (${tenantList})) ${filter ? `AND s.seq IN (${filter})` : ''}`;
  // A trace whose root has not come has the empty text for its names.
  const withoutRoot = `SELECT ${ValueType.string} AS type, '' AS value FROM trace t WHERE t.root_name IS NULL AND t.tenant IN (${tenantList}) ${filter ? `AND t.seq IN (${ofSpans('trace')})` : ''}`;
  switch (name) {
    case 'status':
      return STATUSES;
    case 'kind':
      return KINDS;
    case 'name':
      return texts('name', ofSpans('name'));
    case 'statusMessage':
      // A span without one has the empty text.
      return `${texts('statusMessage', ofSpans('status_message'))} UNION ALL SELECT ${ValueType.string}, '' FROM span s WHERE s.status_message IS NULL ${filter ? `AND s.seq IN (${filter})` : ''}`;
    case 'nestedSetLeft':
      return numbers('nested_left');
    case 'nestedSetRight':
      return numbers('nested_right');
    case 'nestedSetParent':
      return numbers('nested_parent');
    case 'event:timeSinceStart':
      return filter ? [] : `SELECT ${ValueType.int} AS type, p.integer::VARCHAR AS value FROM pair p WHERE p.scope = ${Scope.intrinsic} AND p.key = '${name}' AND p.tenant IN (${tenantList})`;
    case 'traceDuration':
      return `SELECT ${ValueType.int} AS type, (t.end_ns - t.start_ns)::VARCHAR AS value FROM trace t WHERE t.tenant IN (${tenantList}) ${filter ? `AND t.seq IN (${ofSpans('trace')})` : ''}`;
    case 'event:name':
      return texts(name, filter ? `SELECT a.pair FROM attribute a WHERE a.span IN (${filter})` : '');
    case 'rootName':
      return `${texts('name', `SELECT t.root_name FROM trace t ${filter ? `WHERE t.seq IN (${ofSpans('trace')})` : ''}`)} UNION ALL ${withoutRoot}`;
    case 'rootServiceName':
      return `SELECT ${ValueType.string} AS type, r.service AS value FROM resource r WHERE r.tenant IN (${tenantList}) AND r.id IN (SELECT t.root_resource FROM trace t ${filter ? `WHERE t.seq IN (${ofSpans('trace')})` : ''}) UNION ALL ${withoutRoot}`;
    case 'instrumentation:name':
    case 'instrumentation:version':
      return `SELECT ${ValueType.string} AS type, i.${name.slice('instrumentation:'.length)} AS value FROM instrumentation i WHERE i.tenant IN (${tenantList}) ${filter ? `AND i.id IN (${ofSpans('instrumentation')})` : ''}`;
    default:
      // Ids and the durations of spans have too many values to list.
      return [];
  }
}
