/** @jest-environment jsdom */
import { FieldType, toDataFrame } from '@grafana/data';
import { mapOfFrames } from './model-of-frames';

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
});
