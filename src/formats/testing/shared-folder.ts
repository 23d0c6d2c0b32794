/** The data beside the checkout that some tests use when it is there: a corpus, awkward traces, answers of real servers. */
import fs from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../../../../shared');

/** Absolute path of a file in it, or undefined where it does not exist (the tests say that they skip). */
export function sharedFile(name: string): string | undefined {
  const file = path.join(folder, name);
  return fs.existsSync(file) ? file : undefined;
}

export interface EdgeCase {
  readonly name: string;
  readonly requests: readonly unknown[];
}

export function readEdgeCases(file: string): readonly EdgeCase[] {
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { cases: EdgeCase[] }).cases;
}
