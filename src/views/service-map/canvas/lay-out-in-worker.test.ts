import { layOut } from '../../../drawing/graph/map-layout';
import { layOutInWorker } from './lay-out-in-worker';
import type { LayoutAnswer, LayoutRequest } from './layout.worker';

const request: LayoutRequest = { kind: 'layered', topology: { nodeCount: 3, edgeSource: Uint32Array.of(0, 1), edgeTarget: Uint32Array.of(1, 2) }, groupOf: Int32Array.of(-1, -1, -1) };
const layout = layOut(request.kind, request.topology);
const neverAborted = () => new AbortController().signal;

/** A worker that does with a request what the test says. */
function workerThat(onRequest: (worker: Worker) => void): Worker & { readonly terminate: jest.Mock } {
  const worker = { postMessage: () => onRequest(worker), terminate: jest.fn() } as unknown as Worker & { readonly terminate: jest.Mock };
  return worker;
}

const answer = (worker: Worker, data: LayoutAnswer) => worker.onmessage?.({ data } as MessageEvent<LayoutAnswer>);

describe('layOutInWorker', () => {
  it('gives the worker’s layout and ends the worker', async () => {
    const worker = workerThat((self) => answer(self, { kind: 'done', layout }));
    await expect(layOutInWorker(request, neverAborted(), () => worker)).resolves.toBe(layout);
    expect(worker.terminate).toHaveBeenCalledTimes(1);
  });

  it('lays out here where a policy forbids workers or refuses the script', async () => {
    await expect(layOutInWorker(request, neverAborted(), () => undefined)).resolves.toEqual(layout);
    const refused = workerThat((self) => self.onerror?.({ message: 'refused' } as ErrorEvent));
    await expect(layOutInWorker(request, neverAborted(), () => refused)).resolves.toEqual(layout);
  });

  it('ends the worker when it is no longer asked for', async () => {
    const abort = new AbortController();
    const worker = workerThat(() => abort.abort(new Error('another map')));
    await expect(layOutInWorker(request, abort.signal, () => worker)).rejects.toThrow('another map');
    expect(worker.terminate).toHaveBeenCalledTimes(1);
  });

  it('says what the worker failed of', async () => {
    const worker = workerThat((self) => answer(self, { kind: 'failed', message: 'expected an acyclic graph' }));
    await expect(layOutInWorker(request, neverAborted(), () => worker)).rejects.toThrow('acyclic');
  });
});
