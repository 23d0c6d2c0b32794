import fc from 'fast-check';
import { INITIAL_MAP_STATE, type MapState } from './map-state';
import { mapStateOf, withMapState } from './map-state-params';

const text = fc.string({ minLength: 1, unit: 'binary' });
const hops = fc.constantFrom(0, 1, 2, 3, Infinity);
const states: fc.Arbitrary<MapState> = fc.record({
  show: fc.constantFrom('map', 'table'),
  find: fc.oneof(fc.constant(''), text),
  hide: fc.oneof(fc.constant(''), text),
  selected: fc.option(fc.record({ kind: fc.constantFrom('node', 'edge'), id: text }), { nil: undefined }),
  focus: fc.option(fc.record({ nodeId: text, upHops: hops, downHops: hops }), { nil: undefined }),
  collapsed: fc.array(text, { maxLength: 3 }),
  layout: fc.constantFrom('layered', 'force', 'grid'),
  colouring: fc.constantFrom('errors', 'latency', 'baseline', 'change', 'none'),
  weighting: fc.constantFrom('calls', 'share'),
});

describe('the map’s state in an address', () => {
  it('is read back as it was written, beside what else is there', () => {
    fc.assert(
      fc.property(states, (state) => {
        const address = withMapState(new URLSearchParams('source=tempo&find=old'), state).toString();
        expect(mapStateOf(new URLSearchParams(address))).toEqual(state);
        expect(new URLSearchParams(address).get('source')).toBe('tempo');
      })
    );
  });

  it('leaves out what is as it is initially', () => expect(withMapState(new URLSearchParams('a=1'), INITIAL_MAP_STATE).toString()).toBe('a=1'));

  it('writes that something is empty which is not so initially', () => {
    const initial = { ...INITIAL_MAP_STATE, hide: 'rate < 1' };
    const params = withMapState(new URLSearchParams(), { ...initial, hide: '' }, initial);
    expect(mapStateOf(params, initial).hide).toBe('');
  });

  it('ignores what it cannot read', () => {
    expect(mapStateOf(new URLSearchParams('show=cinema&selected=nobody&focus=x:y:z&layout=&colour=pink'))).toEqual(INITIAL_MAP_STATE);
  });
});
