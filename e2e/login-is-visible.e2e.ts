import { openPage } from './testing/browser';
import { runningProduct } from './testing/running-product';

/** The reference deployment's acceptance: log in, and the span is visible. */
describe('log in → the span is visible', () => {
  const running = runningProduct();

  it('a login appears on the service map and opens as a trace, without a reload', async () => {
    const { page, problems } = await openPage(running.browser);
    await page.goto(`${running.product.url}/a/veza-traces-app/service-map`);

    const email = 'ada.lovelace@example.com';
    const login = await fetch(`${running.product.demoUrl}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'correct horse' }),
    });
    expect(login.status).toBeLessThan(500);

    // The map is live: nothing but waiting brings the service on it.
    await page.getByRole('radio', { name: 'Table' }).check({ force: true, timeout: 30_000 });
    const service = page.getByRole('button', { name: 'veza-backend-api' }).first();
    await service.waitFor({ timeout: 30_000 });

    await page.goto(`${running.product.url}/a/veza-traces-app/trace?operation=auth.login`);
    const trace = page.getByRole('link', { name: /auth\.login|\/auth\/login/ }).first();
    await trace.waitFor({ timeout: 30_000 });
    await trace.click();
    const span = page.getByRole('row', { name: /auth\.login/ }).first();
    await span.waitFor({ timeout: 15_000 });
    await span.click();
    await page.getByRole('complementary', { name: /Details of/ }).getByText('Duration').waitFor({ timeout: 5_000 });

    expect(await page.content()).not.toContain(email);
    expect(problems).toEqual([]);
  });
});
