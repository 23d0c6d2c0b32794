import { withNegationOfTempo27 } from './negation-of-tempo27';
import { parseTraceQl } from './parser';

test.each([
  ['{ name = "a" } !>> { }', 'negated beside'],
  ['{ name = "a" } >> { }', 'plain'],
  ['{ name = "a" } &>> { }', 'union'],
])('%s is %s', (text, mode) => {
  expect(withNegationOfTempo27(parseTraceQl(text)).pipeline.spanset).toMatchObject({ kind: 'relation', mode });
});
