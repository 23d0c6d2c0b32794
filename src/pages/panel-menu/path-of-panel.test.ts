/** @jest-environment jsdom */
import { dateTime } from '@grafana/data';
import { pathOfPanel } from './path-of-panel';

const replace = (text: string) => text.replace('$source', 'uid-1').replace('$service', 'api');
const path = (...targets: object[]) => pathOfPanel({ targets: targets.map((target) => ({ refId: 'A', ...target })), timeRange: { from: 'now-1h', to: 'now' } }, replace);
const TEMPO = { type: 'tempo', uid: '$source' };

describe('pathOfPanel', () => {
  it('has none for panels without a tracing query', () => {
    expect(path()).toBeUndefined();
    expect(path({ datasource: { type: 'prometheus', uid: 'p' } })).toBeUndefined();
    expect(path({ datasource: TEMPO, hide: true })).toBeUndefined();
  });

  it('is the list of a search', () => {
    expect(path({ datasource: TEMPO, queryType: 'traceql', query: '{ resource.service.name = "$service" }' })).toBe(
      '/a/veza-traces-app/trace?source=uid-1&from=now-1h&to=now&q=%7B+resource.service.name+%3D+%22api%22+%7D'
    );
    const filter = { service: '$service', errorsOnly: true, minDuration: '20ms', conditions: [{ scope: 'span', key: 'peer', operator: '=', value: '$service' }] };
    expect(path({ datasource: { type: 'veza-traces-datasource', uid: 'v' }, queryType: 'search', filter })).toBe(
      '/a/veza-traces-app/trace?source=v&from=now-1h&to=now&service=api&errors=1&min=20ms&where=span.peer%7C%3D%7Capi'
    );
  });

  it('is the map of the query’s source and range', () => {
    expect(path({ datasource: { type: 'prometheus' } }, { datasource: TEMPO, queryType: 'traceql', query: '{ status = error } | rate()' })).toBe(
      '/a/veza-traces-app/service-map?source=uid-1&from=now-1h&to=now'
    );
    expect(pathOfPanel({ targets: [{ refId: 'A', datasource: TEMPO }], timeRange: { from: dateTime(1000), to: dateTime(2000) } }, replace)).toContain('from=1000&to=2000');
  });

  it('is the map around the queried service', () => {
    expect(path({ datasource: { type: 'veza-traces-datasource', uid: 'v' }, queryType: 'operations', filter: { service: '$service' } })).toContain('/service-map?source=v&from=now-1h&to=now&service=api');
    expect(path({ datasource: { type: 'jaeger', uid: 'j' }, queryType: 'search', service: 'a&b' })).toContain('&service=a%26b');
  });

  it('is the trace where the query asks for one', () => {
    expect(path({ datasource: TEMPO, queryType: 'traceql', query: ' 0a1b2c ' })).toContain('/trace/0a1b2c?source=uid-1');
    expect(path({ datasource: { type: 'veza-traces-datasource', uid: 'v' }, queryType: 'trace', traceId: 'abc' })).toContain('/trace/abc?');
  });
});
