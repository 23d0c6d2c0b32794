import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser';
import { startProduct, type Product } from './product';

/** A product and a browser for the tests of one describe block; read the fields inside tests only. */
export interface Running {
  readonly product: Product;
  readonly browser: Browser;
}

/** The first start on a machine builds the product. */
const START_LIMIT_MS = 300_000;

/**
 * Starts both before the block's tests and ends them after.
 *
 * @param startArgs of `npm start`
 */
export function runningProduct(startArgs: readonly string[] = []): Running {
  let starting: Promise<Product> | undefined;
  let product: Product | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    starting = startProduct(startArgs);
    product = await starting;
    browser = await launchBrowser();
  }, START_LIMIT_MS);
  // Also what was ready only after the limit: left running, it would keep Jest from ending.
  afterAll(async () => {
    await browser?.close();
    await (await starting?.catch(() => undefined))?.stop();
  }, START_LIMIT_MS);
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
