import { PluginExtensionPoints, type PluginExtensionAddedLinkConfig, type PluginExtensionPanelContext } from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import { pathOfPanel } from './path-of-panel';

/** In the menu of every panel that queries traces; title and description must be those in plugin.json. */
export const PANEL_MENU_LINK: PluginExtensionAddedLinkConfig<PluginExtensionPanelContext> = {
  targets: PluginExtensionPoints.DashboardPanelMenu,
  title: 'Open in Veza Traces',
  description: 'Opens the trace, the list of traces or the service map of what this panel queries.',
  icon: 'gf-layout-simple',
  // Grafana registers no link without a path, even where `configure` gives one.
  path: '/a/veza-traces-app/service-map',
  configure: (context) => {
    const path = context && pathOfPanel(context, (text) => getTemplateSrv().replace(text, context.scopedVars));
    return path === undefined ? undefined : { path };
  },
};
