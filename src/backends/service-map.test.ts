import { decodeOtlpProtobuf } from '../formats';
import { OtlpMessageBuilder } from '../formats/otlp/otlp-builder';
import { parseSpanId, parseTraceId, type Attribute, type TraceId } from '../trace';
import type { Sample } from './backend';
import { fullCoverage } from './sampling/coverage';
import { serviceMapOfSample } from './service-map';

const NOW_MS = 1_795_334_400_000;
const text = (key: string, value: string): Attribute => ({ key, value: { kind: 'string', value } });
const SERVER = 2;
const CLIENT = 3;

/** A server that calls a database and an address nobody answered at; it ended so long ago. */
function sampleThatEnded(agoMs: number): Sample {
  const message = new OtlpMessageBuilder();
  const endUnixNs = BigInt(NOW_MS - agoMs) * 1_000_000n;
  const add = (id: string, parent: string | undefined, kind: number, attributes: Attribute[]) =>
    message.add('api', () => [text('service.name', 'api')], {
      traceId: parseTraceId('1') as TraceId, spanId: parseSpanId(id), parentSpanId: parent === undefined ? undefined : parseSpanId(parent), name: 'op', kind, status: 0, startUnixNs: endUnixNs - 5_000_000n, endUnixNs, attributes,
    });
  add('1', undefined, SERVER, []);
  add('2', '1', CLIENT, [text('db.system', 'postgresql')]);
  add('3', '1', CLIENT, [text('server.address', 'payments.example')]);
  const traces = decodeOtlpProtobuf(message.finish());
  return { traces, isLimited: false, incompleteTraceCount: 0, coverage: fullCoverage({ fromMs: NOW_MS - 3_600_000, toMs: NOW_MS }, 1), notes: [] };
}

const mapAt = (agoMs: number) => serviceMapOfSample(sampleThatEnded(agoMs), NOW_MS, { level: 'service', groupBy: '' });
const kindsOf = (agoMs: number) => mapAt(agoMs).graph.nodes.map(({ kind }) => kind).sort();

describe('traces that are still arriving', () => {
  it('who did not answer is drawn as a peer, and who called as a user, once the trace is taken to be complete', () => {
    expect(kindsOf(15_001)).toEqual(['database', 'external', 'service', 'user']);
    expect(mapAt(15_001).notes).toEqual(['1 trace, 3 spans']);
  });

  it('nothing is concluded from what is missing before; databases send no spans and are drawn', () => {
    expect(kindsOf(14_000)).toEqual(['database', 'service']);
    expect(mapAt(14_000).notes).toEqual(['1 trace, 3 spans', '1 trace still arriving']);
  });

  it('a trace from a clock ahead of ours is still arriving', () => {
    expect(kindsOf(-60_000)).toEqual(['database', 'service']);
  });
});
