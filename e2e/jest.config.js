import unit from '../jest.config.js';

/** The built product in a real browser, one test file at a time: they share the machine's two cores with the product. */
export default {
  ...unit,
  rootDir: '..',
  roots: ['<rootDir>/e2e'],
  testMatch: ['**/*.e2e.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
