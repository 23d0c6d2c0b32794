import '../../public-path';
import { FieldConfigProperty, PanelPlugin, type PanelProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import { addTraceOptions, type TracePanelOptions } from './options';

const TracePanel = lazy(() => import('./TracePanel').then((module) => ({ default: module.TracePanel })));

function Panel(props: PanelProps<TracePanelOptions>) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading trace" />}>
      <TracePanel {...props} />
    </Suspense>
  );
}

/** Data links are the only standard option that says something about a trace. */
const UNUSED = Object.values(FieldConfigProperty).filter((property) => property !== FieldConfigProperty.Links);

export const plugin = new PanelPlugin<TracePanelOptions>(Panel).useFieldConfig({ disableStandardOptions: UNUSED }).setPanelOptions(addTraceOptions);
