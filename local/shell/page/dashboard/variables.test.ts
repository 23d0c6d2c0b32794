import type { VariableModel } from './model';
import { chosenValues, filterOptions, interpolatedValue, parseCustomOptions, variableQuery, type DashboardVariable } from './variables';

const OPTIONS = ['auth', 'payment', 'search'].map((value) => ({ value, text: value.toUpperCase() }));
const model = (more: Partial<VariableModel> = {}): VariableModel => ({ name: 'service', type: 'query', ...more });
const variable = (values: readonly string[], more: Partial<VariableModel> = {}): DashboardVariable => ({
  name: 'service', label: 'Service', model: model(more), options: OPTIONS, values,
});

test('the address wins over what was saved, by value or by text', () => {
  const saved = model({ current: { value: 'search' } });
  expect(chosenValues(saved, OPTIONS, ['auth'])).toEqual(['auth']);
  expect(chosenValues(saved, OPTIONS, ['PAYMENT'])).toEqual(['payment']);
  expect(chosenValues(saved, OPTIONS, [])).toEqual(['search']);
});

test('what is not on offer gives way to the first option', () => {
  expect(chosenValues(model({ current: { value: 'old' } }), OPTIONS, ['gone'])).toEqual(['auth']);
  expect(chosenValues(model({ includeAll: true }), OPTIONS, ['gone'])).toEqual(['$__all']);
  expect(chosenValues(model(), [], ['gone'])).toEqual([]);
});

test('one value unless the variable takes several', () => {
  expect(chosenValues(model(), OPTIONS, ['auth', 'search'])).toEqual(['auth']);
  expect(chosenValues(model({ multi: true }), OPTIONS, ['auth', 'search'])).toEqual(['auth', 'search']);
});

test('a text box takes anything', () => {
  expect(chosenValues(model({ type: 'textbox', query: 'default' }), [], ['typed'])).toEqual(['typed']);
  expect(chosenValues(model({ type: 'textbox', query: 'default' }), [], [])).toEqual(['default']);
});

test('all stands for every option, or for the expression given for it', () => {
  expect(interpolatedValue(variable(['$__all'], { includeAll: true }))).toEqual({ name: 'service', value: ['auth', 'payment', 'search'], text: 'All' });
  expect(interpolatedValue(variable(['$__all'], { includeAll: true, allValue: '.*' }))).toMatchObject({ value: '.*', isExpression: true });
  expect(interpolatedValue(variable(['search']))).toEqual({ name: 'service', value: 'search', text: 'SEARCH' });
});

test('values go back into an address', () => {
  expect(variableQuery([variable(['a b', 'c'])])).toBe('var-service=a%20b&var-service=c');
});

test('custom options have names of their own and escaped commas', () => {
  expect(parseCustomOptions('a, p95 : 0.95,x\\,y')).toEqual([
    { text: 'a', value: 'a' },
    { text: 'p95', value: '0.95' },
    { text: 'x,y', value: 'x,y' },
  ]);
});

test('a regular expression filters and extracts', () => {
  expect(filterOptions(OPTIONS, '/^s/').map(({ value }) => value)).toEqual(['search']);
  expect(filterOptions(OPTIONS, '/AUTH/')).toEqual([OPTIONS[0]]);
  expect(filterOptions(OPTIONS, '/(.).*/').map(({ value }) => value)).toEqual(['a', 'p', 's']);
  expect(filterOptions(OPTIONS, '/(?<value>pay)(?<text>ment)/')).toEqual([{ value: 'pay', text: 'ment' }]);
  expect(filterOptions(OPTIONS, '/(/')).toEqual(OPTIONS);
});
