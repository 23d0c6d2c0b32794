/** The service map of 1,200 services in headless Chromium on the built plugin, served by the product. */
import { measureMap } from './map-measure';
import { lazily, type Benchmark } from './measure';
import { startProduct } from './running-product';

const measured = lazily(async () => {
  const product = await startProduct();
  try {
    return await measureMap(product.url);
  } finally {
    await product.stop();
  }
});

export const benchmarks: readonly Benchmark[] = [
  { name: 'map.frame.1200', what: 'frame ms, pan and zoom, 1,200 services and 4,300 connections', limit: { atMost: 8 }, run: () => of('map.frame.1200') },
  { name: 'map.update.1200', what: 'ms from new figures to painted', limit: { atMost: 50 }, run: () => of('map.update.1200') },
];

const of = async (name: string): Promise<number> => (await measured())[name];
