/**
 * Pictures of the map of a running product, for service graphs of many shapes:
 * `tsx bench/map-look.ts --url http://localhost:3000 --out DIRECTORY [--only company,fan] [--size 1920x940] [--light]`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Topology } from '../src/drawing/graph/topology';
import { launchBrowser } from './browser';
import { framesOfGraph } from './map-frames';
import { randomServiceGraph } from './map-graphs';
import { openMapPage, showMap } from './map-page';
import { chainGraph, companyGraph, fanGraph, islandsGraph, namespaceGraph, shallowGraph, starGraph } from './map-shapes';

/** Time for the map to be painted sharp. */
const REST_MS = 1200;

/** Of the services of `namespaceGraph`. */
const PER_NAMESPACE = 20;

const SHAPES: Readonly<Record<string, () => Topology>> = {
  five: () => shallowGraph(5),
  shallow: shallowGraph,
  company30: () => companyGraph(30, 3),
  company200: () => companyGraph(200),
  company: companyGraph,
  hubs: () => randomServiceGraph('hubs', 1238, 4000, 1),
  tiers: () => randomServiceGraph('tiers', 1200, 4300, 1),
  namespaces: () => namespaceGraph(PER_NAMESPACE),
  groups: () => namespaceGraph(PER_NAMESPACE),
  fan: fanGraph,
  star: starGraph,
  chain: chainGraph,
  islands: islandsGraph,
};

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: '.' },
    only: { type: 'string', default: Object.keys(SHAPES).join() },
    size: { type: 'string', default: '1920x940' },
    light: { type: 'boolean', default: false },
  },
});
const [widthPx, heightPx] = options.size.split('x').map(Number);
fs.mkdirSync(options.out, { recursive: true });
const browser = await launchBrowser();
try {
  for (const name of options.only.split(',')) {
    const shape = SHAPES[name];
    if (!shape) {
      throw new Error(`no shape is called ${name}: there are ${Object.keys(SHAPES).join(', ')}`);
    }
    const page = await browser.newPage();
    await openMapPage(page, options.url, { widthPx, heightPx, isLight: options.light });
    const groupOf = name === 'groups' ? (node: number) => `namespace-${Math.floor(node / PER_NAMESPACE) + 1}` : undefined;
    const ms = await showMap(page, framesOfGraph(shape(), 1, groupOf));
    await page.waitForTimeout(REST_MS);
    const file = path.join(options.out, `${name}-${options.size}-${options.light ? 'light' : 'dark'}.png`);
    await page.screenshot({ path: file });
    process.stdout.write(`${file}  ${ms.toFixed(0)} ms\n`);
    await page.close();
  }
} finally {
  await browser.close();
}
