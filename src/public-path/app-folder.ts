const APP_ID = 'veza-traces-app';

/** Nested plugin id → its folder inside the app's folder. */
const NESTED_FOLDERS: Readonly<Record<string, string>> = {
  'veza-traces-datasource': 'datasource',
  'veza-servicemap-panel': 'panels/servicemap',
  'veza-trace-panel': 'panels/trace',
};

/**
 * The folder that holds the app's chunks, with a trailing slash, for the address a module.js was loaded from.
 *
 * Handles a nested plugin served under its own id, one served inside the app's folder, sub-path installs, CDNs, and
 * cache-busting queries.
 */
export function appFolderOf(moduleUri: string): string {
  const folder = moduleUri.replace(/[?#].*$/, '').replace(/[^/]*$/, '');
  for (const [id, nestedFolder] of Object.entries(NESTED_FOLDERS)) {
    if (folder.endsWith(`/plugins/${id}/`)) {
      return `${folder.slice(0, -`${id}/`.length)}${APP_ID}/`;
    }
    if (folder.endsWith(`/${nestedFolder}/`)) {
      return folder.slice(0, -`${nestedFolder}/`.length);
    }
  }
  return folder;
}
