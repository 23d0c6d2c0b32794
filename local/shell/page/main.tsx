/** Entry of the page: what Grafana's own start does, as far as plugins can tell. */
import { config } from '@grafana/runtime';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { interceptLinkClicks } from './boot/link-clicks';
import { setUpRuntime } from './boot/runtime';
import { shareModules } from './boot/shared-modules';
import { errorText } from './services/error-text';
import { loadAppPlugin } from './services/plugin-loader';
import { Shell } from './Shell';

async function start(): Promise<void> {
  shareModules();
  await setUpRuntime();
  interceptLinkClicks();
  const preloaded = Object.values(config.apps).filter((app) => app.preload);
  await Promise.all(preloaded.map((app) => loadAppPlugin(app.id)));
  const root = document.getElementById('reactRoot');
  if (!root) {
    throw new Error('The page has no element #reactRoot');
  }
  createRoot(root).render(createElement(Shell));
}

start().catch((error: unknown) => {
  document.body.textContent = `The shell could not start: ${errorText(error)}`;
});
