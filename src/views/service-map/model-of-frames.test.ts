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
});
