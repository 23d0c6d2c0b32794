import type { DataFrame } from '@grafana/data';
import { traceSetOf } from '../../analysis/testing/spans';
import { encodeTraceFrame } from '../../formats';
import { tracesOfFrames } from './traces-of-frames';

const set = traceSetOf([{ id: 1, service: 'api', name: 'GET /', startNs: 1, durationNs: 3 }]);
const fields = encodeTraceFrame(set) as unknown as DataFrame;

it('takes a trace of our data source as it is', async () => {
  const { columns } = await tracesOfFrames([{ ...fields, meta: { custom: { trace: { columns: set.columns } } } }]);
  expect(columns).toBe(set.columns);
});

it('reads the fields where the trace itself is not with them, as in a snapshot', async () => {
  const read = await tracesOfFrames([fields]);
  expect([read.spanCount, read.service(0), read.operation(0), read.traceId(0)]).toEqual([1, 'api', 'GET /', set.traceId(0)]);
});
