import '../../public-path';
import { FieldConfigProperty, PanelPlugin, type PanelProps } from '@grafana/data';
import { LoadingPlaceholder } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import { buildOptions } from './option-editors';
import type { ServiceMapOptions } from './options';

const ServiceMapPanel = lazy(() => import('./ServiceMapPanel').then((module) => ({ default: module.ServiceMapPanel })));

function Panel(props: PanelProps<ServiceMapOptions>) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading service map" />}>
      <ServiceMapPanel {...props} />
    </Suspense>
  );
}

export const plugin = new PanelPlugin<ServiceMapOptions>(Panel)
  .setPanelOptions(buildOptions)
  // Unit, decimals, links, value mappings and the colours of rings' parts are Grafana's; thresholds are options, because errors
  // and durations have their own.
  .useFieldConfig({
    standardOptions: { [FieldConfigProperty.Color]: { settings: { byValueSupport: true } } },
    disableStandardOptions: [FieldConfigProperty.Thresholds, FieldConfigProperty.Min, FieldConfigProperty.Max, FieldConfigProperty.NoValue],
  });
