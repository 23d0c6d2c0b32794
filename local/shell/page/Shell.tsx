import { ThemeContext } from '@grafana/data';
import { locationService, LocationServiceProvider } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { useSyncExternalStore } from 'react';
import { Router } from 'react-router-dom-v5';
import { CompatRouter, Route, Routes } from 'react-router-dom-v5-compat';
import { Chrome } from './chrome/Chrome';
import { currentTheme } from './chrome/theme';
import { AppPage } from './pages/AppPage';
import { DashboardListPage } from './pages/DashboardListPage';
import { DashboardPage } from './pages/DashboardPage';
import { NotFoundPage } from './pages/NotFoundPage';

/** The whole page: Grafana's contexts around the routes. Router 5 for @grafana/ui's links, router 6 for everyone else. */
export function Shell() {
  const theme = useSyncExternalStore(
    (onChange) => {
      const subscription = currentTheme().subscribe(onChange);
      return () => subscription.unsubscribe();
    },
    () => currentTheme().value
  );
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <Router history={locationService.getHistory()}>
          <CompatRouter>
            <Chrome>
              <Routes>
                <Route path="/a/:pluginId/*" element={<AppPage />} />
                <Route path="/d/:uid/:slug?" element={<DashboardPage />} />
                <Route path="/dashboards" element={<DashboardListPage />} />
                <Route path="*" element={<NotFoundPage />} />
              </Routes>
            </Chrome>
            <PortalContainer />
          </CompatRouter>
        </Router>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}
