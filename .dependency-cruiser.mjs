/**
 * The import arrows of src/README.md. A layer may import itself and what its row names, nothing else of ours.
 * Adding to a row is an architectural decision: write it down in docs/decisions.md.
 */
const LAYERS = {
  'src/trace': [],
  'src/formats': ['src/trace'],
  'src/analysis': ['src/trace'],
  'src/backends': ['src/formats', 'src/trace', 'src/analysis'],
  'src/drawing': ['src/trace', 'src/analysis'],
  'src/views': ['src/drawing', 'src/backends', 'src/analysis', 'src/formats', 'src/trace'],
  'src/datasource': ['src/backends', 'src/analysis', 'src/formats', 'src/trace', 'src/views/traceql-editor', 'src/public-path'],
  'src/panels': ['src/views', 'src/drawing', 'src/backends', 'src/analysis', 'src/formats', 'src/trace', 'src/public-path'],
  'src/pages': ['src/views', 'src/drawing', 'src/backends', 'src/analysis', 'src/formats', 'src/trace', 'src/public-path'],
  'local/store': ['src/trace', 'src/formats', 'src/analysis'],
  'local/shell': [],
  demo: [],
};

const within = (folders) => folders.map((folder) => `^${folder}(/|\\.)`);

export default {
  forbidden: [
    ...Object.entries(LAYERS).map(([layer, allowed]) => ({
      name: `arrows-of-${layer.replace('/', '-')}`,
      severity: 'error',
      comment: `${layer} may import ${allowed.join(', ') || 'nothing of ours'}`,
      from: { path: within([layer]), pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: '^(src|local|demo|e2e|bench|scripts|testing)/', pathNot: within([layer, ...allowed]) },
    })),
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'trace, formats and analysis import no package at all',
      from: { path: '^src/(trace|formats|analysis)/', pathNot: ['\\.test\\.ts$', '/testing/'] },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'core', 'npm-no-pkg', 'unknown'] },
    },
    {
      name: 'drawing-without-react',
      severity: 'error',
      from: { path: '^(src/drawing|local/store)/' },
      to: { path: 'node_modules/(react|react-dom|@grafana/(ui|runtime))/' },
    },
    {
      name: 'testing-only-from-tests',
      severity: 'error',
      comment: 'Only tests import testing/',
      from: { pathNot: ['\\.test\\.tsx?$', '^testing/', '/testing/', '^e2e/', '^bench/'] },
      to: { path: '(^|/)testing/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
