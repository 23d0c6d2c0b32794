/** The AMD `module` dependency: SystemJS passes the address that this bundle was loaded from. See rspack.config.mjs. */
declare module 'amd-module' {
  const amdModule: { readonly uri?: string } | undefined;
  export default amdModule;
}

/** Bundler's run-time base address of lazy chunks. */
declare let __webpack_public_path__: string;
