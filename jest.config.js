/** Unit tests beside the source. Screens are tested in a real browser, see e2e/. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/local', '<rootDir>/demo', '<rootDir>/scripts', '<rootDir>/stack'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  // d3-color ships .mjs, @grafana/* ships ESM: everything is compiled for Jest's CommonJS runtime.
  transform: {
    '^.+\\.m?(t|j)sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: ['node_modules/(?!(@grafana|d3|d3-[a-z-]+|ol|rxjs|uuid|marked|react-calendar|get-user-locale|memoize|mimic-function|internmap|delaunator|robust-predicates|@lezer)/)'],
  moduleNameMapper: { '\\.(css|svg)$': '<rootDir>/scripts/jest-empty-module.cjs' },
};
