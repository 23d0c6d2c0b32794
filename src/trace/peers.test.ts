import { decodeOtlpProtobuf, decodeOtlpProtobufForGraph } from '../formats';
import { messageOf, randomSpans } from '../formats/testing/random-spans';
import type { Attribute } from './values';
import { Random } from './testing/random';

const KEYS = ['db.name', 'db.namespace', 'db.system', 'messaging.system', 'server.address', 'peer.service', 'http.route', 'thread.id'];
const NAMES = ['', '0', 'shop', 'x'.repeat(200), 'naïve ☕'];

function peerAttribute(random: Random): Attribute {
  return { key: random.pick(KEYS), value: random.chance(0.8) ? { kind: 'string', value: random.pick(NAMES) } : { kind: 'int', value: BigInt(random.below(9)) } };
}

test('peers are the same whether they are read with the spans or later', () => {
  const random = new Random(7);
  let namedCount = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const spans = randomSpans(seed, 60).map((span) => ({ ...span, attributes: [...span.attributes, ...Array.from({ length: random.below(4) }, () => peerAttribute(random))] }));
    const [now, later] = [decodeOtlpProtobufForGraph(messageOf(spans)), decodeOtlpProtobuf(messageOf(spans))];
    const named = ({ peer, peers }: ReturnType<typeof now.peers>) => Array.from(peer, (number) => peers[number]);
    expect(now.columns.peers).toBe(now.peers());
    expect(named(now.peers())).toEqual(named(later.peers()));
    namedCount += named(now.peers()).filter(({ name }) => name !== 'unknown').length;
  }
  expect(namedCount).toBeGreaterThan(200);
});
