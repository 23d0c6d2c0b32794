import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Defects of @grafana/ui's own components, which we cannot mend: the refresh picker's unnamed buttons. */
const GRAFANA_OWN = ['.refresh-picker', '[data-testid*="RefreshPicker"]', '[data-testid*="TimePicker"]'];

/**
 * What axe finds wrong: rule and element.
 *
 * @param within a selector: the page's main part unless told otherwise; menus are beside it
 */
export async function violationsIn(page: Page, within = 'main'): Promise<string[]> {
  await page.evaluate(AXE);
  const results: AxeResults = await page.evaluate(
    ([include, exclude]) => (window as unknown as { axe: { run: (context: object, options: object) => Promise<AxeResults> } }).axe.run({ include: [include], exclude }, { resultTypes: ['violations'] }),
    [[within], GRAFANA_OWN.map((selector) => [selector])] as const
  );
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
