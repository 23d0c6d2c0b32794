/**
 * What Grafana shares with plugins, under the names a plugin's AMD module asks for. One copy of each in the page:
 * React and emotion break when there are two. Must run before the first plugin is imported.
 */
import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaUi from '@grafana/ui';
import * as grafanaUiUnstable from '@grafana/ui/unstable';
import * as d3 from 'd3';
import * as i18next from 'i18next';
import lodash from 'lodash';
import moment from 'moment';
import * as React from 'react';
import * as ReactDom from 'react-dom';
import * as ReactDomClient from 'react-dom/client';
import * as jsxDevRuntime from 'react/jsx-dev-runtime';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactInlineSvg from 'react-inlinesvg';
import * as reactRouter from 'react-router-dom-v5-compat';
import * as reactRouterDom from 'react-router-dom-v5';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';
import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';

const SHARED: Readonly<Record<string, object>> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/ui': grafanaUi,
  '@grafana/ui/unstable': grafanaUiUnstable,
  d3,
  i18next,
  // CommonJS modules of one value: `__useDefault` makes SystemJS hand out that value itself.
  lodash: { default: lodash, __useDefault: true },
  moment: { default: moment, __useDefault: true },
  react: React,
  'react-dom': ReactDom,
  'react-dom/client': ReactDomClient,
  'react-inlinesvg': reactInlineSvg,
  // Plugins bundle react-router-dom 6; its core has to be the host's, and this package re-exports it.
  'react-router': reactRouter,
  'react-router-dom': reactRouterDom,
  'react/jsx-dev-runtime': jsxDevRuntime,
  'react/jsx-runtime': jsxRuntime,
  rxjs,
  'rxjs/operators': rxjsOperators,
};

export function shareModules(): void {
  const imports = Object.fromEntries(Object.keys(SHARED).map((name) => [name, `package:${name}`]));
  System.addImportMap({ imports });
  for (const [name, module] of Object.entries(SHARED)) {
    System.set(`package:${name}`, module);
  }
}
