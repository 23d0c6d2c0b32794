/**
 * Pipelines of TraceQL as common table expressions. Every stage is a relation of spans: `trace`, `seq`, the span columns that later
 * stages need, and a column for each grouping and aggregate so far.
 */
import { ValueType } from '../ingest/attribute';
import type { Aggregate, Expression, Field, IntrinsicName, Pipeline, Spanset, Stage } from '../traceql/ast';
import { type AskedValues, askedValues, fieldReads, type FieldUses } from '../traceql/field-uses';
import { fieldsOfStage } from '../traceql/fields';
import { describe } from '../traceql/validate';
import { ConditionCompiler } from './condition-sql';
import { type OthersSide, relatedSeqs } from './related-spans';
import type { SqlScope } from './sql-scope';
import { isIntegerSql, numberSql, type SqlValue } from './sql-value';
import { ValueJoins } from './value-sql';

/** Types of grouping values beyond those of attributes. */
export const GroupType = { ...ValueType, nil: 9, keyword: 10, duration: 11 } as const;

/** A value that a stage gave to a set of spans: what `by()` grouped them by, or an aggregate. */
export interface SetColumn {
  /** As the answer names it: `by(name)`, `count()`. */
  readonly label: string;
  readonly column: string;
  readonly kind: 'group' | 'count' | 'duration' | 'number';
}

export interface Relation {
  readonly name: string;
  readonly set: readonly SetColumn[];
}

const STATUS_SQL = (sql: string): string => `(CASE ${sql} WHEN 2 THEN 'error' WHEN 1 THEN 'ok' ELSE 'unset' END)`;
const KIND_SQL = (sql: string): string => `(CASE ${sql} WHEN 1 THEN 'internal' WHEN 2 THEN 'server' WHEN 3 THEN 'client' WHEN 4 THEN 'producer' WHEN 5 THEN 'consumer' ELSE 'unspecified' END)`;

const COLUMNS_OF: Readonly<Partial<Record<IntrinsicName, readonly string[]>>> = {
  duration: ['duration_ns'], name: ['name'], status: ['status'], kind: ['kind'], statusMessage: ['status_message'], spanID: ['span_id'], parentID: ['parent_id'],
  nestedSetLeft: ['nested_left'], nestedSetRight: ['nested_right'], nestedSetParent: ['nested_parent'], childCount: ['nested_left'],
  'instrumentation:name': ['instrumentation'], 'instrumentation:version': ['instrumentation'],
};

export class PipelineCompiler {
  readonly scope: SqlScope;
  readonly tables: string[] = [];
  private columns: readonly string[] = [];
  private uses: FieldUses = new Map();
  private asked: AskedValues = new Map();

  constructor(scope: SqlScope) {
    this.scope = scope;
  }

  /** @param further what the caller reads from the result: fields, and columns of `span` */
  compile(pipeline: Pipeline, further: { readonly fields?: readonly Field[]; readonly columns?: readonly string[] } = {}): Relation {
    const { fields = [], columns = [] } = further;
    this.uses = fieldReads(pipeline, fields);
    this.asked = askedValues(pipeline);
    this.columns = ['trace', 'seq', ...columnsNeeded(pipeline, [...columns, ...fields.flatMap(columnsOfField)])];
    return this.pipeline(pipeline);
  }

  /** The WITH clause of everything compiled so far. */
  get with(): string {
    return `WITH ${this.tables.join(',\n')}`;
  }

  table(prefix: string, sql: string): string {
    const name = this.scope.name(prefix);
    this.tables.push(`${name} AS (${sql})`);
    return name;
  }

  private pipeline({ spanset, stages }: Pipeline): Relation {
    return stages.reduce((relation, stage) => this.stage(relation, stage), { name: this.spanset(spanset), set: [] } as Relation);
  }

