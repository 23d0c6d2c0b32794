/** @jest-environment node */
import { gzipSync } from 'node:zlib';
import { fileBytes } from './file-bytes';

const TEXT = '{"name":"naïve ☕"}';
const utf16 = (label: 'le' | 'be') => {
  const bytes = Buffer.from(`\ufeff${TEXT}`, 'utf16le');
  return label === 'le' ? bytes : bytes.swap16();
};

it.each([
  ['as it is', Buffer.from(TEXT)],
  ['gzip', gzipSync(TEXT)],
  ['UTF-16, little end first', utf16('le')],
  ['UTF-16, big end first', utf16('be')],
  ['UTF-16 in gzip', gzipSync(utf16('le'))],
])('reads %s', async (_, bytes) => {
  expect(new TextDecoder().decode(await fileBytes(new Blob([new Uint8Array(bytes)])))).toBe(TEXT);
});

it('says what it cannot unpack', async () => {
  const packed = gzipSync(Buffer.alloc(1e6));
  await expect(fileBytes(new Blob([packed]), 1e5)).rejects.toThrow('unpacks to more than');
  await expect(fileBytes(new Blob([packed.subarray(0, 100)]))).rejects.toThrow('damaged gzip file');
  expect(await fileBytes(new Blob([]))).toHaveLength(0);
});
