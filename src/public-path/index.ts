/**
 * Points lazy chunks at the app's folder. Import it first in every module.tsx.
 *
 * Grafana serves a nested plugin at `public/plugins/<nested id>/module.js`, but all chunks lie in the app's
 * folder, so a path relative to the nested module answers 404.
 */
import amdModule from 'amd-module';
import { appFolderOf } from './app-folder';

if (amdModule?.uri) {
  __webpack_public_path__ = appFolderOf(amdModule.uri);
}
