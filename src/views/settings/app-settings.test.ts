import { REFERENCE_HOT_PATHS } from '../../analysis/hot-paths';
import { appSettings, settingOf } from './app-settings';

test.each([undefined, null, {}, 'text', { hotPaths: null }])('the reference hot paths stand where nothing is set: %j', (jsonData) => {
  expect(appSettings(jsonData)).toEqual({ hotPaths: REFERENCE_HOT_PATHS, problems: [] });
});

test('an empty list means that nothing is watched', () => {
  expect(appSettings({ hotPaths: [] })).toEqual({ hotPaths: [], problems: [] });
});

test('what is written as a setting is read back', () => {
  expect(appSettings({ hotPaths: REFERENCE_HOT_PATHS.map(settingOf) }).hotPaths).toEqual(REFERENCE_HOT_PATHS);
});

test.each([
  ['text', 'operation, objectiveMs and target'],
  [{ operation: ' ', objectiveMs: 1, target: 1 }, 'operation'],
  [{ operation: 'a', service: 7, objectiveMs: 1, target: 1 }, 'service'],
  [{ operation: 'a', objectiveMs: '1s', target: 1 }, 'objectiveMs'],
  [{ operation: 'a', objectiveMs: 0, target: 1 }, 'objectiveMs'],
  [{ operation: 'a', objectiveMs: 1, target: 99 }, 'target'],
])('an unusable entry is left out and named: %j', (entry, named) => {
  const { hotPaths, problems } = appSettings({ hotPaths: [{ operation: 'good', objectiveMs: 250, target: 0.9 }, entry] });
  expect(hotPaths).toEqual([{ operation: 'good', service: undefined, objectiveNs: 250e6, target: 0.9 }]);
  expect(problems).toEqual([expect.stringContaining(named)]);
  expect(problems[0]).toContain('Hot path 2');
});
