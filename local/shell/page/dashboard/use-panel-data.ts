import { LoadingState, type PanelData } from '@grafana/data';
import { useEffect, useState } from 'react';
import type { PanelModel } from './model';
import { type QueryContext, runQueries } from './run-queries';

/**
 * A panel's data, fetched again whenever the context changes. While new data is on its way the old stays, as in
 * Grafana, so that a refresh does not blink.
 * @param context `undefined` while the variables are not known
 * @param skipsQueries the panel wants no data: it gets an empty answer at once
 * @returns `undefined` until the first answer
 */
export function usePanelData(panel: PanelModel, context: QueryContext | undefined, skipsQueries: boolean): PanelData | undefined {
  const [data, setData] = useState<PanelData>();
  useEffect(() => {
    if (!context) {
      return undefined;
    }
    const asked = skipsQueries ? { ...panel, targets: [] } : panel;
    const subscription = runQueries(asked, context).subscribe((next) =>
      setData((previous) => {
        const isWaiting = next.state === LoadingState.Loading && next.series.length === 0;
        return isWaiting ? previous && { ...previous, state: next.state, timeRange: next.timeRange } : next;
      })
    );
    return () => subscription.unsubscribe();
  }, [panel, context, skipsQueries]);
  return data;
}
