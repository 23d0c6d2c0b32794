import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { OtlpJsonError, protobufOfJson } from './otlp-json';
import { protobufOfBody } from './otlp-json-thread';

jest.setTimeout(30_000);

const large = (name: string): string => JSON.stringify(otlpRequest('shop', Array.from({ length: 12_000 }, (_, n) => ({ traceId: traceIdOf(1), spanId: spanIdOf(n + 1), name }))));

test('a large body becomes what a small one does, while the event loop turns', async () => {
  const text = large('pay');
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const protobuf = await protobufOfBody(Buffer.from(text));
  clearInterval(counting);
  expect(Buffer.compare(protobuf, protobufOfJson(text))).toBe(0);
  expect(turns).toBeGreaterThan(1);
});

test('a large body that is not OTLP is refused as a small one is', async () => {
  await expect(protobufOfBody(Buffer.from(large('pay').replace('"shop"', '1')))).rejects.toThrow(OtlpJsonError);
  await expect(protobufOfBody(Buffer.alloc(3 << 20, ' '))).rejects.toThrow(OtlpJsonError);
});
