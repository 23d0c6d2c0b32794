import { traceSetOf } from '../../analysis/testing/spans';
import { choiceOf, groupByChoices } from './group-by-choices';

describe('groupByChoices', () => {
  it('offers service, name, and the attributes of spans before those of resources', () => {
    const set = traceSetOf([{ id: 1, attributes: { 'http.route': '/' }, resource: { region: 'eu' } }, { id: 2, parent: 1, attributes: { 'db.system': 'mysql' } }]);
    expect(groupByChoices(set, 0).map(({ value }) => value)).toEqual(['service', 'operation', 'span.db.system', 'span.http.route', 'resource.region', 'resource.service.name']);
  });

  it('a choice leads back to what it stands for', () => {
    const by = { kind: 'attribute', scope: 'span', key: 'span.odd key' } as const;
    expect(choiceOf(by).by).toBe(by);
    expect(choiceOf(by).value).not.toBe(choiceOf({ ...by, key: 'odd key' }).value);
  });
});
