/** Takes the requests of a file in, one after the other, as if a sender had sent them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../engine/engine';
import { type FileRequest, OtlpFileError, readOtlpFile } from './otlp-file';

export interface ImportResult {
  readonly requests: number;
  readonly rejectedSpans: number;
}

/** Requests on their way at once: they share the syncs of the write-ahead log. */
const AT_ONCE = 8;

/** @throws OtlpFileError naming the request that cannot be read; most before it have been taken in */
export async function importFile(engine: Engine, file: string, tenant: string | undefined): Promise<ImportResult> {
  let requests = 0;
  let rejectedSpans = 0;
  const onTheWay = new Set<Promise<void>>();
  for await (const request of readOtlpFile(file)) {
    const taken = take(engine, file, request, tenant).then((rejected) => {
      requests++;
      rejectedSpans += rejected;
      onTheWay.delete(taken);
    });
    onTheWay.add(taken);
    taken.catch(() => undefined); // It stays on the way, where its failure is met below.
    if (onTheWay.size >= AT_ONCE) {
      await Promise.race(onTheWay);
    }
  }
  await Promise.all(onTheWay);
  return { requests, rejectedSpans };
}

/** @returns how many spans were rejected */
async function take(engine: Engine, file: string, { format, body, number }: FileRequest, tenant: string | undefined): Promise<number> {
  for (;;) {
    const outcome = await engine.ingest({ format, body, orgId: tenant });
    if (outcome.kind === 'accepted') {
      return outcome.rejectedSpans;
    }
    if (outcome.kind !== 'overloaded') {
      throw new OtlpFileError(`request ${number} of ${file}: ${outcome.message}`);
    }
    await delay(outcome.retryAfterMs);
  }
}
