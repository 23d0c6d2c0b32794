/** The servers' side of the engine's thread: calls as promises. */
import { Worker } from 'node:worker_threads';
import { DataDirectoryError } from '../database/database-error';
import type { ApiRequest, ApiResponse, ClientMessage, EngineCall, EngineOptions, EngineReply, IngestOutcome, IngestRequest, WorkerMessage } from './messages';
import type { Log } from '../log';

interface Pending {
  readonly resolve: (reply: EngineReply) => void;
  readonly reject: (error: Error) => void;
}

export class EngineClient {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private nextId = 1;
  private failure: Error | undefined;

  private constructor(worker: Worker) {
    this.worker = worker;
  }

  /**
   * Starts the thread and waits until the data directory is open.
   * @param onLog what the engine has to say to its operator
   * @param onFailure called when the thread dies; every later call fails
   * @throws DataDirectoryError when the directory cannot be used
   */
  static async start(options: EngineOptions, onLog: Log, onFailure: (error: Error) => void): Promise<EngineClient> {
    const worker = new Worker(new URL('./engine-worker-start.mjs', import.meta.url), { workerData: options, execArgv: [] });
    const client = new EngineClient(worker);
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'ready':
            return resolve();
          case 'unusable':
            void worker.terminate();
            return reject(new DataDirectoryError(message.message));
          case 'log':
            return onLog(message.entry);
          case 'reply':
            return client.take(message.id)?.resolve(message.reply);
          case 'error':
            return client.take(message.id)?.reject(new Error(message.message));
        }
      });
      worker.on('error', (error) => {
        reject(error);
        client.fail(error);
        onFailure(error);
      });
      worker.on('exit', () => client.fail(new Error('the store has been closed')));
    });
    return client;
  }

  /** The body is given away: it moves to the thread with the memory it lies in, so a part of something larger is copied out first. */
  ingest(request: IngestRequest): Promise<IngestOutcome> {
    const { body } = request;
    const own = body.byteLength === body.buffer.byteLength && body.buffer instanceof ArrayBuffer ? body : new Uint8Array(body);
    return this.call({ kind: 'ingest', request: { ...request, body: own } }) as Promise<IngestOutcome>;
  }

  /** @param signal tells the engine that nobody waits any longer */
  api(request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse> {
    return this.call({ kind: 'api', request }, signal) as Promise<ApiResponse>;
  }

  /** Writes what was accepted and ends the thread. */
  async close(): Promise<void> {
    await this.call({ kind: 'close' });
  }

  private call(call: EngineCall, signal?: AbortSignal): Promise<EngineReply> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      const id = this.nextId++;
      this.pending.set(id, { resolve, reject });
      this.post({ kind: 'call', id, call }, call.kind === 'ingest' ? [call.request.body.buffer as ArrayBuffer] : []);
      signal?.addEventListener('abort', () => this.post({ kind: 'cancel', id }), { once: true });
    });
  }

  private post(message: ClientMessage, given: readonly ArrayBuffer[] = []): void {
    this.worker.postMessage(message, given);
  }

  private take(id: number): Pending | undefined {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    return pending;
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.pending.forEach(({ reject }) => reject(error));
    this.pending.clear();
  }
}
