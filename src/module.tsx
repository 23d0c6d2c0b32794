import './public-path';
import { AppPlugin, type AppRootProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';

const AppPages = lazy(() => import('./pages/AppPages').then(({ AppPages }) => ({ default: AppPages })));

function AppRoot(props: AppRootProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading Veza Traces" />}>
      <AppPages {...props} />
    </Suspense>
  );
}

export const plugin = new AppPlugin().setRootPage(AppRoot);
