import type { GridColumn } from './DataGrid';
import { fittingColumns } from './fitting-columns';

const column = (key: string, widthPx: number, isLesser = false): GridColumn => ({ key, label: key, widthPx, isLesser, cell: () => key });
const COLUMNS = [column('start', 100), column('self', 100, true), column('name', 200), column('kind', 50, true)];

it.each([
  [0, ['start', 'self', 'name', 'kind'], []],
  [450, ['start', 'self', 'name', 'kind'], []],
  [449, ['start', 'self', 'name'], ['kind']],
  [399, ['start', 'name'], ['self', 'kind']],
  [10, ['start', 'name'], ['self', 'kind']],
])('in %d px', (widthPx, shown, hidden) => {
  const fitting = fittingColumns(COLUMNS, widthPx);
  expect([fitting.shown, fitting.hidden].map((columns) => columns.map(({ key }) => key))).toEqual([shown, hidden]);
});
