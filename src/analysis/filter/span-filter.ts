/** Span filters run over the columns of a set; attributes are read from the received bytes, the one that is asked for only. */
import { NO_PARENT, SPAN_KIND_NAMES, STATUS_CODE_NAMES, StatusCode, type AnyValue, type Attribute, type TraceSet } from '../../trace';
import { compileFilter, type Leaves, type Predicate } from './compile';
import type { Comparison, FilterExpression, FilterProblem } from './expression';
import { parseFilter } from './parse';
import { SPAN_VOCABULARY, type AttributeScope, type SpanField, type SpanIntrinsic } from './span-vocabulary';
import { anyValueTest, booleanTest, numberTest, textTest } from './value-tests';

/** A compiled filter. */
export interface SpanFilter {
  /** 1 a row that matches. */
  run(set: TraceSet): Uint8Array;
  /** The question asked of one row at a time, for those who must pause between. */
  testOf(set: TraceSet): (row: number) => boolean;
}

export type CompiledSpanFilter =
  | { readonly kind: 'filter'; readonly filter: SpanFilter }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly problem: FilterProblem };

/** Compiles a filter such as `service = api and duration > 100ms and span.http.route =~ "^/users"` (grammar: parse.ts). */
export function compileSpanFilter(text: string): CompiledSpanFilter {
  const parsed = parseFilter(text, SPAN_VOCABULARY);
  return parsed.kind === 'filter' ? { kind: 'filter', filter: spanFilter(parsed.expression) } : parsed;
}

function spanFilter(expression: FilterExpression<SpanField>): SpanFilter {
  const testOf = (set: TraceSet) => compileFilter(expression, new SpanLeaves(set)).test;
  return {
    testOf,
    run(set) {
      const matches = new Uint8Array(set.spanCount);
      const test = testOf(set);
      for (let row = 0; row < matches.length; row++) {
        matches[row] = test(row) ? 1 : 0;
      }
      return matches;
    },
  };
}

type RowPredicate = Predicate<number>;

/** What a test costs a row: a column, an attribute of the bytes, the whole detail. */
const Cost = { column: 1, attribute: 20, detail: 200 } as const;

class SpanLeaves implements Leaves<SpanField, number> {
  constructor(private readonly set: TraceSet) {}

  compare(field: SpanField, comparison: Comparison): RowPredicate {
    switch (field.kind) {
      case 'intrinsic':
        return this.compareIntrinsic(field.name, comparison);
      case 'attribute':
        return this.attribute(field.scope, field.key, anyValueTest(comparison));
      case 'eventName':
        return this.eventName(textTest(comparison));
    }
  }

  exists(field: SpanField): RowPredicate {
    switch (field.kind) {
      case 'intrinsic':
        return this.intrinsicExists(field.name);
      case 'attribute':
        return this.attribute(field.scope, field.key, (value) => !(value.kind === 'bool' && !value.value));
      case 'eventName':
        return this.eventName(() => true);
    }
  }

  /** Looks for the text in the names, in either case. */
  text(text: string): RowPredicate {
    const wanted = text.toLowerCase();
    const contains = (name: string) => name.toLowerCase().includes(wanted);
    const { service, operation, services, operations } = this.set.columns;
    const inService = services.map(contains);
    const inOperation = operations.map(contains);
    return { cost: Cost.column, test: (row) => inService[service[row]] || inOperation[operation[row]] };
  }

  private compareIntrinsic(name: SpanIntrinsic, comparison: Comparison): RowPredicate {
    const column = this.column(name);
    switch (column.kind) {
      case 'number': {
        const test = numberTest(comparison);
        return { cost: Cost.column, test: (row) => test(column.of(row)) };
      }
      case 'boolean': {
        const test = booleanTest(comparison);
        const [ifFalse, ifTrue] = [test(false), test(true)];
        return { cost: Cost.column, test: (row) => (column.of(row) ? ifTrue : ifFalse) };
      }
      case 'table': {
        const answers = column.table.map(textTest(comparison));
        return { cost: Cost.column, test: (row) => answers[column.of(row)] };
      }
      case 'text': {
        const test = textTest(comparison);
        return { cost: column.cost, test: (row) => test(column.of(row)) };
      }
    }
  }

  private intrinsicExists(name: SpanIntrinsic): RowPredicate {
    const column = this.column(name);
    switch (column.kind) {
      case 'number':
        return { cost: Cost.column, test: (row) => column.of(row) > 0 };
      case 'boolean':
        return { cost: Cost.column, test: column.of };
      case 'table':
        return { cost: Cost.column, test: (row) => column.table[column.of(row)] !== '' };
      case 'text':
        return { cost: column.cost, test: (row) => column.of(row) !== '' };
    }
  }

