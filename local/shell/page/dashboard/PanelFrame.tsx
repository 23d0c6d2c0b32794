import { type AbsoluteTimeRange, LoadingState, type PanelData, renderMarkdown } from '@grafana/data';
import { config } from '@grafana/runtime';
import { PanelChrome } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { useAsync } from 'react-use';
import { errorText } from '../services/error-text';
import { loadPanelPlugin } from '../services/plugin-loader';
import { templateSrv } from '../services/template-srv';
import type { PanelModel } from './model';
import { PanelBody } from './PanelBody';
import { PanelMessage } from './PanelMessage';
import { PanelNotices } from './PanelNotices';
import type { QueryContext } from './run-queries';
import { usePanelData } from './use-panel-data';

interface Props {
  readonly panel: PanelModel;
  /** What to ask for; `undefined` while the variables are not known. */
  readonly context: Omit<QueryContext, 'widthPx'> | undefined;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly onChangeTimeRange: (range: AbsoluteTimeRange) => void;
}

/** One panel of a dashboard: frame, title, description, loading bar, error, and the panel plugin inside. */
export function PanelFrame({ panel, context, widthPx, heightPx, onChangeTimeRange }: Props) {
  const plugin = useAsync(() => loadPanelPlugin(panel.type), [panel.type]);
  // The width says how many points to ask for; a window that is dragged wider must not ask again and again.
  const [firstWidthPx] = useState(widthPx);
  const queryContext = useMemo(() => context && { ...context, widthPx: firstWidthPx }, [context, firstWidthPx]);
  const skipsQueries = config.panels[panel.type]?.skipDataQuery ?? false;
  const data = usePanelData(panel, queryContext, skipsQueries);

  const title = templateSrv.replace(panel.title ?? '', undefined, 'text');
  const message = plugin.error ? errorText(plugin.error) : errorMessage(data);
  const description = panel.description && (() => renderMarkdown(templateSrv.replace(panel.description, undefined, 'text')));
  return (
    <PanelChrome
      width={widthPx}
      height={heightPx}
      title={title}
      description={description}
      titleItems={data && <PanelNotices frames={data.series} />}
      displayMode={panel.transparent ? 'transparent' : 'default'}
      hoverHeader={!title}
      loadingState={data?.state ?? LoadingState.Loading}
      statusMessage={message}
      padding={plugin.value?.noPadding ? 'none' : 'md'}
    >
      {(innerWidthPx, innerHeightPx) => {
        if (plugin.error) {
          return <PanelMessage>{message}</PanelMessage>;
        }
        if (!plugin.value || !data || !context) {
          return null;
        }
        return (
          <PanelBody
            plugin={plugin.value}
            panelId={panel.id}
            title={title}
            transparent={panel.transparent}
            options={panel.options}
            fieldConfig={panel.fieldConfig}
            pluginVersion={panel.pluginVersion}
            data={data}
            timeZone={context.timeZone}
            widthPx={innerWidthPx}
            heightPx={innerHeightPx}
            onChangeTimeRange={onChangeTimeRange}
          />
        );
      }}
    </PanelChrome>
  );
}

function errorMessage(data: PanelData | undefined): string | undefined {
  const messages = (data?.errors ?? []).map(errorText);
  return messages.length > 0 ? messages.join('\n') : undefined;
}
