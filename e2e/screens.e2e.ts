import { openPage } from './testing/browser';
import { runningProduct } from './testing/running-product';

const SCREENS = [
  ['the service map page', '/a/veza-traces-app/service-map', 'Service map'],
  ['the trace page', '/a/veza-traces-app/trace', 'Trace'],
  ['the dashboard', '/d/veza-service-map', 'auth.login'],
] as const;

describe('screens', () => {
  const running = runningProduct();

  it.each(SCREENS)('%s loads without an error in the console', async (_name, path, text) => {
    for (const theme of ['dark', 'light']) {
      const { page, problems } = await openPage(running.browser);
      await page.goto(`${running.product.url}${path}?theme=${theme}`);
      await page.getByText(text).first().waitFor({ timeout: 20_000 });
      await page.waitForTimeout(2_000);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  it('an unknown trace id is a stated error, not a white page', async () => {
    const { page } = await openPage(running.browser);
    await page.goto(`${running.product.url}/a/veza-traces-app/trace/00000000000000000000000000000abc`);
    await page.getByText(/not found/i).first().waitFor({ timeout: 20_000 });
    await page.close();
  });
});
