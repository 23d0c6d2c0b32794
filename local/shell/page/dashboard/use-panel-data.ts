import { LoadingState, type PanelData } from '@grafana/data';
import { useEffect, useState } from 'react';
import type { PanelModel } from './model';
import { type QueryContext, runQueries } from './run-queries';

/**
 * A panel's data, fetched again whenever the context changes. While new data is on its way the old stays, as in
 * Grafana, so that a refresh does not blink.
 * @param context `undefined` while the variables are not known
 */
export function usePanelData(panel: PanelModel, context: QueryContext | undefined): PanelData | undefined {
  const [data, setData] = useState<PanelData>();
  useEffect(() => {
    if (!context) {
      return undefined;
    }
    const subscription = runQueries(panel, context).subscribe((next) =>
      setData((previous) => (isWaiting(next) && previous ? { ...previous, state: next.state, timeRange: next.timeRange } : next))
    );
    return () => subscription.unsubscribe();
  }, [panel, context]);
  return data;
}

function isWaiting(data: PanelData): boolean {
  return data.state === LoadingState.Loading && data.series.length === 0;
}
