import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { ChangeMapState, MapState } from '../../views/service-map/map-state';
import { mapStateOf, withMapState } from '../../views/service-map/map-state-params';

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
