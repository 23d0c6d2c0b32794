import { Button, Dropdown, Menu } from '@grafana/ui';
import { useState } from 'react';
import { toTraceql } from '../../backends/filter/traceql';
import type { TraceFilter } from '../../backends/filter/trace-filter';
import { filterOfAddress } from './search-address';
import { recentSearches } from './recent-searches';

/** Searches made before in this browser, to be made again. */
export function RecentSearches({ onChoose }: { readonly onChoose: (filter: TraceFilter) => void }) {
  const [searches, setSearches] = useState<readonly string[]>([]);
  return (
    <Dropdown
      onVisibleChange={(isOpen) => isOpen && setSearches(recentSearches())}
      overlay={
        <Menu>
          {searches.length === 0 && <Menu.Item label="No searches yet" disabled />}
          {searches.map((search) => {
            const filter = filterOfAddress(new URLSearchParams(search));
            return <Menu.Item key={search} label={toTraceql(filter)} onClick={() => onChoose(filter)} />;
          })}
        </Menu>
      }
    >
      <Button variant="secondary" icon="history">
        Recent
      </Button>
    </Dropdown>
  );
}
