/** What `/api/status/buildinfo` says: the version of the API that this store answers as, under the keys Tempo uses. */
export function buildInfo(version: string): Record<string, string> {
  return { version, revision: 'veza-store', branch: 'veza-store', buildUser: '', buildDate: '', goVersion: '' };
}
