import type { GraphLayout } from '../../../drawing/graph/layered-layout';
import { layOut } from '../../../drawing/graph/map-layout';
import { CorsWorker } from '../../worker/cors-worker';
import type { LayoutAnswer, LayoutRequest } from './layout.worker';

/** Long enough for the page to show that it is at work before a layout without a worker holds it up. */
const PAINT_MS = 50;

/**
 * Lays a graph out without holding up the page, in a worker where there can be one.
 *
 * @param signal ends the worker when aborted; the promise then rejects with the signal's reason
 */
export async function layOutInWorker(request: LayoutRequest, signal: AbortSignal, startWorker: () => Worker | undefined = startLayoutWorker): Promise<GraphLayout> {
  signal.throwIfAborted();
  const worker = startWorker();
  if (!worker) {
    return layOutHere(request, signal);
  }
  try {
    const answer = await answerOf(worker, request, signal);
    if (answer === 'noWorker') {
      return await layOutHere(request, signal);
    }
    if (answer.kind === 'failed') {
      throw new Error(answer.message);
    }
    return answer.layout;
  } finally {
    worker.terminate();
  }
}

/** Undefined where a policy of the page forbids workers. */
function startLayoutWorker(): Worker | undefined {
  try {
    return new CorsWorker(new URL('./layout.worker', import.meta.url));
  } catch {
    return undefined;
  }
}

function answerOf(worker: Worker, request: LayoutRequest, signal: AbortSignal): Promise<LayoutAnswer | 'noWorker'> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => resolve(data);
    // The script was refused or not found.
    worker.onerror = () => resolve('noWorker');
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.postMessage(request);
  });
}

async function layOutHere({ kind, topology, groupOf }: LayoutRequest, signal: AbortSignal): Promise<GraphLayout> {
  await new Promise((resolve) => setTimeout(resolve, PAINT_MS));
  signal.throwIfAborted();
  return layOut(kind, topology, groupOf);
}
