/** What a dashboard loads of the plugin, counted on the way: a browser does not report what its workers load. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { inBrowser, withPage } from './view-measure';

/** Gzipped kilobytes of the plugin's scripts that a dashboard with the map and one with an open trace load, workers included. */
export async function firstLoadKB(url: string): Promise<number> {
  const paths = new Set<string>();
  const recorder = http.createServer((request, response) => {
    const path = request.url ?? '/';
    if (/^\/public\/plugins\/[^?]*\.js/.test(path)) {
      paths.add(path);
    }
    const forwarded = http.request(new URL(path, url), { method: request.method, headers: { ...request.headers, host: new URL(url).host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
  try {
    await openMapAndTrace(`http://127.0.0.1:${(recorder.address() as AddressInfo).port}`);
  } finally {
    recorder.closeAllConnections();
    recorder.close();
  }
  const scripts = await Promise.all([...paths].map(async (path) => Buffer.from(await (await fetch(new URL(path, url))).arrayBuffer())));
  return scripts.reduce((sum, script) => sum + gzipSync(script).length, 0) / 1024;
}

const openMapAndTrace = (url: string): Promise<void> =>
  inBrowser((browser) =>
    withPage(browser, async (page) => {
      await page.goto(`${url}/d/veza-service-map`);
      await page.locator('canvas').first().waitFor();
      await page.goto(`${url}/d/veza-traces`);
      await page.locator('a[href*="var-traceId="]').first().click();
      await page.getByRole('treegrid').waitFor();
    })
  );
