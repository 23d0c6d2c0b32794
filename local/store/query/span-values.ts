/** The values of fields on chosen spans, as the OTLP JSON values of an answer. */
import { Scope, ValueType } from '../ingest/attribute';
import { textLiteral } from '../database/literal';
import type { AttributeField, IntrinsicName } from '../traceql/ast';
import type { FieldUse } from '../traceql/field-uses';
import { ConditionCompiler, pairCondition } from './condition-sql';
import { formatDuration } from './format-duration';
import { EVERYTHING, SqlScope } from './sql-scope';
import { ValueJoins } from './value-sql';

export type AnyValueJson = { stringValue: string } | { intValue: string } | { doubleValue: number | string } | { boolValue: boolean };
export interface KeyValueJson {
  readonly key: string;
  readonly value: AnyValueJson;
}

type Query = (sql: string) => Promise<ReadonlyArray<Readonly<Record<string, unknown>>>>;

export const STATUS_NAMES = ['unset', 'ok', 'error'];
export const KIND_NAMES = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

const SCOPES: Readonly<Record<AttributeField['scope'], readonly number[]>> = {
  any: [Scope.span, Scope.resource], span: [Scope.span], resource: [Scope.resource], event: [Scope.event], link: [Scope.link], instrumentation: [Scope.instrumentation],
};
/** Intrinsics that are kept as pairs of the span. */
const PAIR_INTRINSICS: readonly IntrinsicName[] = ['event:name', 'event:timeSinceStart', 'link:traceID', 'link:spanID'];

/** Values by span seq. */
export type SpanValues = ReadonlyMap<number, readonly KeyValueJson[]>;

/** Intrinsics that answers do not list: those of the whole trace and those with a place of their own. */
const UNLISTED: readonly IntrinsicName[] = ['name', 'duration', 'traceDuration', 'rootName', 'rootServiceName', 'traceID', 'spanID'];

/**
 * @param spans a SELECT of the chosen spans' `seq`
 * @param uses the query's fields, of which some are listed
 */
export async function readSpanValues(query: Query, spans: string, uses: readonly FieldUse[]): Promise<SpanValues> {
  const listed = uses.filter(({ field }) => field.kind === 'attribute' || !UNLISTED.includes(field.name));
  const values = new Map<number, KeyValueJson[]>();
  const add = (span: unknown, key: string, value: AnyValueJson): void => {
    const list = values.get(Number(span)) ?? [];
    if (list.length === 0) {
      values.set(Number(span), list);
    }
    if (!list.some((known) => known.key === key)) {
      list.push({ key, value });
    }
  };
  const statements = [attributeStatement(spans, listed), resourceStatement('resource', spans, listed), resourceStatement('instrumentation', spans, listed)];
  for (const statement of statements) {
    if (statement) {
      for (const row of await query(statement)) {
        add(row.span, row.key as string, row.key === 'event:timeSinceStart' ? { stringValue: formatDuration(Number(row.number)) } : anyValue(row));
      }
    }
  }
  const intrinsics = listed.flatMap(({ field, conditions }) => (field.kind === 'intrinsic' && !PAIR_INTRINSICS.includes(field.name) ? [{ field, name: field.name, conditions }] : []));
  if (intrinsics.length > 0) {
    const joins = new ValueJoins(new SqlScope(EVERYTHING), 's');
    const isListed = intrinsics.map((use, i) => `${listedCondition(use, 's', joins)} AS listed_${i}`).join(', ');
    const needsChildren = intrinsics.some(({ name }) => name === 'childCount');
    const rows = await query(`SELECT s.seq AS span, s.status, s.kind, s.nested_left, s.nested_right, s.nested_parent, s.parent_id, m.text AS message, i.name AS scope_name, i.version AS scope_version,
      ${needsChildren ? '(SELECT count(*) FROM span c WHERE c.trace = s.trace AND c.nested_parent = s.nested_left AND s.nested_left > 0)' : '0'} AS children, ${isListed}
      FROM span s LEFT JOIN pair m ON m.id = s.status_message LEFT JOIN instrumentation i ON i.id = s.instrumentation ${joins.sql} WHERE s.seq IN (${spans})`);
    for (const row of rows) {
      intrinsics.forEach(({ name }, i) => {
        const value = row[`listed_${i}`] === true ? intrinsicValue(name, row) : undefined;
        if (value) {
          add(row.span, name === 'parentID' ? 'span:parentID' : name, value);
        }
      });
    }
  }
  return values;
}

