/** The generated corpus of the folder beside the checkout, which tests use when it is there. */
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeOtlpJson } from '../src/formats';
import type { TraceSet } from '../src/trace';

const GENERATOR = resolve(__dirname, '../../shared/corpus/generate.mjs');

export const CORPUS_START_MS = 1_795_334_400_000;

/** OTLP/JSON export requests, one a line; the same for the same seed. */
export function corpusRequests(traces: number, seed = 1, startMs = CORPUS_START_MS): string[] {
  // The generator only runs when it is called by its real path.
  const args = [realpathSync(GENERATOR), '--traces', String(traces), '--seed', String(seed), '--start', String(startMs)];
  return execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 256e6 }).trim().split('\n');
}

export const corpusSet = (traces: number): TraceSet => decodeOtlpJson(corpusRequests(traces).map((line) => new TextEncoder().encode(line)));
