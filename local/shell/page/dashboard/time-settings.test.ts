/** @jest-environment jsdom */
import { dateTime, type TimeRange } from '@grafana/data';
import { evaluateRange, rangeQuery, shifted, timeSettings, zoomedOut } from './time-settings';

const settings = (search: string, dashboard = {}) => timeSettings(new URLSearchParams(search), dashboard);
const range = (fromMs: number, toMs: number): TimeRange => {
  const raw = { from: dateTime(fromMs), to: dateTime(toMs) };
  return { ...raw, raw };
};

test('the address wins over the dashboard, which wins over the last hour', () => {
  expect(settings('').raw).toEqual({ from: 'now-1h', to: 'now' });
  expect(settings('', { time: { from: 'now-5m', to: 'now' } }).raw.from).toBe('now-5m');
  expect(settings('from=now-2d&refresh=5s&timezone=utc', { time: { from: 'now-5m', to: 'now' }, refresh: '1m' })).toMatchObject({
    raw: { from: 'now-2d', to: 'now' }, refresh: '5s', timeZone: 'utc',
  });
  expect(settings('', { refresh: false }).refresh).toBe('');
});

test('absolute times are ms since the epoch or ISO, and survive a round trip', () => {
  const { raw } = settings('from=1700000000000&to=2023-11-14T23:13:20Z');
  expect(rangeQuery(raw)).toEqual({ from: '1700000000000', to: '1700003600000' });
});

test('nonsense becomes a range that can be evaluated', () => {
  expect(settings('from=yesterdayish&to=now-x').raw).toEqual({ from: 'now-1h', to: 'now' });
  expect(evaluateRange(settings('from=1000&to=2000'))).toMatchObject({ from: dateTime(1000), to: dateTime(2000) });
});

test('buttons move and widen the range', () => {
  expect(zoomedOut(range(1000, 3000))).toEqual({ from: '0', to: '4000' });
  expect(shifted(range(1000, 3000), -1)).toEqual({ from: '0', to: '2000' });
  expect(shifted(range(1000, 3000), 1)).toEqual({ from: '2000', to: '4000' });
});
