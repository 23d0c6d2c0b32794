import { offeredTokens, tagOf, type TraceqlVocabulary } from './offered-tokens';

const VOCABULARY: TraceqlVocabulary = {
  tags: async () => [
    { scope: 'resource', key: 'service.name' },
    { scope: 'span', key: 'with space' },
    { scope: 'any', key: 'region' },
    { scope: 'intrinsic', key: 'duration' },
  ],
  tagValues: async ({ scope, key }) => (scope === 'span' && key === 'code' ? ['200', 'a "b"', 'true'] : []),
};

const texts = async (...[expected]: Parameters<typeof offeredTokens>) => (await offeredTokens(expected, VOCABULARY)).map(({ text }) => text);

test('fields are the source’s attributes as TraceQL writes them, and the intrinsic ones once', async () => {
  const fields = await texts({ kind: 'field' }, VOCABULARY);
  expect(fields).toEqual(expect.arrayContaining(['resource.service.name', 'span."with space"', '.region']));
  expect(fields.filter((text) => text === 'duration')).toHaveLength(1);
});

test('values are literals of their kind', async () => {
  expect(await texts({ kind: 'value', field: 'span.code' }, VOCABULARY)).toEqual(['200', '"a \\"b\\""', 'true']);
  expect(await texts({ kind: 'value', field: 'status' }, VOCABULARY)).toContain('error');
  expect(await texts({ kind: 'value', field: '__proto__' }, VOCABULARY)).toEqual([]);
});

test.each([
  ['span.http.route', { scope: 'span', key: 'http.route' }],
  ['.region', { scope: 'any', key: 'region' }],
  ['resource."a \\"b\\""', { scope: 'resource', key: 'a "b"' }],
  ['name', { scope: 'intrinsic', key: 'name' }],
])('%s is a tag', (field, tag) => {
  expect(tagOf(field)).toEqual(tag);
});
