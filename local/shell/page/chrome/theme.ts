/** Light or dark: read once at start, changed for the running page, remembered. */
import { getThemeById, type GrafanaTheme2 } from '@grafana/data';
import { config, getAppEvents, locationService, ThemeChangedEvent } from '@grafana/runtime';
import { BehaviorSubject } from 'rxjs';

/** Same key as the script of server/index-page.ts, which reads it before anything is drawn. */
const STORAGE_KEY = 'veza.shell.theme';

let subject: BehaviorSubject<GrafanaTheme2> | undefined;

export function currentTheme(): BehaviorSubject<GrafanaTheme2> {
  subject ??= new BehaviorSubject(config.theme2);
  return subject;
}

export function setTheme(id: 'light' | 'dark'): void {
  localStorage.setItem(STORAGE_KEY, id);
  const theme = getThemeById(id);
  config.theme2 = theme;
  config.theme = theme.v1;
  config.bootData.user.theme = id;
  config.bootData.user.lightTheme = theme.isLight;
  document.documentElement.style.colorScheme = id;
  document.documentElement.style.background = theme.colors.background.canvas;
  // An address that asks for the other theme would win at the next load.
  if (locationService.getSearch().has('theme')) {
    locationService.partial({ theme: id }, true);
  }
  currentTheme().next(theme);
  getAppEvents().publish(new ThemeChangedEvent(theme));
}
