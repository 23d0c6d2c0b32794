import { LinkButton } from '@grafana/ui';
import { EmptyStatePanel } from '../state/StatePanel';
import { useUrlText } from '../url/use-url-text';
import { missingSource } from './missing-source';

/** What a page shows where there is nothing to read under the source of its address. */
export function NoSource() {
  const [uid] = useUrlText('source');
  const { title, advice } = missingSource(uid);
  return (
    <EmptyStatePanel title={title}>
      <p>{advice}</p>
      {!uid && (
        <LinkButton variant="secondary" href="/connections/datasources/new">
          Add a data source
        </LinkButton>
      )}
    </EmptyStatePanel>
  );
}
