import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ChangeMapState, MapState } from '../../views/service-map/map-state';
import { mapStateOf, withMapState } from '../../views/service-map/map-state-params';
import { mapRequestOf, withMapRequest, type MapRequest } from './map-request';

/** The map's state in the page's address: a copied link shows the same, and a refresh keeps it. */
export function useUrlMapState(): [MapState, ChangeMapState] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => mapStateOf(params), [params]);
  const change = useCallback<ChangeMapState>(
    // Replaced, not pushed: the way back leads to the page before, not through every click on the map.
    (next) => setParams((last) => withMapState(last, { ...mapStateOf(last), ...next }), { replace: true }),
    [setParams]
  );
  return [state, change];
}

/** Which map the page shows, in its address too. The same object as long as nothing of it changes. */
export function useUrlMapRequest(): [MapRequest, (change: Partial<MapRequest>) => void] {
  const [params, setParams] = useSearchParams();
  const { drawnFrom, service, level, groupBy, against, limit } = mapRequestOf(params);
  const request = useMemo(() => ({ drawnFrom, service, level, groupBy, against, limit }), [drawnFrom, service, level, groupBy, against, limit]);
  const change = useCallback(
    (next: Partial<MapRequest>) =>
      setParams((last) => {
        const changed = withMapRequest(last, { ...mapRequestOf(last), ...next });
        // What is compared is what one wants to see.
        return 'against' in next ? withMapState(changed, { ...mapStateOf(changed), colouring: next.against ? 'change' : 'errors' }) : changed;
      }),
    [setParams]
  );
  return [request, change];
}
