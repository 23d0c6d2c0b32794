import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { archiveOf } from './package-archive';

const FILES = { 'module.js': 'define([])', 'panels/trace/plugin.json': '{}', 'img/Zoë.svg': '<svg/>' };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(paths: readonly string[], root = folder) {
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), FILES[path as keyof typeof FILES]);
  }
}

test('everything in the folder is below the prefix, unchanged', () => {
  write(Object.keys(FILES));
  const entries = unzipSync(archiveOf(folder, 'some-app', '2026-11-23'));
  expect(Object.keys(entries)).toEqual(['some-app/img/Zoë.svg', 'some-app/module.js', 'some-app/panels/trace/plugin.json']);
  expect(strFromU8(entries['some-app/module.js'])).toBe('define([])');
});

test('the order and the time files were written in do not show', () => {
  write(Object.keys(FILES));
  const first = archiveOf(folder, 'some-app', '2026-11-23');
  const other = mkdtempSync(join(tmpdir(), 'archive-'));
  write(Object.keys(FILES).reverse(), other);
  utimesSync(join(other, 'module.js'), 1, 1);
  expect(archiveOf(other, 'some-app', '2026-11-23')).toEqual(first);
  rmSync(other, { recursive: true });
});

test.each(['23.11.2026', '1979-12-31', ''])('a date of "%s" is refused', (date) => {
  expect(() => archiveOf(folder, 'some-app', date)).toThrow(RangeError);
});
