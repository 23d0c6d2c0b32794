/** What `!>` and its like mean to Tempo 2.7: a trace without a span of the left side has nothing to be unrelated to, and is not found. */
import type { Pipeline, Query, Spanset } from './ast';

/** The same query, written so that the store finds what Tempo 2.7 does. */
export function withNegationOfTempo27(query: Query): Query {
  return { ...query, pipeline: inPipeline(query.pipeline) };
}

function inPipeline(pipeline: Pipeline): Pipeline {
  return {
    spanset: inSpanset(pipeline.spanset),
    stages: pipeline.stages.map((stage) => (stage.kind === 'spanset' ? { ...stage, spanset: inSpanset(stage.spanset) } : stage)),
  };
}

function inSpanset(set: Spanset): Spanset {
  switch (set.kind) {
    case 'filter':
      return set;
    case 'pipeline':
      return { ...set, pipeline: inPipeline(set.pipeline) };
    case 'relation':
      return { ...set, mode: set.mode === 'negated' ? 'negated beside' : set.mode, left: inSpanset(set.left), right: inSpanset(set.right) };
    default:
      return { ...set, left: inSpanset(set.left), right: inSpanset(set.right) };
  }
}
