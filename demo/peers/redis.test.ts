import { Random } from '../random';
import { Redis } from './redis';

function redisAt(clock: { nowMs: number }): Redis {
  return new Redis(new Random(1), () => clock.nowMs);
}

test('keeps a value for its lifetime', async () => {
  const clock = { nowMs: 0 };
  const redis = redisAt(clock);
  await redis.set('key', 'value', 10);
  clock.nowMs = 9_999;
  expect(await redis.get('key')).toBe('value');
  clock.nowMs = 10_000;
  expect(await redis.get('key')).toBeUndefined();
});

test('forgets what is deleted', async () => {
  const redis = redisAt({ nowMs: 0 });
  await redis.set('key', 'value', 10);
  await redis.delete('key');
  expect(await redis.get('key')).toBeUndefined();
});

test('counts within a window that later calls do not move', async () => {
  const clock = { nowMs: 0 };
  const redis = redisAt(clock);
  expect(await redis.increment('limit', 60)).toBe(1);
  clock.nowMs = 50_000;
  expect(await redis.increment('limit', 60)).toBe(2);
  clock.nowMs = 61_000;
  expect(await redis.increment('limit', 60)).toBe(1);
});
