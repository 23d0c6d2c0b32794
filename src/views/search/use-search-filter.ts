import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { TraceFilter } from '../../backends/filter/trace-filter';
import { addressWithFilter, filterOfAddress } from './search-address';

/** The search that the page's address holds; another object only when it is another search. */
export function useSearchFilter(): readonly [TraceFilter, (filter: TraceFilter) => void] {
  const [params, setParams] = useSearchParams();
  // Times and source are in the same address: when they change the search stays the same.
  const address = addressWithFilter(new URLSearchParams(), filterOfAddress(params)).toString();
  const filter = useMemo(() => filterOfAddress(new URLSearchParams(address)), [address]);
  const setFilter = useCallback((next: TraceFilter) => setParams((last) => addressWithFilter(last, next)), [setParams]);
  return [filter, setFilter];
}
