import { displayOf } from './options';

describe('displayOf', () => {
  it('shows everything where a dashboard says nothing', () => {
    expect(displayOf({})).toEqual({
      hasHeader: true, hasToolbar: true, hasMinimap: true, hasDetails: true, hasCriticalPath: false, colourBy: { kind: 'service' }, columns: [],
    });
  });

  it('reads columns and leaves out what is none', () => {
    expect(displayOf({ columns: 'span.http.route, nonsense,, resource.a' }).columns).toEqual([{ scope: 'span', key: 'http.route' }, { scope: 'resource', key: 'a' }]);
  });
});
