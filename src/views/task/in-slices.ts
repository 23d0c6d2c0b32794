/** Work that must not keep a page from answering: done for a few milliseconds, then whatever waits has its turn. */

const SLICE_MS = 8;

/**
 * @param steps each should take well under a millisecond
 * @returns how to cancel: nothing is called after that
 */
export function inSlices<T>(steps: Iterator<undefined, T>, onDone: (value: T) => void): () => void {
  // Timers that follow each other are held up by 4 ms each, messages are not.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const endMs = performance.now() + SLICE_MS;
    while (performance.now() < endMs) {
      const { done, value } = steps.next();
      if (done) {
        port1.close();
        onDone(value);
        return;
      }
    }
    port2.postMessage(undefined);
  };
  port2.postMessage(undefined);
  return () => port1.close();
}
