/// <reference types="systemjs" />
/** Modules that the build aliases into Grafana's packages (see rspack.config.mjs) and that come without types of their own. */

/** Each setter is in the file of its component. */
declare module 'grafana-runtime-components/*' {
  import type { PanelDataErrorViewProps, PanelRendererProps, PluginPageProps } from '@grafana/runtime';
  export function setPluginPage(component: React.ComponentType<PluginPageProps>): void;
  export function setPanelRenderer(component: React.ComponentType<PanelRendererProps>): void;
  export function setPanelDataErrorView(component: React.ComponentType<PanelDataErrorViewProps>): void;
}

declare module 'react-router-dom-v5' {
  export const Router: React.ComponentType<{ history: unknown; children: React.ReactNode }>;
}

declare module 'react-router-dom-v5-compat' {
  export * from 'react-router-dom';
  export const CompatRouter: React.ComponentType<{ children: React.ReactNode }>;
}

declare module 'd3';
declare module 'systemjs/dist/system.js';
declare module 'systemjs/dist/extras/amd.js';
