/** The engine's thread: everything that decodes, stores and searches, so that the servers' event loop stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { DataDirectoryError } from '../database/database-error';
import { Engine } from './engine';
import type { CallMessage, EngineCall, EngineOptions, EngineReply, WorkerMessage } from './messages';

function send(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function answer(engine: Engine, call: EngineCall): Promise<EngineReply> {
  switch (call.kind) {
    case 'ingest':
      return engine.ingest(call.request);
    case 'api':
      return engine.api(call.request);
    case 'close':
      return engine.close();
  }
}

async function serve(options: EngineOptions): Promise<void> {
  const engine = await Engine.open(options, (entry) => send({ kind: 'log', entry }));
  parentPort?.on('message', ({ id, call }: CallMessage) => {
    answer(engine, call).then(
      (reply) => {
        send({ kind: 'reply', id, reply });
        if (call.kind === 'close') {
          parentPort?.close();
        }
      },
      (error: Error) => send({ kind: 'error', id, message: error.stack ?? error.message }),
    );
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
