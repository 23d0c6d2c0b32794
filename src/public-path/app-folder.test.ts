import { appFolderOf } from './app-folder';

describe('appFolderOf', () => {
  test.each([
    ['http://localhost:3000/public/plugins/veza-traces-app/module.js', 'http://localhost:3000/public/plugins/veza-traces-app/'],
    ['http://h/public/plugins/veza-servicemap-panel/module.js', 'http://h/public/plugins/veza-traces-app/'],
    ['http://h/grafana/public/plugins/veza-trace-panel/module.js?_cache=0.1.0', 'http://h/grafana/public/plugins/veza-traces-app/'],
    ['http://h/public/plugins/veza-traces-datasource/module.js', 'http://h/public/plugins/veza-traces-app/'],
    ['https://cdn/veza-traces-app/0.1.0/public/plugins/veza-traces-app/panels/servicemap/module.js', 'https://cdn/veza-traces-app/0.1.0/public/plugins/veza-traces-app/'],
    ['public/plugins/veza-traces-app/datasource/module.js', 'public/plugins/veza-traces-app/'],
  ])('%s', (moduleUri, expected) => {
    expect(appFolderOf(moduleUri)).toBe(expected);
  });
});
