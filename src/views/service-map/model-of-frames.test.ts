/** @jest-environment jsdom */
import { FieldType, MappingType, toDataFrame, type DataFrame } from '@grafana/data';
import { mapOfFrames as read } from './model-of-frames';

const mapOfFrames = (frames: DataFrame[], groupField = '') => read(frames, { windowS: 60, groupField });
const numbers = (name: string, values: number[], config = {}) => ({ name, type: FieldType.number, values, config });
const strings = (name: string, values: string[]) => ({ name, type: FieldType.string, values });

describe('mapOfFrames', () => {
  it('reads node graph frames of any data source', () => {
    const map = mapOfFrames([
      toDataFrame({ name: 'nodes', fields: [strings('id', ['a', 'b']), strings('title', ['web', 'api'])] }),
      toDataFrame({ name: 'edges', fields: [strings('id', ['e']), strings('source', ['a']), strings('target', ['b'])] }),
    ]);
    expect(map?.model.nodes.map(({ name, kind }) => [name, kind])).toEqual([
      ['web', 'service'],
      ['api', 'service'],
    ]);
    expect(map?.model.edges).toMatchObject([{ id: 'e', source: 'a', target: 'b', count: 0 }]);
  });

  it('gives the missing end of an edge a node, so that nothing is lost', () => {
    const map = mapOfFrames([toDataFrame({ fields: [strings('source', ['a']), strings('target', ['__proto__'])] })]);
    expect(map?.model.nodes.map(({ id }) => id)).toEqual(['a', '__proto__']);
  });

  it('reads the intervals of what is an estimate; one without an upper end has none', () => {
    const map = mapOfFrames([
      toDataFrame({
        fields: [
          strings('source', ['a']), strings('target', ['b']), numbers('detail__calls', [12]), numbers('detail__calls_low', [9]), numbers('detail__calls_high', [16]),
          numbers('detail__error_ratio_low', [0.1]), numbers('detail__error_ratio_high', [0.3]), numbers('detail__p95_low', [2]), numbers('detail__p95_high', [NaN]),
        ],
      }),
    ]);
    expect(map?.model.edges).toMatchObject([
      { countInterval: { low: 9, high: 16 }, errorRatioInterval: { low: 0.1, high: 0.3 }, p50IntervalNs: undefined, p95IntervalNs: { low: 2e6, high: Infinity } },
    ]);
    expect(map?.model.edges[0].facts).toBeUndefined();
  });

  it('does not take other frames for a map', () => {
    expect(mapOfFrames([toDataFrame({ fields: [{ name: 'Value', type: FieldType.number, values: [1] }] })])).toBeUndefined();
    expect(mapOfFrames([])).toBeUndefined();
  });

  it('reads rates and failures as the core data sources write them', () => {
    const map = mapOfFrames([
      toDataFrame({ fields: [strings('id', ['a']), numbers('secondarystat', [2], { unit: 'r/sec' }), numbers('arc__failed', [0.25])] }),
      toDataFrame({ fields: [strings('id', ['e']), strings('source', ['a']), strings('target', ['a']), numbers('secondarystat', [1], { unit: 'r/sec' })] }),
    ]);
    expect(map?.model.nodes[0]).toMatchObject({ count: 120, errorCount: 30 });
    expect(map?.model.edges[0]).toMatchObject({ count: 60, provenance: 'frames' });
  });

  it('draws what several queries answered together, the same thing once', () => {
    const nodes = (id: string, calls: number) => toDataFrame({ fields: [strings('id', [id]), numbers('detail__calls', [calls])] });
    expect(mapOfFrames([nodes('a', 1), nodes('b', 2), nodes('a', 3)])?.model.nodes).toMatchObject([{ id: 'a', count: 1 }, { id: 'b', count: 2 }]);
  });

  it('renames by the field’s display, colours by its value mappings, and groups by a field', () => {
    const mappings = [{ type: MappingType.ValueToText as const, options: { web: { text: 'Shop', color: 'blue' } } }];
    const display = (value: unknown) => ({ text: value === 'web' ? 'Shop' : String(value), numeric: NaN });
    const title = { ...strings('title', ['web', 'api']), config: { mappings }, display };
    const frame = { length: 2, fields: [{ ...strings('id', ['a', 'b']), config: {} }, title, { ...strings('Team', ['blue', 'red']), config: {} }] };
    expect(mapOfFrames([frame], 'team')?.model.nodes).toMatchObject([{ name: 'Shop', colour: 'blue', group: 'blue' }, { name: 'api', group: 'red' }]);
  });

  it('has the links of each item, those of the defaults once', () => {
    const link = { href: '/d/x', title: 'Runbook', target: undefined, origin: { ...strings('id', ['a']), config: {} } };
    const linked = (name: string, values: string[]) => ({ ...strings(name, values), getLinks: () => [link] });
    const map = mapOfFrames([{ length: 1, fields: [linked('id', ['a']), linked('title', ['web'])].map((field) => ({ ...field, config: {} })) }]);
    expect(map?.linksOf({ kind: 'node', id: 'a' })).toEqual([link]);
    expect(map?.linksOf({ kind: 'edge', id: 'a' })).toEqual([]);
  });

  it('takes the theme’s colour for one that a value mapping names, and no address for a colour', () => {
    const mappings = [{ type: MappingType.ValueToText as const, options: { web: { color: 'semi-dark-blue' } } }];
    const display = (value: unknown) => ({ text: String(value), numeric: NaN, color: '#3274d9' });
    const fields = [{ ...strings('id', ['a', 'b', 'c']), config: {} }, { ...strings('title', ['web', 'api', 'db']), config: { mappings }, display }, { ...strings('color', ['', 'url(//x)', 'rgb(1, 2, 3)']), config: {} }];
    expect(mapOfFrames([{ length: 3, fields }])?.model.nodes.map(({ colour }) => colour)).toEqual(['#3274d9', undefined, 'rgb(1, 2, 3)']);
  });

  it('makes one link of one of the defaults, though its address names the field', () => {
    const linked = (name: string, values: string[]) => ({
      ...strings(name, values),
      config: { links: [{ title: 'Logs', url: '/x?field=${__field.name}' }] },
      getLinks: () => [{ href: `/x?field=${name}`, title: 'Logs', target: undefined, origin: { ...strings(name, values), config: {} } }],
    });
    const map = mapOfFrames([{ length: 1, fields: [linked('id', ['a']), linked('title', ['web'])] }]);
    expect(map?.linksOf({ kind: 'node', id: 'a' }).map(({ href }) => href)).toEqual(['/x?field=title']);
  });

  it('keeps the statistics, details and ring of a source that counts no calls, and makes up no figures', () => {
    const map = mapOfFrames([
      toDataFrame({
        fields: [
          strings('id', ['a']),
          numbers('mainStat', [12], { displayName: 'Latency' }),
          strings('secondaryStat', ['ok']),
          numbers('arc__cold', [0.25], { color: { mode: 'fixed', fixedColor: 'blue' } }),
          numbers('arc__warm', [0.75], { color: { mode: 'fixed', fixedColor: 'red' } }),
          strings('detail__zone', ['<b>eu</b>']),
          strings('icon', ['database']),
        ],
      }),
      toDataFrame({ fields: [strings('source', ['a', 'b']), strings('target', ['b', 'a']), strings('mainstat', ['5 MB', '']), numbers('thickness', [3, 0])] }),
    ]);
    expect(map?.model.nodes).toMatchObject([
      {
        label: '12 · ok',
        kind: 'database',
        facts: [{ name: 'Latency', text: '12', value: 12 }, { name: 'secondaryStat', text: 'ok' }, { name: 'zone', text: '<b>eu</b>' }],
        arcs: [{ name: 'cold', share: 0.25, colour: 'blue' }, { name: 'warm', share: 0.75, colour: 'red' }],
      },
      { id: 'b', label: '' },
    ]);
    expect(map?.model.edges).toMatchObject([{ label: '5 MB', weight: 3 }, { label: '', weight: 0 }]);
  });

  it('counts the calls of a node of which nothing is told by the connections that lead to it', () => {
    const map = mapOfFrames([toDataFrame({ fields: [strings('source', ['a', 'c']), strings('target', ['b', 'b']), numbers('mainstat', [1, 2], { unit: 'reqps' })] })]);
    expect(map?.model.nodes.map(({ id, count, countsErrors, label }) => [id, count, countsErrors, label])).toEqual([
      ['a', 0, false, undefined],
      ['b', 180, false, undefined],
      ['c', 0, false, undefined],
    ]);
  });

  it('takes numbers that came as text, and no count that cannot be', () => {
    const map = mapOfFrames([toDataFrame({ fields: [strings('id', ['a', 'b', 'c']), strings('detail__calls', ['40', '-3', '1e999']), numbers('arc__errors', [2, -1, NaN])] })]);
    expect(map?.model.nodes.map(({ count, errorCount }) => [count, errorCount])).toEqual([[40, 40], [0, 0], [0, 0]]);
  });

  it('leaves out what has no end or no id, and says so; an id that comes again with other ends is another connection', () => {
    const map = mapOfFrames([
      toDataFrame({ fields: [strings('id', ['a', '']), strings('title', ['web', 'nobody'])] }),
      toDataFrame({ fields: [strings('id', ['e', 'e', 'e', 'f']), strings('source', ['a', 'b', 'a', '']), strings('target', ['b', 'a', 'b', 'a'])] }),
      toDataFrame({ fields: [strings('id', ['g']), strings('source', ['a'])] }),
    ]);
    expect(map?.model.nodes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(map?.model.edges.map(({ source, target }) => source + target)).toEqual(['ab', 'ba']);
    expect(new Set(map?.model.edges.map(({ id }) => id)).size).toBe(2);
    expect(map?.notes).toEqual([
      'left out: 1 × row of nodes without an id',
      'left out: 1 × connection without a source or a target',
      'left out: 1 × frame with only one of the fields source and target',
    ]);
  });
});
