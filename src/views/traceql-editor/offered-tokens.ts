import type { Tag } from '../../backends/backend';
import { attributeName, quoted } from '../../backends/filter/traceql';
import type { Expected } from './expected-token';

/** What a completion can ask of a source; each rejects as the source does. */
export interface TraceqlVocabulary {
  tags(): Promise<readonly Tag[]>;
  tagValues(tag: Tag): Promise<readonly string[]>;
}

export interface OfferedToken {
  readonly text: string;
  /** What it is, in a word or two. */
  readonly detail: string;
}

const MOST_VALUES = 300;

const offer = (detail: string, texts: readonly string[]): OfferedToken[] => texts.map((text) => ({ text, detail }));

const INTRINSICS = offer('intrinsic', [
  'name', 'duration', 'status', 'kind', 'statusMessage', 'rootName', 'rootServiceName', 'traceDuration', 'nestedSetParent',
  'event:name', 'instrumentation:name', 'link:traceID', 'trace:id', 'span:id',
]);
const COMPARISONS = offer('comparison', ['=', '!=', '=~', '!~', '>', '>=', '<', '<=']);
const CONNECTIVES = [...offer('and', ['&&']), ...offer('or', ['||']), ...offer('ends the span set', ['}'])];
const RELATIONS = [
  ...offer('then', ['|']), ...offer('both in a trace', ['&&']), ...offer('either in a trace', ['||']), ...offer('has descendant', ['>>']), ...offer('has child', ['>']),
  ...offer('has ancestor', ['<<']), ...offer('has parent', ['<']), ...offer('has sibling', ['~']),
];
const STAGES = [
  ...offer('aggregate', ['count()', 'avg(duration)', 'min(duration)', 'max(duration)', 'sum(duration)']), ...offer('groups spans', ['by(']), ...offer('fetches fields', ['select(']),
  ...offer('metric', ['rate()', 'count_over_time()', 'quantile_over_time(duration, .95)', 'histogram_over_time(duration)', 'min_over_time(duration)', 'max_over_time(duration)', 'avg_over_time(duration)']),
  ...offer('metric', ['topk(10)', 'bottomk(10)', 'compare({ status = error })']),
];
const FIXED_VALUES: Readonly<Record<string, readonly string[]>> = {
  status: ['error', 'ok', 'unset'],
  kind: ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'],
  duration: ['10ms', '100ms', '500ms', '1s'],
  traceDuration: ['100ms', '1s', '10s'],
};

/** The tokens that can stand at a place, most useful first. @throws what the vocabulary rejects with */
export async function offeredTokens(expected: Expected, vocabulary: TraceqlVocabulary): Promise<readonly OfferedToken[]> {
  switch (expected.kind) {
    case 'spanset':
      return offer('span set', ['{ ']);
    case 'comparison':
      return COMPARISONS;
    case 'connective':
      return CONNECTIVES;
    case 'relation':
      return RELATIONS;
    case 'stage':
      return STAGES;
    case 'field':
      return [...(await vocabulary.tags()).filter(({ scope }) => scope !== 'intrinsic').map(({ scope, key }) => ({ text: attributeName(scope === 'intrinsic' ? 'any' : scope, key), detail: scope })), ...INTRINSICS];
    case 'value':
      return offer('value', await valuesOf(expected.field, vocabulary));
  }
}

async function valuesOf(field: string, vocabulary: TraceqlVocabulary): Promise<readonly string[]> {
  if (Object.hasOwn(FIXED_VALUES, field)) {
    return FIXED_VALUES[field];
  }
  const values = await vocabulary.tagValues(tagOf(field));
  // Numbers and booleans stand without quotes; a text that looks like one is rarer, and is typed with them.
  return values.slice(0, MOST_VALUES).map((value) => (/^(-?\d+(\.\d+)?|true|false)$/.test(value) ? value : quoted(value)));
}

/** `span."with space"` → its scope and key; a field without a scope or a leading dot is intrinsic. */
export function tagOf(field: string): Tag {
  const [, scope, key] = /^(span|resource|)\.(.+)$/s.exec(field) ?? [];
  if (key === undefined) {
    return { scope: 'intrinsic', key: field };
  }
  const plain = /^"(.*)"$/s.exec(key)?.[1].replace(/\\(.)/gs, '$1') ?? key;
  return { scope: scope === 'span' || scope === 'resource' ? scope : 'any', key: plain };
}
