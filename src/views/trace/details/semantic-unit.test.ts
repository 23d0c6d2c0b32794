import type { AnyValue } from '../../../trace';
import { measureText } from './semantic-unit';

const int = (value: number): AnyValue => ({ kind: 'int', value: BigInt(value) });

describe('measureText', () => {
  it.each<[string, AnyValue, string]>([
    ['http.response.body.size', int(1536), '1.5 KiB'],
    ['http.request_content_length', int(12), '12 B'],
    ['cache.bytes', int(1024 ** 2 * 3), '3 MiB'],
    ['queue.wait_ms', int(1500), '1.5 s'],
    ['gc.pause_us', { kind: 'double', value: 2.5 }, '2.5 µs'],
    ['retry.after.seconds', { kind: 'string', value: '90' }, '1.5 min'],
    ['rpc.message.compressed_size', int(1023), '1023 B'],
    ['file.size', int(1048575), '1 MiB'],
  ])('%s', (key, value, expected) => {
    expect(measureText(key, value)).toBe(expected);
  });

  it.each<[string, AnyValue]>([
    ['http.response.status_code', int(200)],
    ['items', int(3)],
    ['queue.wait_ms', { kind: 'string', value: 'soon' }],
    ['queue.wait_ms', { kind: 'double', value: NaN }],
    ['__proto__', int(1)],
  ])('says nothing of %s', (key, value) => {
    expect(measureText(key, value)).toBeUndefined();
  });
});
