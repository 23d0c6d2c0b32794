import { type LogEntry, type LogFormat, type LogLevel, logTo } from './log';

function lines(format: LogFormat, lowest: LogLevel, ...entries: LogEntry[]): string[] {
  const written: string[] = [];
  const log = logTo((line) => written.push(line), format, lowest);
  entries.forEach(log);
  return written;
}

const entry: LogEntry = { level: 'warn', message: 'slow', fields: { spans: 3, reason: 'a "b"\nc' } };

test('a JSON line an event, whatever is in its fields', () => {
  const [line, ...more] = lines('json', 'info', entry);
  expect(more).toEqual([]);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(JSON.parse(line)).toEqual({ time: expect.stringMatching(/^\d{4}-.*Z$/), level: 'warn', message: 'slow', spans: 3, reason: 'a "b"\nc' });
});

test('text for people', () => {
  expect(lines('text', 'info', entry, { level: 'info', message: 'ready' })).toEqual(['store: warn: slow spans=3 reason="a \\"b\\"\\nc"\n', 'store: ready\n']);
});

test('only what is important enough', () => {
  expect(lines('json', 'error', entry)).toEqual([]);
  expect(lines('json', 'debug', entry)).toHaveLength(1);
});
