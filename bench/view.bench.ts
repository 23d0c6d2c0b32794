/** The trace view in headless Chromium on the built plugin, served by the product; started when the first of these runs. */
import { fileURLToPath } from 'node:url';
import { lazily, type Benchmark } from './measure';
import { startProduct } from './running-product';
import { firstLoadKB } from './first-load';
import { measureMillion, measureView } from './view-measure';

const product = lazily(startProduct);
const hundredThousand = lazily(async () => measureView((await product()).url));
const million = lazily(async () => measureMillion((await product()).url));

export const benchmarks: readonly Benchmark[] = [
  { name: 'view.firstPaint.100k', what: 'bytes to first bars ÷ JSON.parse in the page', limit: { atMost: 0.4 }, run: () => of100k('view.firstPaint.100k') },
  { name: 'view.scroll.p95', what: 'frame ms, 3, 100 and 400 rows a frame', limit: { atMost: 8 }, run: () => of100k('view.scroll.p95') },
  { name: 'view.zoom.p95', what: 'frame ms, wheel zoom', limit: { atMost: 8 }, run: () => of100k('view.zoom.p95') },
  { name: 'view.domElements', what: 'with details open', limit: { atMost: 600 }, run: () => of100k('view.domElements') },
  { name: 'view.heapMB', what: 'after opening, beyond the input', limit: { atMost: 60 }, run: () => of100k('view.heapMB') },
  { name: 'view.find.100k', what: 'ms from typing to all matches counted', limit: { atMost: 150 }, run: () => of100k('view.find.100k') },
  { name: 'view.1m', what: 'frame ms of scrolling and zooming a million spans', limit: { atMost: 16 }, run: async () => (await million())['view.1m'] },
  { name: 'bundle.firstLoadKB', what: 'gzip of all scripts of the plugin but the editor', limit: { atMost: 350 }, run: async () => firstLoadKB(await dist()) },
];

export async function finish(): Promise<void> {
  await (await product()).stop();
}

const of100k = async (name: string): Promise<number> => (await hundredThousand())[name];

/** Starting the product builds what is stale. */
async function dist(): Promise<string> {
  await product();
  return fileURLToPath(new URL('../dist', import.meta.url));
}
