/**
 * Builds the shell's page: `npx rspack build -c local/shell/rspack.config.mjs` writes build/shell.
 * With `--env grafana=13` the same page is built on the packages of local/shell/grafana-13 (React 19) into
 * build/shell-grafana-13, so that one plugin artefact is proven on both.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rspack } from '@rspack/core';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(here, '../..');

/** Folder of a package as `from` resolves it: found through its main file, since not every package exports its manifest. */
function packageFolder(name, from) {
  const main = createRequire(from).resolve(name);
  return main.slice(0, main.lastIndexOf(path.join('node_modules', name)) + path.join('node_modules', name).length);
}

/** The Grafana packages to build on: those of the repository's root, or of a folder with a set of its own. */
function grafanaPackages(folder) {
  const from = path.join(folder, 'package.json');
  const ui = path.join(packageFolder('@grafana/ui', from), 'package.json');
  const runtime = packageFolder('@grafana/runtime', from);
  const { version } = createRequire(import.meta.url)(ui);
  return {
    version,
    modules: path.join(folder, 'node_modules'),
    img: path.join(path.dirname(ui), 'dist/public/img'),
    aliases: {
      // Setters that Grafana calls while it starts, which the package does not export.
      'grafana-runtime-components': path.join(runtime, 'dist/esm/components'),
      // @grafana/ui's Link is of router 5, plugins run on router 6 as this package re-exports it: Grafana provides both.
      'react-router-dom-v5$': packageFolder('react-router-dom', ui),
      'react-router-dom-v5-compat$': packageFolder('react-router-dom-v5-compat', ui),
    },
  };
}

/** @fontsource files under the names that Grafana's global styles ask for. */
const FONTS = [
  ['inter/files/inter-latin-400-normal', 'inter/Inter-Regular'],
  ['inter/files/inter-latin-500-normal', 'inter/Inter-Medium'],
  ['inter/files/inter-latin-400-italic', 'inter/Inter-Italic'],
  ['inter/files/inter-latin-500-italic', 'inter/Inter-MediumItalic'],
  ['roboto-mono/files/roboto-mono-latin-400-normal', 'roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ'],
];

/** @type {(env?: { grafana?: string }) => import('@rspack/core').Configuration} */
export default ({ grafana = '12' } = {}) => {
  const packages = grafanaPackages(grafana === '13' ? path.join(here, 'grafana-13') : root);
  return {
    mode: 'production',
    context: here,
    target: ['web', 'es2022'],
    devtool: false,
    entry: { shell: './page/main.tsx' },
    output: {
      path: path.join(root, grafana === '13' ? 'build/shell-grafana-13' : 'build/shell'),
      clean: true,
      filename: 'build/[name].js',
      chunkFilename: 'build/[name].[contenthash:8].js',
      cssFilename: 'build/[name].css',
      assetModuleFilename: 'build/assets/[name].[contenthash:8][ext]',
      publicPath: '/public/',
    },
    resolve: { extensions: ['.tsx', '.ts', '.mjs', '.js'], alias: packages.aliases },
    module: {
      rules: [
        {
          include: path.join(here, 'page'),
          // Only what the page itself imports starts in the chosen set; packages then find their own neighbours.
          resolve: { modules: [packages.modules, 'node_modules'] },
        },
        {
          test: /\.tsx?$/,
          loader: 'builtin:swc-loader',
          options: {
            jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true }, transform: { react: { runtime: 'automatic' } } },
          },
        },
        // Grafana's packages are ES modules that name files of others without an extension.
        { test: /\.m?js$/, resolve: { fullySpecified: false } },
        { test: /\.css$/, type: 'css/auto' },
        // SystemJS's AMD support defines a global `define` for the plugins: leave its words as they are.
        { test: /[\\/]systemjs[\\/]/, parser: { amd: false, commonjs: false, system: false } },
      ],
    },
    performance: { hints: false },
    plugins: [
      new rspack.DefinePlugin({ 'process.env.NODE_ENV': JSON.stringify('production') }),
      new rspack.CopyRspackPlugin({
        patterns: [
          { from: packages.img, to: 'build/img' },
          { from: path.join(root, 'src/img/logo.svg'), to: 'favicon.svg', noErrorOnMissing: true },
          ...FONTS.map(([from, to]) => ({ from: path.join(root, 'node_modules/@fontsource', `${from}.woff2`), to: `fonts/${to}.woff2` })),
        ],
      }),
      {
        // The server tells the page, and through it the plugin, which Grafana this stands for.
        apply: (compiler) =>
          compiler.hooks.thisCompilation.tap('BuildInfo', (compilation) =>
            compilation.hooks.processAssets.tap('BuildInfo', () =>
              compilation.emitAsset('build-info.json', new rspack.sources.RawSource(JSON.stringify({ version: packages.version })))
            )
          ),
      },
    ],
  };
};
