/** Attribute names and values that a Tempo has seen (`/api/v2/search/tags` and `/tag/{name}/values`). */
import type { RequestOptions, Tag, TagValuesQuery, TimeRangeMs } from '../backend';
import { attributeName, toTraceql } from '../filter/traceql';
import type { ApiClient } from '../http/api-client';
import { asArray, asObject, asText, sortedTexts } from '../json';
import { secondsOf } from './tempo-range';

/** Names by scope: intrinsic, resource, span; within one as texts sort. @throws BackendError */
export async function tempoTags(client: ApiClient, range: TimeRangeMs, { signal }: RequestOptions): Promise<Tag[]> {
  const answer = asObject(await client.json({ path: '/api/v2/search/tags', query: secondsOf(range), signal }));
  return asArray(answer.scopes)
    .flatMap((scope): Tag[] => {
      const { name, tags } = asObject(scope);
      return name === 'span' || name === 'resource' || name === 'intrinsic' ? sortedTexts(asArray(tags)).map((key) => ({ scope: name, key })) : [];
    })
    .sort((a, b) => (a.scope < b.scope ? -1 : a.scope > b.scope ? 1 : 0));
}

/** The values of a tag as texts, sorted; of one service where the query names it. @throws BackendError */
export async function tempoTagValues(client: ApiClient, { tag, range, service }: TagValuesQuery, { signal }: RequestOptions): Promise<string[]> {
  const name = tag.scope === 'intrinsic' ? tag.key : attributeName(tag.scope, tag.key);
  const path = `/api/v2/search/tag/${encodeURIComponent(name)}/values`;
  // A filter that Tempo cannot read is ignored by it; this one is always read.
  const q = service ? toTraceql({ service }) : undefined;
  const answer = asObject(await client.json({ path, query: { ...secondsOf(range), q }, signal }));
  return sortedTexts(asArray(answer.tagValues).map((entry) => asText(asObject(entry).value)));
}
