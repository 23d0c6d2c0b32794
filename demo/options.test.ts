import { parseOptions } from './options';

test('defaults', () => {
  expect(parseOptions([])).toEqual({
    kind: 'options',
    options: { host: '127.0.0.1', port: 8088, otlpEndpoint: undefined, seed: 1, ratePerS: 4, withLoad: true },
  });
});

test('every option', () => {
  const args = ['--host', '::1', '--port=0', '--otlp-endpoint', 'http://c:4317', '--seed', '9', '--rate', '0.5', '--no-load'];
  expect(parseOptions(args)).toEqual({
    kind: 'options',
    options: { host: '::1', port: 0, otlpEndpoint: 'http://c:4317', seed: 9, ratePerS: 0.5, withLoad: false },
  });
});

test('help', () => {
  expect(parseOptions(['--help'])).toEqual({ kind: 'help' });
});

test.each([
  [['--port', '65536'], /--port.*65536/],
  [['--port', '80a'], /--port.*80a/],
  [['--seed=-1'], /--seed/],
  [['--rate', '0'], /--rate.*0/],
  [['--rate', 'fast'], /--rate.*fast/],
  [['--otlp-endpoint', '4317'], /--otlp-endpoint.*4317/],
  [['--nonsense'], /--nonsense/],
  [['positional'], /positional/],
])('%j is refused with a reason that names it', (args, reason) => {
  expect(parseOptions(args)).toEqual({ kind: 'invalid', reason: expect.stringMatching(reason) });
});
