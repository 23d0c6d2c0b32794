/** The bill of materials of what is shipped: the packages whose code is in the bundle, as the lock file pins them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from './package-archive';

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  /** `sha512-` and base64 */
  readonly integrity?: string;
}

/**
 * @param root of the project, with its package.json and lock file
 * @param folder the built plugin, with source maps
 * @returns CycloneDX 1.5 as JSON; the same for the same build, so without time stamp and serial number
 * @throws {Error} when the bundle holds a package that the lock file does not have
 */
export function sbomOf(root: string, folder: string): string {
  const { name, ...project } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lock: Readonly<Record<string, LockedPackage>> = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const components = bundledPackages(folder).map((place) => {
    const locked = lock[place];
    if (!locked) {
      throw new Error(`${place} is in the bundle but not in package-lock.json: run npm ci`);
    }
    return component('library', place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length), locked);
  });
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: component('application', name, project) },
    components,
  };
  return `${JSON.stringify(sbom, undefined, 2)}\n`;
}

function component(type: 'application' | 'library', name: string, { version, license, integrity }: LockedPackage) {
  return {
    type,
    'bom-ref': `${name}@${version}`,
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(license && { licenses: [{ expression: license }] }),
    ...(integrity?.startsWith('sha512-') && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }],
    }),
  };
}

/** Places as in the lock file, for example `node_modules/rxjs/node_modules/tslib`. Source maps name every bundled module. */
function bundledPackages(folder: string): string[] {
  const sources = filesIn(folder)
    .filter((file) => file.endsWith('.js.map'))
    .flatMap((file): string[] => JSON.parse(readFileSync(join(folder, file), 'utf8')).sources);
  const places = sources.map((source) => /node_modules\/(?:.+\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(source)?.[0]);
  return [...new Set(places)].filter((place) => place !== undefined).sort();
}
