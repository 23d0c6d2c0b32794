import type { PanelRendererProps } from '@grafana/runtime';
import { getDefaultTimeRange, LoadingState } from '@grafana/data';
import { Alert, LoadingPlaceholder } from '@grafana/ui';
import { useMemo } from 'react';
import { useAsync } from 'react-use';
import { errorText } from '../services/error-text';
import { loadPanelPlugin } from '../services/plugin-loader';
import { PanelBody } from './PanelBody';

const ignore = () => undefined;

/** What plugins get as PanelRenderer: any panel, drawn with data they bring themselves. */
export function ShellPanelRenderer(props: PanelRendererProps) {
  const { pluginId, title, data, timeZone = 'browser', width, height, options, onChangeTimeRange } = props;
  const plugin = useAsync(() => loadPanelPlugin(pluginId), [pluginId]);
  const shown = useMemo(() => data ?? { state: LoadingState.Done, series: [], timeRange: getDefaultTimeRange() }, [data]);
  if (plugin.error) {
    return <Alert title={`Cannot load the panel ${pluginId}`}>{errorText(plugin.error)}</Alert>;
  }
  if (!plugin.value) {
    return <LoadingPlaceholder text="Loading panel" />;
  }
  return (
    <PanelBody
      plugin={plugin.value}
      panelId={1}
      title={title}
      options={{ ...options }}
      fieldConfig={props.fieldConfig}
      data={shown}
      timeZone={timeZone}
      widthPx={width}
      heightPx={height}
      onChangeTimeRange={onChangeTimeRange ?? ignore}
      onOptionsChange={props.onOptionsChange}
    />
  );
}
