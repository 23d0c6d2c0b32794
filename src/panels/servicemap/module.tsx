import '../../public-path';
import { PanelPlugin, type PanelProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';

const ServiceMapPanel = lazy(() => import('./ServiceMapPanel').then((module) => ({ default: module.ServiceMapPanel })));

function Panel(props: PanelProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading service map" />}>
      <ServiceMapPanel {...props} />
    </Suspense>
  );
}

export const plugin = new PanelPlugin(Panel);
