import { css } from '@emotion/css';
import { type AppPluginMeta, PluginContextProvider, urlUtil } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Alert, ErrorBoundaryAlert, LoadingPlaceholder } from '@grafana/ui';
import { useAsync } from 'react-use';
import { useLocation, useParams } from 'react-router-dom-v5-compat';
import { useNavSection } from '../chrome/page-title';
import { errorText } from '../services/error-text';
import { loadAppPlugin } from '../services/plugin-loader';

const fillStyle = css({ display: 'flex', flexDirection: 'column', flex: '1 0 auto' });

/** `/a/:pluginId/*`: an app plugin's own pages. */
export function AppPage() {
  const { pluginId = '' } = useParams();
  const location = useLocation();
  const { value: plugin, error } = useAsync(() => loadAppPlugin(pluginId), [pluginId]);
  useNavSection(config.bootData.navTree.find((link) => link.pluginId === pluginId));

  if (error) {
    return <Alert title={`The app ${pluginId} cannot be loaded`}>{errorText(error)}</Alert>;
  }
  if (!plugin?.root) {
    return plugin ? <Alert title="This app has no pages" severity="info" /> : <LoadingPlaceholder text="Loading" />;
  }
  const Root = plugin.root;
  const meta: AppPluginMeta = plugin.meta;
  return (
    <ErrorBoundaryAlert>
      <PluginContextProvider meta={meta}>
        <div className={fillStyle}>
          <Root
            meta={meta}
            basename={`/a/${pluginId}`}
            path={location.pathname}
            query={urlUtil.parseKeyValue(location.search.replace(/^\?/, ''))}
            onNavChanged={() => undefined}
          />
        </div>
      </PluginContextProvider>
    </ErrorBoundaryAlert>
  );
}
