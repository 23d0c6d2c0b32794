import { jsonNodeOf } from './json-node';

const text = (value: string) => jsonNodeOf({ kind: 'string', value });

describe('jsonNodeOf', () => {
  it('reads JSON in a text', () => {
    expect(text('{"a":[1,"x",null]}')).toEqual({
      kind: 'branch', isList: false,
      children: [['a', {
        kind: 'branch', isList: true,
        children: [['0', { kind: 'leaf', text: '1', type: 'other' }], ['1', { kind: 'leaf', text: 'x', type: 'string' }], ['2', { kind: 'leaf', text: 'null', type: 'other' }]],
      }]],
    });
  });

  it('takes keys as they are', () => {
    expect(text('{"__proto__": 1}')).toMatchObject({ children: [['__proto__', { text: '1' }]] });
  });

  it.each(['plain', '', '42', '"x"', '{broken', '['.repeat(100_000), `${'['.repeat(300)}${']'.repeat(300)}`, `[${'1,'.repeat(400_000)}1]`])('leaves other texts alone (%#)', (value) => {
    expect(text(value)).toBeUndefined();
  });

  it('shows lists and maps', () => {
    expect(jsonNodeOf({ kind: 'kvlist', value: [{ key: 'k', value: { kind: 'array', value: [{ kind: 'empty' }] } }] })).toEqual({
      kind: 'branch', isList: false,
      children: [['k', { kind: 'branch', isList: true, children: [['0', { kind: 'leaf', text: 'null', type: 'other' }]] }]],
    });
  });
});
