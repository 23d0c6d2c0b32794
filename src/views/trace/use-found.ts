import { useEffect, useMemo, useState } from 'react';
import { compileSpanFilter, type SpanFilter } from '../../analysis/filter/span-filter';
import type { TraceSet } from '../../trace';
import { inSlices } from '../task/in-slices';
import { findInSteps, type SpanMarks } from './span-marks';

export type Found =
  | { readonly kind: 'empty' }
  /** What was found last stays marked until there is an answer. */
  | { readonly kind: 'finding'; readonly found: SpanMarks | undefined }
  | { readonly kind: 'found'; readonly found: SpanMarks }
  | { readonly kind: 'invalid'; readonly message: string };

interface Answer {
  readonly set: TraceSet;
  readonly trace: number;
  readonly filter: SpanFilter;
  readonly found: SpanMarks;
}

/** So many rows take less than a millisecond, whatever is asked. */
const ROWS_A_STEP = 200;

/** The spans of a trace that a filter text matches; typing is never held up, however many spans there are. */
export function useFound(set: TraceSet, trace: number, text: string): Found {
  const compiled = useMemo(() => compileSpanFilter(text), [text]);
  const filter = compiled.kind === 'filter' ? compiled.filter : undefined;
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  useEffect(
    () => filter && inSlices(findInSteps(set, trace, filter, ROWS_A_STEP), (found) => setAnswer({ set, trace, filter, found })),
    [set, trace, filter]
  );
  return useMemo((): Found => {
    if (compiled.kind !== 'filter') {
      return compiled.kind === 'empty' ? compiled : { kind: 'invalid', message: compiled.problem.message };
    }
    const found = answer?.set === set && answer.trace === trace ? answer.found : undefined;
    return found && answer?.filter === compiled.filter ? { kind: 'found', found } : { kind: 'finding', found };
  }, [compiled, answer, set, trace]);
}
