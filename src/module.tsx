import './public-path';
import { AppPlugin, type AppPluginMeta, type AppRootProps, type PluginConfigPageProps } from '@grafana/data';
import { lazy, Suspense } from 'react';
import { LoadingPlaceholder } from '@grafana/ui';
import { PANEL_MENU_LINK } from './pages/panel-menu/panel-menu-link';

const AppPages = lazy(() => import('./pages/AppPages').then(({ AppPages }) => ({ default: AppPages })));

const ConfigPage = lazy(() => import('./pages/config/ConfigPage').then(({ ConfigPage }) => ({ default: ConfigPage })));

function Config(props: PluginConfigPageProps<AppPluginMeta>) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading" />}>
      <ConfigPage {...props} />
    </Suspense>
  );
}

function AppRoot(props: AppRootProps) {
  return (
    <Suspense fallback={<LoadingPlaceholder text="Loading Veza Traces" />}>
      <AppPages {...props} />
    </Suspense>
  );
}

export const plugin = new AppPlugin().setRootPage(AppRoot).addLink(PANEL_MENU_LINK).addConfigPage({ id: 'configuration', title: 'Configuration', icon: 'cog', body: Config });
