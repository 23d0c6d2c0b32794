import grafana from '@grafana/eslint-config/flat.js';

export default [
  { ignores: ['dist/**', 'build/**', 'coverage/**', 'node_modules/**'] },
  ...[grafana].flat(),
  {
    files: ['**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      // The JSX runtime is automatic.
      'react/react-in-jsx-scope': 'off',
    },
  },
  {
    // The shell shares Grafana's copy of moment with plugins; nothing of ours uses it.
    files: ['local/shell/page/boot/shared-modules.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Plain AMD modules, as a plugin's build leaves them.
    files: ['local/shell/testing/fixture-plugin/**/*.js'],
    rules: { 'react/prop-types': 'off' },
  },
];
