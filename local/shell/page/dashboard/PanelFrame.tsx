import { type AbsoluteTimeRange, LoadingState, type PanelData, renderMarkdown } from '@grafana/data';
import { PanelChrome } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { useAsync } from 'react-use';
import { loadPanelPlugin } from '../services/plugin-loader';
import { templateSrv } from '../services/template-srv';
import type { PanelModel } from './model';
import { PanelBody } from './PanelBody';
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
  const queried = usePanelData(panel, plugin.value?.meta.skipDataQuery ? undefined : queryContext);
  const data = useDataOrEmpty(queried, context, plugin.value?.meta.skipDataQuery ?? false);
  const [dismissed, setDismissed] = useState<string>();

  const title = templateSrv.replace(panel.title ?? '');
  const message = plugin.error?.message ?? errorMessage(data);
  return (
    <PanelChrome
      width={widthPx}
      height={heightPx}
      title={title}
      description={panel.description ? () => renderMarkdown(templateSrv.replace(panel.description)) : undefined}
      displayMode={panel.transparent ? 'transparent' : 'default'}
      hoverHeader={!title}
      loadingState={data?.state ?? LoadingState.Loading}
      statusMessage={message === dismissed ? undefined : message}
      statusMessageOnClick={() => setDismissed(message)}
      padding={plugin.value?.noPadding && panel.type !== 'text' ? 'none' : 'md'}
    >
      {(innerWidthPx, innerHeightPx) =>
        plugin.value && data ? (
          <PanelBody
            plugin={plugin.value}
            panelId={panel.id}
            title={title}
            transparent={panel.transparent}
            options={panel.options}
            fieldConfig={panel.fieldConfig}
            pluginVersion={panel.pluginVersion}
            data={data}
            timeZone={context?.timeZone ?? 'browser'}
            widthPx={innerWidthPx}
            heightPx={innerHeightPx}
            onChangeTimeRange={onChangeTimeRange}
          />
        ) : null
      }
    </PanelChrome>
  );
}

/** A panel that asks nothing, such as text, gets an empty answer at once; others wait for the first one. */
function useDataOrEmpty(queried: PanelData | undefined, context: Props['context'], isEmpty: boolean): PanelData | undefined {
  return useMemo(() => {
    if (isEmpty && context) {
      return { state: LoadingState.Done, series: [], timeRange: context.timeRange };
    }
    return queried;
  }, [isEmpty, context, queried]);
}

function errorMessage(data: PanelData | undefined): string | undefined {
  const messages = (data?.errors ?? []).map((error) => error.message ?? error.data?.message ?? 'An unknown error occurred');
  return messages.length > 0 ? messages.join('\n') : undefined;
}
