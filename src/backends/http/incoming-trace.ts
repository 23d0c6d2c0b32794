import { openBeginning } from '../../formats';
import type { TraceOptions } from '../backend';
import type { HttpRequest, Received } from './http-client';

/** More than a screen full of bars, read within a frame. */
const BEGINNING_BYTES = 256 * 1024;
const TOLD_EVERY_MS = 100;

/** The request for a trace, watched while the answer comes in: how far it is, and its first spans once there are enough. */
export function watched(what: HttpRequest, { onProgress, onBeginning }: TraceOptions, now: () => number = Date.now): HttpRequest {
  if (!onProgress && !onBeginning) {
    return what;
  }
  const beginning = onBeginning && new Beginning(onBeginning);
  let toldMs = -Infinity;
  const onReceived = ({ chunk, receivedBytes, totalBytes }: Received) => {
    beginning?.add(chunk, receivedBytes);
    if (now() - toldMs >= TOLD_EVERY_MS) {
      toldMs = now();
      onProgress?.({ kind: 'receiving', receivedBytes, totalBytes });
    }
  };
  return { ...what, onReceived };
}

/** Keeps the first bytes until they can be looked at. */
class Beginning {
  private bytes = new Uint8Array(BEGINNING_BYTES);
  private isShown = false;

  constructor(private readonly show: NonNullable<TraceOptions['onBeginning']>) {}

  add(chunk: Uint8Array, receivedBytes: number): void {
    if (this.isShown) {
      return;
    }
    const from = receivedBytes - chunk.length;
    this.bytes.set(chunk.subarray(0, BEGINNING_BYTES - from), from);
    if (receivedBytes > BEGINNING_BYTES) {
      this.isShown = true;
      const opened = openBeginning(this.bytes);
      this.bytes = new Uint8Array();
      if (opened) {
        this.show(opened.set);
      }
    }
  }
}
