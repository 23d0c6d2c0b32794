import { answerOf, goldenCases, hasShared } from '../../../testing/golden';
import type { TagValuesQuery, TimeRangeMs } from '../backend';
import { ApiClient } from '../http/api-client';
import { tempoTags, tempoTagValues } from './tempo-tags';

const range: TimeRangeMs = { fromMs: 1_795_334_400_000, toMs: 1_795_338_000_000 };
const VALUES_OF: TagValuesQuery = { tag: { scope: 'resource', key: 'service.name' }, range };

interface Scopes {
  readonly scopes?: ReadonlyArray<{ readonly name: string; readonly tags?: readonly string[] }>;
}

(hasShared ? describe : describe.skip).each(['tempo-2.7.1', 'tempo-3.0.3'])('tags of %s', (server) => {
  const cases = (wanted: string) => (hasShared ? goldenCases(server) : []).filter(({ group }) => group === wanted);
  const clientOf = (golden: ReturnType<typeof goldenCases>[number]) => new ApiClient(async () => answerOf(golden));
  const answered = (group: string) => cases(group).filter(({ response }) => response.status === 200);
  const refused = (group: string) => cases(group).filter(({ response }) => response.status >= 400);

  it('every list of tags gives those of spans, resources and intrinsics, sorted', async () => {
    expect(answered('tags-v2').length).toBeGreaterThan(10);
    for (const golden of answered('tags-v2')) {
      const tags = await tempoTags(clientOf(golden), range, {});
      const { scopes = [] } = golden.response.json as Scopes;
      const wanted = scopes.filter(({ name }) => ['span', 'resource', 'intrinsic'].includes(name)).flatMap(({ name, tags: keys = [] }) => keys.map((key) => `${name} ${key}`));
      expect([golden.name, tags.map(({ scope, key }) => `${scope} ${key}`)]).toEqual([golden.name, wanted.sort()]);
    }
  });

  it('every list of values gives them once, sorted', async () => {
    expect(answered('tag-values-v2').length).toBeGreaterThan(50);
    for (const golden of answered('tag-values-v2')) {
      const { tagValues = [] } = golden.response.json as { tagValues?: ReadonlyArray<{ readonly value: string }> };
      const wanted = [...new Set(tagValues.map(({ value }) => value))].sort();
      expect([golden.name, await tempoTagValues(clientOf(golden), VALUES_OF, {})]).toEqual([golden.name, wanted]);
    }
  });

  it('every refusal is told in the words of Tempo', async () => {
    for (const golden of refused('tags-v2')) {
      await expect(tempoTags(clientOf(golden), range, {})).rejects.toMatchObject({ kind: 'http', message: expect.stringContaining(String(golden.response.text).trim().slice(0, 30)) });
    }
    for (const golden of refused('tag-values-v2')) {
      await expect(tempoTagValues(clientOf(golden), VALUES_OF, {})).rejects.toMatchObject({ kind: 'http', message: expect.stringContaining(String(golden.response.text).trim().slice(0, 30)) });
    }
  });
});
