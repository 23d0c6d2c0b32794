/** @jest-environment jsdom */
import type * as util from 'node:util';
import { FieldType, toDataFrame } from '@grafana/data';
import type { HttpTransport } from '../../backends/http/http-client';
import { serviceMapOfMetrics } from '../../backends/service-graph-metrics/service-graph-metrics';
import { openBackend } from '../../backends/open-backend';
import { layOut } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';
import { PlacementMemory, placesOf, topologyOf } from '../../drawing/graph/stable-layout';
import { Random } from '../../trace/testing/random';
import { contentOfMap } from '../../views/service-map/content-of-map';
import { mapOfFrames } from '../../views/service-map/model-of-frames';
import { answerOfJson } from '../../../testing/json-answer';
import { loadMap } from './load-map';
import { mapRequestOf } from './map-request';

// jsdom has no text encoding, which the formats need when they are loaded.
jest.mock('@grafana/data', () => {
  const { TextEncoder, TextDecoder } = jest.requireActual<typeof util>('node:util');
  Object.assign(globalThis, { TextEncoder, TextDecoder });
  return jest.requireActual<object>('@grafana/data');
});
// The real package brings all of @grafana/ui along, which wants a browser.
jest.mock('@grafana/runtime', () => ({}));

const RANGE = { fromMs: 1_795_334_400_000, toMs: 1_795_338_000_000 };
const SERVICES = ['web', 'api', 'orders', 'stock', 'mail', 'search', 'billing'];

interface Call {
  readonly client: string;
  readonly server: string;
  readonly count: number;
}

/** The same calls with other counts and in another order, as a refresh answers them. */
function answered(random: Random): Call[] {
  const calls = SERVICES.slice(1).flatMap((server, at) => [SERVICES[at], SERVICES[at >> 1]].map((client) => ({ client, server, count: 1 + random.below(500) })));
  return [...new Map(calls.map((call) => [`${call.client} ${call.server}`, call])).values()].map((call) => ({ call, key: random.below(1e9) })).sort((a, b) => a.key - b.key).map(({ call }) => call);
}

const SOURCES: Readonly<Record<string, (calls: readonly Call[]) => Promise<MapModel>>> = {
  metrics: async (calls) => {
    const result = calls.map(({ client, server, count }) => ({ metric: { client, server }, value: [1, String(count)] }));
    const transport: HttpTransport = async ({ query }) =>
      answerOfJson({ status: 'success', data: { resultType: 'vector', result: String(query?.query).includes('request_total') ? result : [] } });
    return contentOfMap(await serviceMapOfMetrics(transport, { filter: {}, range: RANGE }), 'metrics').model;
  },
  dependencies: async (calls) => {
    const links = calls.map(({ client, server, count }) => ({ parent: client, child: server, callCount: count }));
    const zipkin = openBackend('zipkin', async ({ path }) => answerOfJson(path.endsWith('dependencies') ? links : []));
    const request = mapRequestOf(new URLSearchParams({ drawn: 'dependencies' }));
    return contentOfMap(await loadMap(zipkin, undefined, request, RANGE, {}), request.drawnFrom === 'traces' ? undefined : request.drawnFrom).model;
  },
  frames: async (calls) => {
    const strings = (name: string, values: string[]) => ({ name, type: FieldType.string, values, config: {} });
    const edges = toDataFrame({
      name: 'edges',
      fields: [
        strings('id', calls.map(({ client, server }) => `${client} ${server}`)),
        strings('source', calls.map(({ client }) => client)),
        strings('target', calls.map(({ server }) => server)),
        { name: 'detail__calls', type: FieldType.number, values: calls.map(({ count }) => count), config: {} },
      ],
    });
    return mapOfFrames([edges], { windowS: 3600, groupField: '' })!.model;
  },
};

describe.each(Object.keys(SOURCES))('a map drawn from %s', (source) => {
  it('keeps every node, and what is selected, where it is in ten refreshes', async () => {
    const random = new Random(6);
    const memory = new PlacementMemory();
    const first = await SOURCES[source](answered(random));
    const { ids, topology } = topologyOf(first);
    const places = placesOf(ids, layOut('layered', topology));
    memory.remember(first, 'layered', places);
    expect(ids).toHaveLength(SERVICES.length);

    for (let refresh = 0; refresh < 10; refresh++) {
      const model = await SOURCES[source](answered(random));
      expect(Object.fromEntries(memory.keep(model, 'layered')!)).toEqual(Object.fromEntries(places));
      // A selection is an id.
      expect(model.edges.map(({ id }) => id).sort()).toEqual(first.edges.map(({ id }) => id).sort());
      expect(model.edges.some(({ id, count }) => first.edges.some((before) => before.id === id && before.count !== count))).toBe(true);
      expect(new Set(model.edges.map(({ provenance }) => provenance))).toEqual(new Set([source]));
    }
  });
});

it('says what is missing where a map is to be drawn from metrics that the data source does not have', async () => {
  const backend = openBackend('jaeger', async () => answerOfJson({ data: [] }));
  await expect(loadMap(backend, undefined, mapRequestOf(new URLSearchParams({ drawn: 'metrics' })), RANGE, {})).rejects.toMatchObject({
    kind: 'unsupported',
    message: expect.stringContaining('names no Prometheus'),
  });
});
