import { useEffect, useRef } from 'react';
import { parseSpanId, type TraceSet } from '../../trace';

interface Selection {
  readonly set: TraceSet;
  readonly trace: number;
  readonly selected: number | undefined;
  readonly reveal: (row: number) => void;
  /** Is told the selected span, as hexadecimal text; '' for none. */
  readonly onSpan: ((spanId: string) => void) | undefined;
}

/** Browsers refuse addresses that change many times a second; a key held down passes many spans. */
const REST_MS = 300;

/** The span that an address names is selected once it is there, and the address follows the selection. */
export function useSpanOfAddress(spanId: string | undefined, { set, trace, selected, reveal, onSpan }: Selection): void {
  const told = useRef('');
  const wanted = useRef<string | undefined>(undefined);
  useEffect(() => {
    wanted.current = spanId === told.current ? undefined : spanId;
  }, [spanId]);
  useEffect(() => {
    const id = wanted.current ? parseSpanId(wanted.current) : undefined;
    const row = id && set.rowOf(trace, id);
    if (row !== undefined) {
      wanted.current = undefined;
      reveal(row);
    }
  }, [spanId, set, trace, reveal]);
  useEffect(() => {
    const selectedId = selected === undefined ? '' : set.spanId(selected);
    if (!onSpan || selectedId === told.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      told.current = selectedId;
      onSpan(selectedId);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [selected, set, onSpan]);
}
