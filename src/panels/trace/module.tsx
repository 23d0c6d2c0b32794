import '../../public-path';
import { PanelPlugin, type PanelProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';

const TracePanel = lazy(() => import('./TracePanel').then((module) => ({ default: module.TracePanel })));

function Panel(props: PanelProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading trace" />}>
      <TracePanel {...props} />
    </Suspense>
  );
}

export const plugin = new PanelPlugin(Panel);
