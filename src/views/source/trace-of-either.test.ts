import type { Backend } from '../../backends/backend';
import { BackendError } from '../../backends/http/http-client';
import { emptySet } from '../../backends/sets/merge-sets';
import { parseTraceId } from '../../trace';
import { traceOfEither } from './trace-of-either';

jest.mock('./sources', () => ({ resolveSource: () => undefined }));
jest.mock('../../backends/open-data-source', () => ({}));
jest.mock('../trace/decode/decode-traces', () => ({}));

const ID = parseTraceId('ab')!;
const set = emptySet();
const having = { trace: async () => set } as unknown as Backend;
const failing = (kind: 'notFound' | 'timeout', message: string) => ({ trace: () => Promise.reject(new BackendError(kind, message)) }) as unknown as Backend;
const from = (chosen: Backend, beside: Backend | undefined) => traceOfEither(ID, { uid: 'tempo', backend: chosen }, new AbortController().signal, beside && { uid: 'files', backend: beside });

it('takes the chosen source first, then what is beside it', async () => {
  expect((await from(having, failing('timeout', 'slow'))).sourceUid).toBe('tempo');
  expect((await from(failing('notFound', 'not in Tempo'), having)).sourceUid).toBe('files');
});

it('tells of the chosen source where neither has the trace, and of a failure as it is', async () => {
  await expect(from(failing('notFound', 'not in Tempo'), failing('notFound', 'not in the files'))).rejects.toThrow('not in Tempo');
  await expect(from(failing('notFound', 'not in Tempo'), undefined)).rejects.toThrow('not in Tempo');
  await expect(from(failing('timeout', 'slow'), having)).rejects.toThrow('slow');
  await expect(from(failing('notFound', 'not in the files'), failing('timeout', 'slow'))).rejects.toThrow('slow');
});
