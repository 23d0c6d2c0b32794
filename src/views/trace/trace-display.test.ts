import { parseAttributeColumn, parseColourBy } from './trace-display';

describe('options as text', () => {
  it('name attributes as the filter does', () => {
    expect(parseAttributeColumn(' span.http.route ')).toEqual({ scope: 'span', key: 'http.route' });
    expect(parseAttributeColumn('resource.k8s.pod.name')).toEqual({ scope: 'resource', key: 'k8s.pod.name' });
    expect(['', 'name', 'http.route', '.any', 'event.x', '__proto__'].map(parseAttributeColumn)).toEqual(Array(6).fill(undefined));
  });

  it('choose the colours', () => {
    expect(parseColourBy('operation')).toEqual({ kind: 'operation' });
    expect(parseColourBy('span.a')).toEqual({ kind: 'attribute', scope: 'span', key: 'a' });
    expect(parseColourBy('nonsense')).toEqual({ kind: 'service' });
  });
});
