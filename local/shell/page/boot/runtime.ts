/** Gives @grafana/runtime and @grafana/data what Grafana gives them while it starts. */
import { EventBusSrv, standardEditorsRegistry, standardFieldConfigEditorRegistry, standardTransformersRegistry } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import {
  config, locationService, setAppEvents, setBackendSrv, setChromeHeaderHeightHook, setCurrentUser, setDataSourceSrv,
  setEchoSrv, setLocationSrv, setMegaMenuOpenHook, setPluginComponentHook, setPluginComponentsHook, setPluginFunctionsHook,
  setPluginLinksHook, setReturnToPreviousHook, setTemplateSrv,
} from '@grafana/runtime';
import { setPanelDataErrorView } from 'grafana-runtime-components/PanelDataErrorView.mjs';
import { setPanelRenderer } from 'grafana-runtime-components/PanelRenderer.mjs';
import { setPluginPage } from 'grafana-runtime-components/PluginPage.mjs';
import { ShellPluginPage } from '../chrome/ShellPluginPage';
import { TOP_BAR_HEIGHT_PX } from '../chrome/TopBar';
import { fieldConfigProperties, optionEditors } from '../dashboard/field-config-properties';
import { NoDataView } from '../dashboard/NoDataView';
import { ShellPanelRenderer } from '../dashboard/ShellPanelRenderer';
import { transformers } from './transformers';
import { ShellBackendSrv } from '../services/backend-srv';
import { ShellDataSourceSrv } from '../services/data-source-srv';
import { templateSrv } from '../services/template-srv';

/** Usage reports: taken and dropped, the shell phones nobody. */
const ignore = () => undefined;
const SILENT_ECHO = { addBackend: ignore, addEvent: ignore, flush: ignore, onInteraction: () => ignore };

export async function setUpRuntime(): Promise<void> {
  await initPluginTranslations('grafana');

  standardEditorsRegistry.setInit(optionEditors);
  standardFieldConfigEditorRegistry.setInit(fieldConfigProperties);
  standardTransformersRegistry.setInit(transformers);

  setBackendSrv(new ShellBackendSrv());
  setDataSourceSrv(new ShellDataSourceSrv());
  setTemplateSrv(templateSrv);
  setLocationSrv(locationService);
  setAppEvents(new EventBusSrv());
  setEchoSrv(SILENT_ECHO);
  setCurrentUser({ ...config.bootData.user });

  setPluginPage(ShellPluginPage);
  setPanelRenderer(ShellPanelRenderer);
  setPanelDataErrorView(NoDataView);

  // No other plugin extends this one here, and there is no page to return to.
  setPluginLinksHook(() => ({ links: [], isLoading: false }));
  setPluginComponentHook(() => ({ component: null, isLoading: false }));
  setPluginComponentsHook(() => ({ components: [], isLoading: false }));
  setPluginFunctionsHook(() => ({ functions: [], isLoading: false }));
  setReturnToPreviousHook(() => () => undefined);
  setChromeHeaderHeightHook(() => TOP_BAR_HEIGHT_PX);
  setMegaMenuOpenHook(() => [true, () => undefined]);
}
