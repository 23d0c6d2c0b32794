import { withNegationOfTempo27 } from './negation-of-tempo27';
import { parseTraceQl } from './parser';

test('only negated relations change, wherever they are', () => {
  const { pipeline } = withNegationOfTempo27(parseTraceQl('({ name = "a" } !>> { }) > { name = "b" }'));
  expect(pipeline.spanset).toMatchObject({ kind: 'relation', mode: 'plain', left: { kind: 'pipeline', pipeline: { spanset: { mode: 'negated beside' } } } });
});
