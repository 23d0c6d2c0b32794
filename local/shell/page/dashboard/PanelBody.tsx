import {
  type AbsoluteTimeRange, CoreApp, EventBusSrv, type FieldConfigSource, getPanelOptionsWithDefaults, LoadingState, type PanelData,
  type PanelPlugin, PluginContextProvider, useFieldOverrides,
} from '@grafana/data';
import { ErrorBoundaryAlert, PanelContextProvider, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { templateSrv } from '../services/template-srv';

/** What panels tell one another, such as the time that is hovered. */
const panelEvents = new EventBusSrv();

export interface PanelBodyProps {
  readonly plugin: PanelPlugin;
  readonly panelId: number;
  readonly title: string;
  readonly transparent?: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fieldConfig?: FieldConfigSource;
  readonly pluginVersion?: string;
  readonly data: PanelData;
  readonly timeZone: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly onChangeTimeRange: (range: AbsoluteTimeRange) => void;
  readonly onOptionsChange?: (options: Record<string, unknown>) => void;
}

/** A panel plugin with everything Grafana gives one: defaults, field configuration, contexts, a boundary for its errors. */
export function PanelBody(props: PanelBodyProps) {
  return (
    <ErrorBoundaryAlert dependencies={[props.data]}>
      <PanelContent {...props} />
    </ErrorBoundaryAlert>
  );
}

function PanelContent(props: PanelBodyProps) {
  const { plugin, panelId, title, data, timeZone, widthPx, heightPx } = props;
  const theme = useTheme2();
  // What a panel changes about itself lasts until the page is left: there is no dashboard to save to.
  const [changed, setChanged] = useState<{ options?: Record<string, unknown>; fieldConfig?: FieldConfigSource }>({});
  const { options, fieldConfig } = useMemo(() => {
    const migrated = plugin.onPanelMigration?.({
      id: panelId, type: plugin.meta.id, title, options: { ...props.options }, pluginVersion: props.pluginVersion,
      fieldConfig: props.fieldConfig ?? { defaults: {}, overrides: [] },
    });
    const currentOptions = changed.options ?? (migrated instanceof Promise ? undefined : migrated) ?? props.options ?? {};
    const currentFieldConfig = changed.fieldConfig ?? props.fieldConfig ?? { defaults: {}, overrides: [] };
    return getPanelOptionsWithDefaults({ plugin, currentOptions, currentFieldConfig, isAfterPluginChange: false });
  }, [plugin, panelId, title, props.options, props.fieldConfig, props.pluginVersion, changed]);
  const replaceVariables = useMemo(() => templateSrv.replace.bind(templateSrv), []);
  const shown = useFieldOverrides(plugin, fieldConfig, data, timeZone, theme, replaceVariables);
  // Scoped, so that a panel can tell its own events from others'.
  const eventBus = useMemo(() => panelEvents.newScopedBus('panel', { onlyLocal: false }), []);
  const context = useMemo(
    () => ({
      eventBus, eventsScope: 'shell', app: CoreApp.Dashboard,
      canAddAnnotations: () => false, canEditAnnotations: () => false, canDeleteAnnotations: () => false,
    }),
    [eventBus]
  );

  const Panel = plugin.panel;
  if (!Panel || !shown) {
    return null;
  }
  return (
    <PluginContextProvider meta={plugin.meta}>
      <PanelContextProvider value={context}>
        <Panel
          id={panelId}
          title={title}
          data={shown}
          timeRange={data.timeRange}
          timeZone={timeZone}
          options={options}
          fieldConfig={fieldConfig}
          transparent={props.transparent ?? false}
          width={widthPx}
          height={heightPx}
          renderCounter={data.state === LoadingState.Done ? 1 : 0}
          eventBus={eventBus}
          replaceVariables={replaceVariables}
          onChangeTimeRange={props.onChangeTimeRange}
          onOptionsChange={(next: Record<string, unknown>) => {
            setChanged((previous) => ({ ...previous, options: next }));
            props.onOptionsChange?.(next);
          }}
          onFieldConfigChange={(next: FieldConfigSource) => setChanged((previous) => ({ ...previous, fieldConfig: next }))}
        />
      </PanelContextProvider>
    </PluginContextProvider>
  );
}
