/** Which version of Jaeger's query API to talk, found out by asking. */
import { decodeUtf8 } from '../../trace';
import type { RequestOptions } from '../backend';
import type { ApiClient } from '../http/api-client';
import { decoded, expectSuccess } from '../http/expect-success';
import type { HttpResponse } from '../http/http-client';
import { asArray, asObject } from '../json';
import type { JaegerApi } from './jaeger-api';
import { JaegerV2 } from './jaeger-v2';
import { JaegerV3, searchParameters } from './jaeger-v3';

const PATH = '/api/v3/traces';

/** v3 where it is there; v2 where it is not, or where v3 does not look at tags and v2 is still there, which does. */
export async function openJaegerApi(client: ApiClient, nowMs: number, options: RequestOptions): Promise<JaegerApi> {
  const v3 = await probeV3(client, nowMs, options);
  if (v3 === 'missing') {
    return new JaegerV2(client);
  }
  return v3 === 'ignoresTags' && (await hasV2Search(client, options)) ? new JaegerV2(client) : new JaegerV3(client, v3 === 'takesTags');
}

/**
 * Searches with tags that are no JSON: who reads them refuses them, who does not finds nothing. An older Jaeger answers the
 * path with 404, or with the page of its UI, which it serves for every path it does not know.
 *
 * @throws BackendError for any other answer that is not 2xx: that says nothing about versions
 */
async function probeV3(client: ApiClient, nowMs: number, { signal }: RequestOptions): Promise<'missing' | 'takesTags' | 'ignoresTags'> {
  const nothing = { service: 'veza-probe', operation: undefined, minDurationNs: undefined, maxDurationNs: undefined, range: { fromMs: nowMs - 1000, toMs: nowMs }, limit: 1 };
  const answer = await client.send({ path: PATH, query: searchParameters({ ...nothing, tags: '{' }), signal });
  const members = jsonObject(answer, PATH);
  const isV3 = 'error' in members || 'result' in members;
  if (isV3 && answer.status === 400) {
    return 'takesTags';
  }
  if (isV3 && (answer.status === 404 || answer.status === 200)) {
    return 'ignoresTags';
  }
  const isMissing = answer.status === 404 || answer.status === 405 || answer.status === 501;
  const isPage = answer.mediaType === 'text/html' || answer.body[0] === '<'.charCodeAt(0);
  if (!isMissing && !(answer.status === 200 && isPage)) {
    expectSuccess(answer, PATH);
  }
  return 'missing';
}

/** Whether the search of v2 is there: versions of 2026 have v3 only. */
async function hasV2Search(client: ApiClient, { signal }: RequestOptions): Promise<boolean> {
  const path = '/api/services';
  const answer = await client.send({ path, signal });
  const { data } = jsonObject(answer, path);
  return answer.status === 200 && (data === null || asArray(data).length > 0);
}

/** Empty where the answer is none, such as a page. @throws BackendError of kind `format` where it is one that was cut off */
function jsonObject({ body }: HttpResponse, path: string): Readonly<Record<string, unknown>> {
  return body[0] === '{'.charCodeAt(0) ? asObject(decoded(path, (): unknown => JSON.parse(decodeUtf8(body)))) : {};
}
