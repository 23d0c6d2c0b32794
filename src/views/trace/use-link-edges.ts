import { useEffect, useState } from 'react';
import { linkEdgesInSteps, type LinkEdges } from '../../analysis/link-edges';
import type { TraceSet } from '../../trace';

const NONE: LinkEdges = { within: [], leaving: [] };
/** So many rows take a few milliseconds. */
const ROWS_A_STEP = 4_000;
/** The bars come first. */
const DELAY_MS = 300;

/** The span links of a trace, found while nothing else is to be done. */
export function useLinkEdges(set: TraceSet, trace: number, isWanted: boolean): LinkEdges {
  const [found, setFound] = useState<{ readonly set: TraceSet; readonly edges: LinkEdges } | undefined>(undefined);
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const steps = linkEdgesInSteps(set, trace, ROWS_A_STEP);
    let timer = setTimeout(function step() {
      const { done, value } = steps.next();
      if (done) {
        setFound({ set, edges: value });
      } else {
        timer = setTimeout(step);
      }
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [set, trace, isWanted]);
  return isWanted && found?.set === set ? found.edges : NONE;
}
