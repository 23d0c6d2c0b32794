import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser';
import { startProduct, type Product } from './product';

/** A product and a browser for the tests of one describe block; read the fields inside tests only. */
export interface Running {
  readonly product: Product;
  readonly browser: Browser;
}

/**
 * Starts both before the block's tests and ends them after.
 *
 * @param startArgs of `npm start`
 */
export function runningProduct(startArgs: readonly string[] = []): Running {
  let product: Product | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    product = await startProduct(startArgs);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });
  return {
    get product() {
      return started(product, 'product');
    },
    get browser() {
      return started(browser, 'browser');
    },
  };
}

function started<T>(part: T | undefined, name: string): T {
  if (part === undefined) {
    throw new Error(`expected the ${name} to be started, got none: it is there inside tests only`);
  }
  return part;
}