  /** @param base what a stage works on; all spans without it */
  private spanset(set: Spanset, base?: Relation): string {
    const columns = (alias: string): string => [...this.columns, ...(base?.set ?? []).flatMap(columnsOfSet)].map((column) => `${alias}.${column}`).join(', ');
    switch (set.kind) {
      case 'filter':
        return base ? this.filterOf(base, set.condition) : this.filter(set.condition);
      case 'pipeline': {
        const inner = this.pipeline(set.pipeline);
        return this.table('plain', `SELECT ${columns('r')} FROM ${inner.name} r`);
      }
      case 'and':
      case 'or': {
        const [left, right] = [this.spanset(set.left, base), this.spanset(set.right, base)];
        const both = `SELECT ${columns('l')} FROM ${left} l UNION SELECT ${columns('r')} FROM ${right} r`;
        const isIn = (side: string): string => (base ? `EXISTS (SELECT 1 FROM ${side} e WHERE ${keysOfSet(base).map((key) => `e.${key} IS NOT DISTINCT FROM u.${key}`).join(' AND ')})` : `u.trace IN (SELECT trace FROM ${side})`);
        return this.table(set.kind, set.kind === 'or' ? both : `SELECT * FROM (${both}) u WHERE ${isIn(left)} AND ${isIn(right)}`);
      }
      case 'relation': {
        const [left, right] = [this.spanset(set.left, base), this.spanset(set.right, base)];
        const related = (rows: string, others: string, othersSide: OthersSide, join: 'SEMI' | 'ANTI'): string =>
          `SELECT ${columns('b')} FROM ${rows} b ${join} JOIN (${relatedSeqs(set.op, rows, others, othersSide, keysOfSet(base))}) USING (seq)`;
        switch (set.mode) {
          case 'plain':
            return this.table('related', related(right, left, 'left', 'SEMI'));
          case 'negated':
            return this.table('unrelated', related(right, left, 'left', 'ANTI'));
          case 'negated beside':
            return this.table('unrelated', `${related(right, left, 'left', 'ANTI')} WHERE b.trace IN (SELECT trace FROM ${left})`);
          case 'union':
            return this.table('united', `${related(right, left, 'left', 'SEMI')} UNION ${related(left, right, 'right', 'SEMI')}`);
        }
      }
    }
  }

  private filter(condition: Expression | undefined): string {
    const joins = new ValueJoins(this.scope, 's');
    const where = condition ? new ConditionCompiler(this.scope, 's', joins, this.uses).condition(condition) : 'true';
    return this.table('spans', `SELECT ${this.columns.map((column) => `s.${column}`).join(', ')} FROM span s ${joins.sql} WHERE ${this.scope.spanCondition('s')} AND ${where}`);
  }

  private filterOf(base: Relation, condition: Expression | undefined): string {
    const joins = new ValueJoins(this.scope, 'r');
    const where = condition ? new ConditionCompiler(this.scope, 'r', joins, this.uses).condition(condition) : 'true';
    return this.table('filtered', `SELECT r.* FROM ${base.name} r ${joins.sql} WHERE ${where}`);
  }

  private stage(relation: Relation, stage: Stage): Relation {
    switch (stage.kind) {
      case 'select':
        return relation;
      case 'coalesce':
        return { name: relation.name, set: [] };
      case 'spanset':
        return { ...relation, name: this.spanset(stage.spanset, relation) };
      case 'by': {
        const joins = new ValueJoins(this.scope, 'r', this.asked);
        const { type, text } = groupSql(joins.valueOf(stage.expression));
        const column = this.scope.name('g');
        const name = this.table('grouped', `SELECT r.*, ${type} AS ${column}_type, ${text} AS ${column} FROM ${relation.name} r ${joins.sql}`);
        return { name, set: [...relation.set, { label: `by(${describe(stage.expression)})`, column, kind: 'group' }] };
      }
      case 'aggregate':
        return this.aggregate(relation, stage);
    }
  }

  private aggregate(relation: Relation, { aggregate, op, value }: Extract<Stage, { kind: 'aggregate' }>): Relation {
    const joins = new ValueJoins(this.scope, 'r');
    const argument = aggregate.fn === 'count' ? undefined : joins.valueOf(aggregate.of);
    const sql = argument ? `${aggregate.fn}(${numberSql(argument)})` : 'count(*)::DOUBLE';
    const column = this.scope.name('n');
    const keys = keysOfSet(relation);
    const literal = new ValueJoins(this.scope, 'r').valueOf(value);
    const integers = argument && aggregate.fn !== 'avg' ? `bool_and(${isIntegerSql(argument)})` : 'false';
    const sets = this.table('sets', `SELECT ${keys.map((key) => `r.${key}`).join(', ')}, ${sql} AS ${column}, ${integers} AS ${column}_type FROM ${relation.name} r ${joins.sql} GROUP BY ALL HAVING ${column} ${op === '!=' ? '<>' : op} ${numberSql(literal)}`);
    const on = keys.map((key) => `r.${key} IS NOT DISTINCT FROM k.${key}`).join(' AND ');
    const name = this.table('kept', `SELECT r.*, k.${column}, k.${column}_type FROM ${relation.name} r JOIN ${sets} k ON ${on}`);
    return { name, set: [...relation.set, { label: labelOf(aggregate), column, kind: aggregate.fn === 'count' ? 'count' : argument?.kind === 'number' && argument.unit === 'duration' ? 'duration' : 'number' }] };
  }
}

