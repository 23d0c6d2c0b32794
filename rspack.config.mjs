/**
 * Builds the plugin: one artefact, dist/, for Grafana 12 (React 18) and 13 (React 19) and for our own shell.
 *
 * Every plugin.json below src/ becomes an entry of its own (a nested plugin); they share chunks, which lie in the
 * app's folder. Grafana serves a nested plugin under its own id, so chunk addresses are resolved at run time,
 * see src/public-path.ts.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';

const root = fileURLToPath(new URL('.', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const APP_ID = JSON.parse(readFileSync(new URL('plugin.json', import.meta.url), 'utf8')).id;

/** Folder of each nested plugin below src/, and so below dist/. */
const NESTED = ['datasource', 'panels/servicemap', 'panels/trace'];

/** What Grafana provides at run time. react/jsx-runtime too: bundled, it works on React 18 and dies at load on 19. */
const PROVIDED_BY_GRAFANA = [
  'react', 'react-dom', 'react/jsx-runtime', 'react/jsx-dev-runtime', 'react-router', 'rxjs', '@emotion/css', '@emotion/react',
  'i18next', 'lodash', 'moment', 'd3', '@grafana/data', '@grafana/ui', '@grafana/runtime',
];

const externals = ({ request }, callback) => {
  if (request === 'amd-module') {
    return callback(undefined, 'module', 'amd');
  }
  const provided = PROVIDED_BY_GRAFANA.includes(request) || request.startsWith('rxjs/');
  return provided ? callback(undefined, request, 'amd') : callback();
};

const stampManifest = (content) =>
  content
    .toString()
    .replaceAll('%VERSION%', version)
    .replaceAll('%TODAY%', process.env.SOURCE_DATE ?? new Date().toISOString().slice(0, 10));

/** @type {(env: unknown, argv: { mode?: string }) => import('@rspack/core').Configuration} */
export default (_env, argv = {}) => ({
  mode: argv.mode ?? 'production',
  context: root,
  target: ['web', 'es2022'],
  devtool: argv.mode === 'development' ? 'eval-source-map' : 'source-map',
  entry: Object.fromEntries(
    ['', ...NESTED.map((folder) => `${folder}/`)].map((folder) => [`${folder}module`, `./src/${folder}module`])
  ),
  externals: [externals],
  output: {
    path: `${root}dist`,
    clean: true,
    filename: '[name].js',
    chunkFilename: 'chunks/[name].[contenthash:8].js',
    library: { type: 'amd' },
    publicPath: `public/plugins/${APP_ID}/`,
    uniqueName: APP_ID,
  },
  resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js'] },
  module: {
    // Where `new CorsWorker(new URL(…))` stands, the build makes a worker's chunk, as for `new Worker(…)`.
    parser: { javascript: { worker: ['...', 'CorsWorker from ../../worker/cors-worker'] } },
    rules: [
      {
        test: /\.tsx?$/,
        loader: 'builtin:swc-loader',
        options: {
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', tsx: true },
            transform: { react: { runtime: 'automatic', development: argv.mode === 'development' } },
          },
        },
      },
    ],
  },
  performance: { hints: false },
  plugins: [
    new rspack.CopyRspackPlugin({
      patterns: [
        { from: 'plugin.json', to: '.', transform: stampManifest },
        ...NESTED.map((folder) => ({ from: `src/${folder}/plugin.json`, to: folder, transform: stampManifest })),
        ...['', ...NESTED].map((folder) => ({ from: 'src/img', to: `${folder}/img`.replace(/^\//, '') })),
        { from: 'dashboards', to: 'dashboards' },
        ...['LICENSE', 'CHANGELOG.md'].map((file) => ({ from: file, to: '.' })),
        // What Grafana shows on the plugin's page.
        { from: 'docs/catalogue.md', to: 'README.md' },
        { from: 'docs/img/{service-map-dark,trace-light}.png', to: 'img/[name][ext]' },
      ],
    }),
  ],
});
