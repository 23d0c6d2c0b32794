/** Instant queries to a Prometheus (`/api/v1/query`), through the data source proxy like everything else. */
import type { RequestOptions } from '../backend';
import type { ApiClient } from '../http/api-client';
import { BackendError } from '../http/http-client';
import { asArray, asNumber, asObject, asText } from '../json';

export interface PromSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const PATH = '/api/v1/query';

/** @throws BackendError of kind `format` where the answer is no vector */
export async function instantVector(client: ApiClient, promql: string, timeMs: number, { signal }: RequestOptions): Promise<PromSeries[]> {
  const { data, error } = asObject(await client.json({ path: PATH, query: { query: promql, time: timeMs / 1000 }, signal }));
  const { resultType, result } = asObject(data);
  if (resultType !== 'vector') {
    throw new BackendError('format', `The answer to ${PATH} is no vector${asText(error) ? `: ${asText(error)}` : '; is this data source a Prometheus?'}`, { path: PATH });
  }
  return asArray(result).flatMap((series): PromSeries[] => {
    const { metric, value } = asObject(series);
    const figure = asNumber(asArray(value)[1]);
    const labels = Object.entries(asObject(metric)).flatMap(([key, text]): Array<[string, string]> => (typeof text === 'string' ? [[key, text]] : []));
    return figure === undefined ? [] : [{ labels: Object.fromEntries(labels), value: figure }];
  });
}

/** A string literal of PromQL, whatever the text holds. */
export const promqlString = (text: string): string => JSON.stringify(text);
