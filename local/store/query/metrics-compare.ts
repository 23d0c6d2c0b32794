/**
 * `compare({ … })`: how often each attribute has each of its values, in the spans of the selection and in the others (the baseline).
 * The series are named by `__meta_type`; per attribute the most frequent values are listed, with the totals beside them.
 */
import type { Row } from '../database/readers';
import { Scope, ValueType } from '../ingest/attribute';
import type { Expression, IntrinsicName, MetricsFunction } from '../traceql/ast';
import { fieldsOf } from '../traceql/fields';
import { ConditionCompiler } from './condition-sql';
import type { QuerySql } from './dictionary-cache';
import { groupValue, type GroupValue } from './group-value';
import { IdLookups } from './id-lookups';
import type { MetricsRequest, Series } from './metrics';
import { groupSql, PipelineCompiler } from './pipeline-sql';
import { SqlScope } from './sql-scope';
import type { SeqBounds } from './trace-bounds';
import { ValueJoins } from './value-sql';

type Compare = Extract<MetricsFunction, { fn: 'compare' }>;

const INTRINSICS: readonly IntrinsicName[] = ['name', 'kind', 'status', 'statusMessage', 'rootName', 'rootServiceName', 'instrumentation:name', 'instrumentation:version'];
const SCOPE_NAMES: Readonly<Record<number, string>> = { [Scope.span]: 'span.', [Scope.resource]: 'resource.', [Scope.instrumentation]: 'instrumentation.' };
const NIL: GroupValue = { kind: 'nil' };

/** @param bucket SQL of the bucket of a span `r` */
export async function readComparison(query: QuerySql, request: MetricsRequest, compare: Compare, bounds: SeqBounds, bucket: string): Promise<Series[]> {
  const lookups = new IdLookups();
  const statement = (): string => comparisonSql(new SqlScope({ ...request, ...bounds }, lookups), request, compare, bucket);
  statement();
  await lookups.resolve(query);
  return comparisonSeries(await query(statement()), compare.topN);
}

/** One row a group (selected or not), bucket, attribute and value. */
function comparisonSql(scope: SqlScope, { query, spansFromNs, spansToNs }: MetricsRequest, { selection, startNs: fromNs, endNs: toNs }: Compare, bucket: string): string {
  const compiler = new PipelineCompiler(scope);
  const intrinsics = INTRINSICS.map((name) => ({ kind: 'intrinsic', name }) as const);
  const fields = [...intrinsics, ...(selection ? fieldsOf(selection) : [])];
  const relation = compiler.compile(query.pipeline, { fields, columns: ['start_ns', 'resource', 'instrumentation'] });
  const joins = new ValueJoins(scope, 'r');
  const isSelected = [selection ? new ConditionCompiler(scope, 'r', joins).condition(selection) : 'true', ...(fromNs && toNs ? [`r.start_ns >= ${fromNs} AND r.start_ns < ${toNs}`] : [])];
  const base = compiler.table('base', `SELECT r.*, ${bucket}::INTEGER AS bucket, (${isSelected.join(' AND ')}) AS selected FROM ${relation.name} r ${joins.sql} WHERE r.start_ns BETWEEN ${spansFromNs} AND ${spansToNs}`);
  const shared = (owner: 'resource' | 'instrumentation'): string =>
    `SELECT g.selected, g.bucket, a.pair, g.spans FROM (SELECT selected, bucket, ${owner}, count(*) AS spans FROM ${base} GROUP BY ALL) g JOIN ${owner}_attribute a ON a.${owner} = g.${owner}`;
  const counted = compiler.table('counted', `SELECT b.selected, b.bucket, a.pair, count(*) AS spans FROM ${base} b JOIN attribute a ON a.span = b.seq WHERE ${scope.attributeCondition('a')} GROUP BY ALL
    UNION ALL ${shared('resource')} UNION ALL ${shared('instrumentation')}`);
  // An array has a row an element; its first stands for it.
  const pairs = compiler.table('named', `SELECT id, any_value(scope) AS scope, any_value(key) AS key, any_value(type) AS type, any_value(text) AS text, any_value(number) AS number, any_value(integer) AS integer
    FROM pair WHERE id IN (SELECT pair FROM ${counted}) AND scope IN (${Object.keys(SCOPE_NAMES).join(', ')}) AND type <> ${ValueType.other} GROUP BY id`);
  const pairValue = groupSql({ kind: 'attribute', type: 'p.type', text: 'p.text', number: 'p.number', integer: 'p.integer' });
  const rows = [
    `SELECT c.selected, c.bucket, p.scope, p.key, ${pairValue.type} AS type, ${pairValue.text} AS text, sum(c.spans)::DOUBLE AS spans FROM ${counted} c JOIN ${pairs} p ON p.id = c.pair GROUP BY ALL`,
    ...intrinsics.map((field) => intrinsicSql(scope, base, field)),
  ];
  return `${compiler.with} ${rows.join(' UNION ALL ')}`;
}

function intrinsicSql(scope: SqlScope, base: string, field: Extract<Expression, { kind: 'intrinsic' }>): string {
  const joins = new ValueJoins(scope, 'r');
  const { type, text } = groupSql(joins.valueOf(field));
  return `SELECT r.selected, r.bucket, ${Scope.intrinsic}, '${field.name}', ${type}, ${text}, count(*)::DOUBLE FROM ${base} r ${joins.sql} GROUP BY ALL`;
}

interface Counted {
  readonly value: GroupValue;
  readonly samples: Map<number, number>;
  total: number;
}

function comparisonSeries(rows: readonly Row[], topN: number): Series[] {
  const groups = { baseline: new Map<string, Map<string, Counted>>(), selection: new Map<string, Map<string, Counted>>() };
  for (const row of rows) {
    const values = entry(groups[row.selected ? 'selection' : 'baseline'], `${SCOPE_NAMES[row.scope as number] ?? ''}${row.key as string}`, () => new Map<string, Counted>());
    const counted = entry(values, `${row.type as number} ${row.text as string | null}`, () => ({ value: groupValue(row.type as number, row.text as string | null), samples: new Map(), total: 0 }));
    counted.samples.set(row.bucket as number, (counted.samples.get(row.bucket as number) ?? 0) + (row.spans as number));
    counted.total += row.spans as number;
  }
  const series: Series[] = [];
  for (const [kind, attributes] of Object.entries(groups)) {
    for (const [key, values] of attributes) {
      const ranked = [...values.values()].sort((a, b) => b.total - a.total || (JSON.stringify(a.value) < JSON.stringify(b.value) ? -1 : 1));
      ranked.slice(0, topN).forEach(({ value, samples }) => series.push(oneSeries(kind, key, value, samples)));
      series.push(oneSeries(`${kind}_total`, key, NIL, sumOf(ranked)));
    }
  }
  return series;
}

function oneSeries(meta: string, key: string, value: GroupValue, samples: ReadonlyMap<number, number>): Series {
  return { labels: [{ key: '__meta_type', value: { kind: 'string', value: meta } }, { key, value }], samples, exemplars: [] };
}

function sumOf(values: readonly Counted[]): Map<number, number> {
  const sum = new Map<number, number>();
  values.forEach(({ samples }) => samples.forEach((spans, bucket) => sum.set(bucket, (sum.get(bucket) ?? 0) + spans)));
  return sum;
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const created = create();
  map.set(key, created);
  return created;
}
