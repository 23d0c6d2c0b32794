import { mapRequestOf, withMapRequest, type MapRequest } from './map-request';

const PLAIN: MapRequest = { drawnFrom: 'traces', service: '', level: 'service', groupBy: '', against: undefined, limit: 500 };

describe('a map’s request in an address', () => {
  it.each<Partial<MapRequest>>([{}, { drawnFrom: 'metrics', service: 'a&b=c' }, { level: 'operation', groupBy: 'service.namespace' }, { against: 'week', limit: 2_000 }])('is read back: %j', (changed) => {
    const request = { ...PLAIN, ...changed };
    const params = withMapRequest(new URLSearchParams('source=tempo&level=operation'), request);
    expect(mapRequestOf(new URLSearchParams(params.toString()))).toEqual(request);
    expect(params.get('source')).toBe('tempo');
  });

  it('is the plain one where nothing, or nonsense, is asked', () => expect(mapRequestOf(new URLSearchParams('drawn=tea-leaves&against=never&level=9&limit=1e9'))).toEqual(PLAIN));
});