  private column(name: SpanIntrinsic): Column {
    const { set } = this;
    const { columns } = set;
    const rootOf = (row: number) => rootRow(set, row);
    switch (name) {
      case 'name':
        return { kind: 'table', table: columns.operations, of: (row) => columns.operation[row] };
      case 'service':
        return { kind: 'table', table: columns.services, of: (row) => columns.service[row] };
      case 'kind':
        return { kind: 'table', table: SPAN_KIND_NAMES, of: (row) => columns.kind[row] };
      case 'status':
        return { kind: 'table', table: STATUS_CODE_NAMES, of: (row) => columns.status[row] };
      case 'rootName':
        return { kind: 'table', table: columns.operations, of: (row) => columns.operation[rootOf(row)] };
      case 'rootService':
        return { kind: 'table', table: columns.services, of: (row) => columns.service[rootOf(row)] };
      case 'duration':
        return { kind: 'number', of: (row) => columns.durationNs[row] };
      case 'self':
        return { kind: 'number', of: (row) => columns.selfNs[row] };
      case 'start':
        return { kind: 'number', of: (row) => columns.startNs[row] };
      case 'traceDuration':
        return { kind: 'number', of: (row) => columns.traceDurationNs[columns.trace[row]] };
      case 'depth':
        return { kind: 'number', of: (row) => columns.depth[row] };
      case 'descendants':
        return { kind: 'number', of: (row) => columns.subtreeSize[row] - 1 };
      case 'error':
        return { kind: 'boolean', of: (row) => columns.status[row] === StatusCode.error };
      case 'root':
        return { kind: 'boolean', of: (row) => columns.parent[row] === NO_PARENT };
      case 'repaired':
        return { kind: 'boolean', of: (row) => columns.repair[row] !== 0 };
      case 'spanId':
        return { kind: 'text', cost: Cost.attribute, of: (row) => set.spanId(row) };
      case 'traceId':
        return { kind: 'text', cost: Cost.attribute, of: (row) => set.traceId(set.traceOf(row)) };
      case 'statusMessage':
        return { kind: 'text', cost: Cost.detail, of: (row) => set.detail(row).statusMessage };
    }
  }

  private eventName(test: (name: string) => boolean): RowPredicate {
    return { cost: Cost.detail, test: (row) => this.set.detail(row).events.some(({ name }) => test(name)) };
  }

  /** A missing attribute matches nothing, `!=` included; write `not span.key = x` for the rest. */
  private attribute(scope: AttributeScope, key: string, test: (value: AnyValue) => boolean): RowPredicate {
    const { set } = this;
    const matches = (value: AnyValue | undefined) => value !== undefined && test(value);
    const someOf = (attributes: readonly Attribute[]) => attributes.some((attribute) => attribute.key === key && test(attribute.value));
    switch (scope) {
      case 'span':
        return { cost: Cost.attribute, test: (row) => matches(set.attribute(row, key)) };
      case 'resource':
        return this.byResource((row) => matches(set.resourceAttribute(row, key)));
      case 'any': {
        const ofResource = this.byResource((row) => matches(set.resourceAttribute(row, key)));
        return {
          cost: Cost.attribute + ofResource.cost,
          test: (row) => {
            const own = set.attribute(row, key);
            return own === undefined ? ofResource.test(row) : test(own);
          },
        };
      }
      case 'event':
        return { cost: Cost.detail, test: (row) => set.detail(row).events.some(({ attributes }) => someOf(attributes)) };
      case 'link':
        return { cost: Cost.detail, test: (row) => set.detail(row).links.some(({ attributes }) => someOf(attributes)) };
      case 'scope':
        return this.byScope((row) => someOf(set.scope(row).attributes));
    }
  }

  private byResource(test: (row: number) => boolean): RowPredicate {
    const { scope, scopeResource } = this.set.columns;
    return remembered(test, (row) => scopeResource[scope[row]]);
  }

  private byScope(test: (row: number) => boolean): RowPredicate {
    const { scope } = this.set.columns;
    return remembered(test, (row) => scope[row]);
  }
}

type Column =
  | { readonly kind: 'number'; readonly of: (row: number) => number }
  | { readonly kind: 'boolean'; readonly of: (row: number) => boolean }
  /** Rows point into a table, which is tested once. */
  | { readonly kind: 'table'; readonly table: readonly string[]; readonly of: (row: number) => number }
  | { readonly kind: 'text'; readonly cost: number; readonly of: (row: number) => string };

/** A test with the same answer for all rows of a group asks once a group. */
function remembered(test: (row: number) => boolean, groupOf: (row: number) => number): RowPredicate {
  const answers: boolean[] = [];
  return { cost: Cost.column, test: (row) => (answers[groupOf(row)] ??= test(row)) };
}

/** The first row of the trace: of several roots the earliest. */
function rootRow(set: TraceSet, row: number): number {
  return set.firstRow(set.traceOf(row));
}
