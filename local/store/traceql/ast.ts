/** TraceQL as data. Durations are in nanoseconds. */

export type AttributeScope = 'any' | 'span' | 'resource' | 'event' | 'link' | 'instrumentation';

export interface AttributeField {
  readonly kind: 'attribute';
  readonly scope: AttributeScope;
  readonly name: string;
}

/** One name an intrinsic; the parser maps the short and the scoped spelling (`name`, `span:name`) to it. */
export const INTRINSICS = [
  'duration', 'name', 'status', 'statusMessage', 'kind', 'childCount', 'spanID', 'parentID', 'nestedSetLeft', 'nestedSetRight', 'nestedSetParent',
  'traceID', 'traceDuration', 'rootName', 'rootServiceName', 'event:name', 'event:timeSinceStart', 'link:traceID', 'link:spanID',
  'instrumentation:name', 'instrumentation:version',
] as const;
export type IntrinsicName = (typeof INTRINSICS)[number];

export interface IntrinsicField {
  readonly kind: 'intrinsic';
  readonly name: IntrinsicName;
}

export type Field = AttributeField | IntrinsicField;

export type Static =
  | { readonly kind: 'static'; readonly type: 'string'; readonly value: string }
  | { readonly kind: 'static'; readonly type: 'int'; readonly value: bigint }
  | { readonly kind: 'static'; readonly type: 'float'; readonly value: number }
  | { readonly kind: 'static'; readonly type: 'bool'; readonly value: boolean }
  | { readonly kind: 'static'; readonly type: 'duration'; readonly value: number; readonly text: string }
  | { readonly kind: 'static'; readonly type: 'status'; readonly value: number; readonly text: string }
  | { readonly kind: 'static'; readonly type: 'kind'; readonly value: number; readonly text: string }
  | { readonly kind: 'static'; readonly type: 'nil' };

export type ComparisonOp = '=' | '!=' | '<' | '<=' | '>' | '>=' | '=~' | '!~';
export type ArithmeticOp = '+' | '-' | '*' | '/' | '%' | '^';
export type BinaryOp = ComparisonOp | ArithmeticOp | '&&' | '||';

export interface Binary {
  readonly kind: 'binary';
  readonly op: BinaryOp;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary {
  readonly kind: 'unary';
  readonly op: '!' | '-';
  readonly operand: Expression;
}

export type Expression = Field | Static | Binary | Unary;

export type RelationOp = '>' | '>>' | '<' | '<<' | '~';

export type Spanset =
  | { readonly kind: 'filter'; readonly condition: Expression | undefined }
  | { readonly kind: 'and' | 'or'; readonly left: Spanset; readonly right: Spanset }
  /** `left op right`: the spans of right that stand in this relation to one of left; union: those of left too; negated: those that do not. */
  /** `negated beside`: in traces that have a span of the left side only. */
  | { readonly kind: 'relation'; readonly op: RelationOp; readonly mode: 'plain' | 'negated' | 'negated beside' | 'union'; readonly left: Spanset; readonly right: Spanset }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline };

export type Aggregate = { readonly fn: 'count' } | { readonly fn: 'avg' | 'min' | 'max' | 'sum'; readonly of: Expression };

export type Stage =
  /** Of the spans so far; without pipelines. */
  | { readonly kind: 'spanset'; readonly spanset: Spanset }
  | { readonly kind: 'by'; readonly expression: Expression }
  | { readonly kind: 'coalesce' }
  | { readonly kind: 'select'; readonly fields: readonly Field[] }
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate; readonly op: ComparisonOp; readonly value: Static };

export interface Pipeline {
  readonly spanset: Spanset;
  readonly stages: readonly Stage[];
}

export type MetricsFunction =
  | { readonly fn: 'rate' | 'count_over_time' }
  | { readonly fn: 'min_over_time' | 'max_over_time' | 'avg_over_time' | 'sum_over_time' | 'histogram_over_time'; readonly of: Field }
  | { readonly fn: 'quantile_over_time'; readonly of: Field; readonly quantiles: readonly number[] }
  | { readonly fn: 'compare'; readonly selection: Expression | undefined; readonly topN: number; readonly startNs: bigint | undefined; readonly endNs: bigint | undefined };

export type SecondStage =
  | { readonly kind: 'topk' | 'bottomk'; readonly limit: number }
  | { readonly kind: 'threshold'; readonly op: ComparisonOp; readonly value: number };

export interface Metrics {
  readonly function: MetricsFunction;
  readonly by: readonly Field[];
  readonly second: readonly SecondStage[];
}

export interface Query {
  readonly pipeline: Pipeline;
  readonly metrics: Metrics | undefined;
  readonly hints: Readonly<Record<string, Static>>;
}
