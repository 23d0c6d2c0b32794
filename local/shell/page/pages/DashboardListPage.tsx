import { getBackendSrv, PluginPage } from '@grafana/runtime';
import { Card, EmptyState, LoadingPlaceholder, TagList } from '@grafana/ui';
import { useAsync } from 'react-use';
import { errorText } from '../services/error-text';

interface SearchHit {
  readonly uid: string;
  readonly title: string;
  readonly url: string;
  readonly tags: string[];
}

/** `/dashboards`: the files of the dashboards folder. */
export function DashboardListPage() {
  const { value: hits, loading, error } = useAsync(() => getBackendSrv().get<SearchHit[]>('/api/search', { type: 'dash-db' }));
  return (
    <PluginPage pageNav={{ text: 'Dashboards' }}>
      {loading && <LoadingPlaceholder text="Loading dashboards" />}
      {error && <EmptyState variant="not-found" message="The dashboards cannot be read">{errorText(error)}</EmptyState>}
      {hits?.length === 0 && <EmptyState variant="call-to-action" message="The dashboards folder is empty" />}
      {hits?.map(({ uid, title, url, tags }) => (
        <Card key={uid} href={url} noMargin>
          <Card.Heading>{title}</Card.Heading>
          <Card.Tags>
            <TagList tags={tags} />
          </Card.Tags>
        </Card>
      ))}
    </PluginPage>
  );
}
