import { PluginPage } from '@grafana/runtime';
import { EmptyState } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';

/** Grafana has more pages than the shell: Explore, alerting, administration. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <PluginPage pageNav={{ text: 'Page not found' }}>
      <EmptyState variant="not-found" message="This page is part of Grafana, not of the local shell">
        {pathname}
      </EmptyState>
    </PluginPage>
  );
}
