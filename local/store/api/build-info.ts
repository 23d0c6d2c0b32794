/** What `/api/status/buildinfo` says: the version of the API that this store answers as, under the keys Tempo uses. */
export const BUILD_INFO = { version: '2.7.1', revision: 'veza-store', branch: 'veza-store', buildUser: '', buildDate: '', goVersion: '' } as const;
