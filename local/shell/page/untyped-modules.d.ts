/// <reference types="systemjs" />
/** Modules that the build aliases into Grafana's packages (see rspack.config.mjs) and that come without types of their own. */

declare module 'grafana-runtime-components/PluginPage.mjs' {
  import type { PluginPageProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';
  export function setPluginPage(component: ComponentType<PluginPageProps>): void;
}

declare module 'grafana-runtime-components/PanelRenderer.mjs' {
  import type { PanelRendererProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';
  export function setPanelRenderer(component: ComponentType<PanelRendererProps>): void;
}

declare module 'grafana-runtime-components/PanelDataErrorView.mjs' {
  import type { PanelDataErrorViewProps } from '@grafana/runtime';
  import type { ComponentType } from 'react';
  export function setPanelDataErrorView(component: ComponentType<PanelDataErrorViewProps>): void;
}

declare module 'react-router-dom-v5' {
  import type { ComponentType, ReactNode } from 'react';
  export const Router: ComponentType<{ history: unknown; children: ReactNode }>;
}

declare module 'react-router-dom-v5-compat' {
  import type { ComponentType, ReactNode } from 'react';
  export * from 'react-router-dom';
  export const CompatRouter: ComponentType<{ children: ReactNode }>;
}

declare module 'd3';
declare module 'systemjs/dist/system.js';
declare module 'systemjs/dist/extras/amd.js';