/** Whether a span's value of an intrinsic is one that the query asked for. @param joins takes what the condition needs */
export function listedCondition({ field, conditions }: FieldUse, alias: string, joins: ValueJoins): string {
  const compiler = new ConditionCompiler(new SqlScope(EVERYTHING), alias, joins);
  return conditions ? compiler.fieldCondition(field, conditions) : 'true';
}

function intrinsicValue(name: IntrinsicName, row: Readonly<Record<string, unknown>>): AnyValueJson | undefined {
  const text = (value: unknown): AnyValueJson | undefined => (typeof value === 'string' && value !== '' ? { stringValue: value } : undefined);
  const int = (value: unknown): AnyValueJson => ({ intValue: String(value) });
  switch (name) {
    case 'status':
      return { stringValue: STATUS_NAMES[row.status as number] ?? 'unset' };
    case 'kind':
      return { stringValue: KIND_NAMES[row.kind as number] ?? 'unspecified' };
    case 'statusMessage':
      return text(row.message);
    case 'nestedSetLeft':
      return int(row.nested_left);
    case 'nestedSetRight':
      return int(row.nested_right);
    case 'nestedSetParent':
      return int(row.nested_parent);
    case 'childCount':
      return int(row.children);
    case 'parentID':
      return row.parent_id === 0n ? undefined : { stringValue: (row.parent_id as bigint).toString(16).padStart(16, '0') };
    case 'instrumentation:name':
      return text(row.scope_name);
    case 'instrumentation:version':
      return text(row.scope_version);
    default:
      return undefined;
  }
}

/** The rows of `pair` that the fields stand for, in some of the scopes. */
function keysIn(uses: readonly FieldUse[], scopes: readonly number[]): string {
  const conditions = uses.flatMap(({ field, conditions: asked }) => {
    const values = asked ? `(${asked.map(({ op, value }) => pairCondition(op, value)).join(' OR ')})` : 'true';
    if (field.kind === 'intrinsic') {
      return PAIR_INTRINSICS.includes(field.name) && scopes.includes(Scope.span) ? [`(p.scope = ${Scope.intrinsic} AND p.key = ${textLiteral(field.name)} AND ${values})`] : [];
    }
    return SCOPES[field.scope].filter((scope) => scopes.includes(scope)).map((scope) => `(p.scope = ${scope} AND p.key = ${textLiteral(field.name)} AND ${values})`);
  });
  return conditions.join(' OR ');
}

const VALUE_COLUMNS = 'p.key, p.type, p.text, p.number, p.integer';

function attributeStatement(spans: string, uses: readonly FieldUse[]): string | undefined {
  const keys = keysIn(uses, [Scope.span, Scope.event, Scope.link]);
  return keys ? `SELECT a.span, ${VALUE_COLUMNS} FROM attribute a JOIN pair p ON p.id = a.pair WHERE (${keys}) AND p.type <> ${ValueType.other} AND a.span IN (${spans})` : undefined;
}

function resourceStatement(owner: 'resource' | 'instrumentation', spans: string, uses: readonly FieldUse[]): string | undefined {
  const keys = keysIn(uses, [owner === 'resource' ? Scope.resource : Scope.instrumentation]);
  return keys
    ? `SELECT s.seq AS span, ${VALUE_COLUMNS} FROM span s JOIN ${owner}_attribute a ON a.${owner} = s.${owner} JOIN pair p ON p.id = a.pair WHERE (${keys}) AND p.type <> ${ValueType.other} AND s.seq IN (${spans})`
    : undefined;
}

/** The value of a row of `pair`. */
export function anyValue(row: Readonly<Record<string, unknown>>): AnyValueJson {
  switch (row.type) {
    case ValueType.int:
      return { intValue: String(row.integer) };
    case ValueType.float:
      return { doubleValue: jsonDouble(row.number as number) };
    case ValueType.bool:
      return { boolValue: row.number === 1 };
    default:
      return { stringValue: (row.text as string | null) ?? '' };
  }
}

/** JSON knows no infinities and no NaN: protobuf's JSON mapping writes them as strings. */
export function jsonDouble(value: number): number | string {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
