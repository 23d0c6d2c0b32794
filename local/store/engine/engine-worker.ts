/** The engine's thread: everything that decodes, stores and searches, so that the servers' event loop stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { DataDirectoryError } from '../database/database-error';
import { Engine } from './engine';
import type { ClientMessage, EngineCall, EngineOptions, EngineReply, WorkerMessage } from './messages';

/** Shorter texts cost less as they are. */
const LONG_TEXT = 16 << 10;
const encoder = new TextEncoder();

function send(message: WorkerMessage, given: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, given);
}

/** Long answers leave as bytes that change their owner: making bytes of a text, or a copy, would hold up the servers' thread. */
function sendReply(id: number, reply: EngineReply): void {
  if (!reply || !('body' in reply) || reply.body.length < LONG_TEXT) {
    return send({ kind: 'reply', id, reply });
  }
  const bytes = typeof reply.body === 'string' ? encoder.encode(reply.body) : reply.body;
  const { buffer } = bytes;
  const own = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? buffer : bytes.slice().buffer;
  send({ kind: 'reply', id, reply: { ...reply, body: new Uint8Array(own) } }, [own]);
}

function answer(engine: Engine, call: EngineCall, signal: AbortSignal): Promise<EngineReply> {
  switch (call.kind) {
    case 'ingest':
      return engine.ingest(call.request);
    case 'api':
      return engine.api(call.request, signal);
    case 'close':
      return engine.close();
  }
}

async function serve(options: EngineOptions): Promise<void> {
  const engine = await Engine.open(options, (entry) => send({ kind: 'log', entry }));
  const running = new Map<number, AbortController>();
  parentPort?.on('message', (message: ClientMessage) => {
    const { id } = message;
    if (message.kind === 'cancel') {
      running.get(id)?.abort();
      return;
    }
    const { call } = message;
    const controller = new AbortController();
    running.set(id, controller);
    answer(engine, call, controller.signal)
      .then(
        (reply) => {
          sendReply(id, reply);
          if (call.kind === 'close') {
            parentPort?.close();
          }
        },
        (error: Error) => send({ kind: 'error', id, message: error.stack ?? error.message }),
      )
      .finally(() => running.delete(id));
  });
  send({ kind: 'ready' });
}

serve(workerData as EngineOptions).catch((error: unknown) => {
  if (error instanceof DataDirectoryError) {
    send({ kind: 'unusable', message: error.message });
  } else {
    throw error;
  }
});
