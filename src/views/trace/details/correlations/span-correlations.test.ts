import type { ScopedVars } from '@grafana/data';
import { traceSetOf, testSpanId, testTraceId } from '../../../../analysis/testing/spans';
import { spanCorrelations, type CorrelationHost } from './span-correlations';
import type { ExploreTarget } from './explore-link';

const set = traceSetOf([
  { id: 1, service: 'api', name: 'GET /', startNs: 0, durationNs: 5e9, resource: { 'k8s.pod.name': 'pod-"1"' }, attributes: { 'http.route': '/a' } },
]);
const START_MS = 1_700_000_000_000;
const SOURCES: Readonly<Record<string, { uid: string; type: string; name: string }>> = {
  loki: { uid: 'loki', type: 'loki', name: 'Logs here' },
  elastic: { uid: 'elastic', type: 'elasticsearch', name: 'Elastic' },
  prom: { uid: 'prom', type: 'prometheus', name: 'Metrics here' },
  pyro: { uid: 'pyro', type: 'grafana-pyroscope-datasource', name: 'Profiles here' },
};

/** Like Grafana's: `${__span.traceId}`, `${__tags}`, `${__span.tags["a.b"]}`. */
function replace(text: string, variables: ScopedVars): string {
  return text.replace(/\$\{(\w+)(?:\.([^}]+))?\}/g, (_match, name: string, path = '') =>
    String(path.split(/\.(?![^[]*\])|\["|"\]/).filter(Boolean).reduce((value: unknown, key: string) => (value as Record<string, unknown>)?.[key], variables[name]?.value))
  );
}

function linksFor(jsonData: unknown, refusal?: string) {
  const targets: ExploreTarget[] = [];
  const host: CorrelationHost = {
    dataSource: (uid) => SOURCES[uid], replace, exploreRefusal: refusal,
    exploreHref: (target) => `/explore/${targets.push(target)}`,
  };
  return { links: spanCorrelations(set, 0, jsonData, host), targets };
}

describe('spanCorrelations', () => {
  it('asks Loki by the configured labels, the ids and the shifted time of the span', () => {
    const { links, targets } = linksFor({
      tracesToLogsV2: {
        datasourceUid: 'loki', tags: [{ key: 'service.name', value: 'app' }, { key: 'k8s.pod.name' }, { key: 'absent' }],
        spanStartTimeShift: '-1h', spanEndTimeShift: '5m', filterByTraceID: true,
      },
    });
    expect(links).toMatchObject([{ title: 'Logs', href: '/explore/1', dataSourceName: 'Logs here' }]);
    expect(targets[0]).toMatchObject({ datasource: { uid: 'loki', type: 'loki' }, fromMs: START_MS - 3_600_000, toMs: START_MS + 5_000 + 300_000 });
    expect(targets[0].query.expr).toContain('{app="api", k8s_pod_name="pod-\\"1\\""}');
    expect(targets[0].query.expr).toContain(testTraceId(1));
  });

  it('fills the variables of custom queries in', () => {
    const { targets } = linksFor({
      tracesToLogsV2: { datasourceUid: 'elastic', tags: [{ key: 'service.name' }], customQuery: true, query: '${__tags} AND ${__span.spanId} AND ${__trace.traceId} AND ${__span.tags["http.route"]}' },
      tracesToMetrics: { datasourceUid: 'prom', tags: [{ key: 'service.name', value: 'service' }], queries: [{ name: 'Rate', query: 'rate(calls{${__tags}}[5m])' }] },
    });
    expect(targets.map(({ query }) => query.expr ?? query.query)).toEqual([`service_name:"api" AND ${testSpanId(1)} AND ${testTraceId(1)} AND /a`, 'rate(calls{service="api"}[5m])']);
  });

  it('links profiles', () => {
    const { links, targets } = linksFor({ tracesToProfiles: { datasourceUid: 'pyro', tags: [{ key: 'service.name' }], profileTypeId: 'memory' } });
    expect(links[0].title).toBe('Profiles');
    expect(targets[0].query).toMatchObject({ labelSelector: '{service_name="api"}', profileTypeId: 'memory' });
  });

  it('says why a link leads nowhere', () => {
    const { links } = linksFor({ tracesToLogsV2: { datasourceUid: 'gone' }, tracesToMetrics: { datasourceUid: 'prom', queries: [{ query: 'up' }] } }, 'your role may not open Explore');
    expect(links).toMatchObject([
      { title: 'Logs', reason: expect.stringContaining('"gone"') },
      { title: 'Metrics', reason: 'your role may not open Explore', query: 'up' },
    ]);
    expect(links.every(({ href }) => href === undefined)).toBe(true);
    expect(linksFor({ tracesToLogsV2: { datasourceUid: 'loki', tags: [{ key: 'absent' }] } }).links[0].reason).toContain('absent');
  });

  it('reads the older settings for logs', () => {
    const { targets } = linksFor({ tracesToLogs: { datasourceUid: 'loki', mapTagNamesEnabled: true, mappedTags: [{ key: 'service.name', value: 'job' }] } });
    expect(targets[0].query.expr).toBe('{job="api"}');
  });

  it.each([undefined, null, 'x', [], { tracesToLogsV2: 5 }, { tracesToLogsV2: { datasourceUid: 7 } }, { tracesToMetrics: { datasourceUid: 'prom', queries: 'x' } }])(
    'makes nothing of settings that say nothing (%#)',
    (jsonData) => expect(linksFor(jsonData).links).toEqual([])
  );
});
