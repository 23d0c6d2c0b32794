import { useEffect, useState } from 'react';
import type { Backend, TraceSummary } from '../../backends/backend';
import type { TraceFilter } from '../../backends/filter/trace-filter';
import { mergeNewest, nextLookFromMs } from './live-tail';

export interface LiveTail {
  /** Newest first. */
  readonly traces: readonly TraceSummary[];
  readonly error: Error | undefined;
}

interface Options {
  readonly backend: Backend | undefined;
  readonly filter: TraceFilter;
  readonly limit: number;
  readonly isOn: boolean;
}

const NOTHING: LiveTail = { traces: [], error: undefined };

const LOOK_EVERY_MS = 3_000;
/** How far the first look goes back. */
const FIRST_LOOK_MS = 5 * 60_000;

/** Looks for new traces again and again, one look at a time and only while the tab is visible. */
export function useLiveTail({ backend, filter, limit, isOn }: Options): LiveTail {
  const [tail, setTail] = useState<LiveTail & { readonly filter: TraceFilter | undefined }>({ ...NOTHING, filter: undefined });
  useEffect(() => {
    if (!isOn || !backend) {
      return undefined;
    }
    const abort = new AbortController();
    const startMs = Date.now() - FIRST_LOOK_MS;
    let traces: readonly TraceSummary[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const range = { fromMs: nextLookFromMs(traces, startMs), toMs: Date.now() };
          const found = await backend.search({ filter, range, limit }, { signal: abort.signal });
          traces = mergeNewest(traces, found.traces);
          setTail({ traces, error: undefined, filter });
        } catch (reason) {
          if (abort.signal.aborted) {
            return;
          }
          setTail({ traces, error: reason instanceof Error ? reason : new Error(String(reason)), filter });
        }
      }
      if (!abort.signal.aborted) {
        timer = setTimeout(() => void look(), LOOK_EVERY_MS);
      }
    };
    void look();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [backend, filter, limit, isOn]);
  // What another search found is no answer to this one.
  return tail.filter === filter ? tail : NOTHING;
}
