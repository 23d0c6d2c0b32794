/** Takes the requests of a file in, one after the other, as if a sender had sent them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine } from '../engine/engine';
import { OtlpFileError, readOtlpFile } from './otlp-file';

export interface ImportResult {
  readonly requests: number;
  readonly rejectedSpans: number;
}

/** @throws OtlpFileError naming the request that cannot be read; those before it have been taken in */
export async function importFile(engine: Engine, file: string, tenant: string | undefined): Promise<ImportResult> {
  let requests = 0;
  let rejectedSpans = 0;
  for await (const { format, body, number } of readOtlpFile(file)) {
    for (let isTaken = false; !isTaken; ) {
      const outcome = await engine.ingest({ format, body, orgId: tenant });
      if (outcome.kind === 'overloaded') {
        await delay(outcome.retryAfterMs);
      } else if (outcome.kind === 'accepted') {
        isTaken = true;
        requests++;
        rejectedSpans += outcome.rejectedSpans;
      } else {
        throw new OtlpFileError(`request ${number} of ${file}: ${outcome.message}`);
      }
    }
  }
  return { requests, rejectedSpans };
}
