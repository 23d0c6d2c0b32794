/** The bytes of a file as the decoders want them: unpacked, and as UTF-8. */
const GZIP = [0x1f, 0x8b];
const UTF16 = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
] as const;

/** What a browser gives one page; a small file may unpack to any size. */
const MOST_BYTES = 2 * 1024 ** 3;

/** @throws Error with a sentence for the screen if it cannot be unpacked */
export async function fileBytes(file: Blob, mostBytes = MOST_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const bytes = startsWith(head, GZIP) ? await unpacked(file, mostBytes) : new Uint8Array(await file.arrayBuffer());
  const encoding = UTF16.find(([, ...mark]) => startsWith(bytes, mark));
  return encoding === undefined ? bytes : new TextEncoder().encode(new TextDecoder(encoding[0]).decode(bytes));
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

async function unpacked(file: Blob, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Array<Uint8Array<ArrayBuffer>> = [];
  let length = 0;
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  for (let part = await next(reader); part !== undefined; part = await next(reader)) {
    parts.push(part);
    length += part.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw new Error(`it unpacks to more than ${Math.round(mostBytes / 1e6)} MB`);
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return (await reader.read()).value;
  } catch {
    throw new Error('it is a damaged gzip file');
  }
}
