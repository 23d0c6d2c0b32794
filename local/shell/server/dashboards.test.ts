import { hasItsSources, type StoredDashboard } from './dashboards';

const dashboardWith = (...queries: string[]): StoredDashboard => ({
  uid: 'd', title: 'D', tags: [], slug: 'd', url: '/d/d/d',
  model: { templating: { list: [null, { type: 'textbox', query: 'x' }, ...queries.map((query) => ({ type: 'datasource', query }))] } },
});

test('a dashboard is offered where one of its data source variables finds something', () => {
  const types = new Set(['tempo', 'veza-traces-datasource']);
  expect(hasItsSources(dashboardWith(), types)).toBe(true);
  expect(hasItsSources(dashboardWith('veza-traces-datasource'), types)).toBe(true);
  expect(hasItsSources(dashboardWith('veza-traces-datasource', 'prometheus'), types)).toBe(true);
  expect(hasItsSources(dashboardWith('prometheus'), types)).toBe(false);
  expect(hasItsSources({ ...dashboardWith(), model: {} }, types)).toBe(true);
});