/** The columns that a stage added for a value: itself and its type, a GroupType or, of an aggregate, whether it is an integer. */
export function columnsOfSet({ column }: SetColumn): string[] {
  return [column, `${column}_type`];
}

/** The columns that are the same for rows of one span set: of one trace and one group. */
function keysOfSet(base: Relation | undefined): string[] {
  return ['trace', ...(base?.set ?? []).filter(({ kind }) => kind === 'group').flatMap(columnsOfSet)];
}

function labelOf(aggregate: Aggregate): string {
  return aggregate.fn === 'count' ? 'count()' : `${aggregate.fn}(${describe(aggregate.of)})`;
}

/** A value to group by: its type (a number of GroupType) and itself as text. */
export function groupSql(value: SqlValue): { type: string; text: string } {
  switch (value.kind) {
    case 'nil':
      return { type: String(GroupType.nil), text: 'NULL' };
    case 'text':
      return { type: `(CASE WHEN ${value.sql} IS NULL THEN ${GroupType.nil} ELSE ${GroupType.string} END)`, text: value.sql };
    case 'bool':
      return { type: String(GroupType.bool), text: `${value.sql}::VARCHAR` };
    case 'status':
      return { type: String(GroupType.keyword), text: STATUS_SQL(value.sql) };
    case 'kind':
      return { type: String(GroupType.keyword), text: KIND_SQL(value.sql) };
    case 'number': {
      if (value.unit === 'duration') {
        return { type: String(GroupType.duration), text: `${value.sql}::VARCHAR` };
      }
      const isInteger = isIntegerSql(value);
      return { type: `(CASE WHEN ${value.sql} IS NULL THEN ${GroupType.nil} WHEN ${isInteger} THEN ${GroupType.int} ELSE ${GroupType.float} END)`, text: `(CASE WHEN ${isInteger} THEN ${value.sql}::BIGINT::VARCHAR ELSE ${value.sql}::VARCHAR END)` };
    }
    case 'attribute': {
      const text = `(CASE ${value.type} WHEN ${ValueType.string} THEN ${value.text} WHEN ${ValueType.bool} THEN (${value.number} = 1)::VARCHAR WHEN ${ValueType.int} THEN ${value.integer}::VARCHAR ELSE ${value.number}::VARCHAR END)`;
      return { type: `coalesce(${value.type}, ${GroupType.nil})`, text };
    }
  }
}

/** The columns of `span` that a field's value is found through, beyond `trace` and `seq`. */
export function columnsOfField(field: Field): readonly string[] {
  if (field.kind === 'intrinsic') {
    return COLUMNS_OF[field.name] ?? [];
  }
  return field.scope === 'instrumentation' ? ['instrumentation'] : field.scope === 'any' || field.scope === 'resource' ? ['resource'] : [];
}

function columnsNeeded(pipeline: Pipeline, extra: readonly string[]): string[] {
  const needed = new Set(extra);
  const visitSpanset = (set: Spanset): void => {
    if (set.kind === 'pipeline') {
      visitSpanset(set.pipeline.spanset);
      set.pipeline.stages.forEach(visitStage);
    } else if (set.kind !== 'filter') {
      if (set.kind === 'relation') {
        ['nested_left', 'nested_right', 'nested_parent'].forEach((column) => needed.add(column));
      }
      visitSpanset(set.left);
      visitSpanset(set.right);
    }
  };
  const visitStage = (stage: Stage): void => {
    if (stage.kind === 'spanset') {
      visitSpanset(stage.spanset);
    }
    fieldsOfStage(stage).flatMap(columnsOfField).forEach((column) => needed.add(column));
  };
  visitSpanset(pipeline.spanset);
  pipeline.stages.forEach(visitStage);
  needed.delete('trace');
  needed.delete('seq');
  return [...needed];
}
