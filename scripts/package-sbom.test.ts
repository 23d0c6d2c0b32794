import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sbomOf } from './package-sbom';

const INTEGRITY = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sbom-'));
  mkdirSync(join(root, 'dist', 'chunks'), { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'an-app', version: '1.2.3', license: 'Apache-2.0' }));
  const packages = {
    '': {},
    'node_modules/@a/shipped': { version: '2.0.0', license: 'MIT', integrity: INTEGRITY },
    'node_modules/@a/shipped/node_modules/inner': { version: '0.1.0', license: 'ISC' },
    'node_modules/only-a-tool': { version: '9.9.9', license: 'MIT' },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages }));
});

afterEach(() => rmSync(root, { recursive: true }));

function sbomOfSources(...sources: string[]) {
  writeFileSync(join(root, 'dist', 'chunks', '1.js.map'), JSON.stringify({ sources: sources.map((path) => `webpack://an-app/./${path}`) }));
  return JSON.parse(sbomOf(root, join(root, 'dist')));
}

test('names what is in the bundle, as locked, and nothing else', () => {
  const sbom = sbomOfSources('src/a.ts', 'node_modules/@a/shipped/x/y.js', 'node_modules/@a/shipped/z.js', 'node_modules/@a/shipped/node_modules/inner/i.js');
  expect(sbom.metadata.component.purl).toBe('pkg:npm/an-app@1.2.3');
  expect(sbom.components.map(({ purl }: { purl: string }) => purl)).toEqual(['pkg:npm/%40a/shipped@2.0.0', 'pkg:npm/inner@0.1.0']);
  expect(sbom.components[0]).toMatchObject({ licenses: [{ expression: 'MIT' }], hashes: [{ alg: 'SHA-512', content: '07'.repeat(64) }] });
});

test('a package that is not locked stops the release', () => {
  expect(() => sbomOfSources('node_modules/stranger/index.js')).toThrow('node_modules/stranger is in the bundle but not in package-lock.json');
});
