import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type LogRecord, WriteAheadLog } from './write-ahead-log';

describe('the write-ahead log', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  const record = (id: number): LogRecord => ({ id, tenant: 'tenant-ü', body: Buffer.from(`body ${id}`.repeat(id)) });
  const segments = async (): Promise<string[]> => (await readdir(directory)).sort();

  async function replayed(): Promise<number[]> {
    const log = await WriteAheadLog.open(directory);
    const ids: number[] = [];
    for await (const { id, tenant, body } of log.replay()) {
      expect([tenant, Buffer.from(body).toString()]).toEqual(['tenant-ü', `body ${id}`.repeat(id)]);
      ids.push(id);
    }
    await log.close();
    return ids;
  }

  /** Three segments with the records 1 and 2, 3, 4 and 5. */
  async function write(): Promise<WriteAheadLog> {
    const log = await WriteAheadLog.open(directory);
    await Promise.all([log.append(record(1)), log.append(record(2))]);
    await log.rotate();
    await log.append(record(3));
    await log.rotate();
    await Promise.all([log.append(record(4)), log.append(record(5))]);
    return log;
  }

  test('gives back what was appended, in order', async () => {
    await (await write()).close();
    expect(await replayed()).toEqual([1, 2, 3, 4, 5]);
  });

  test('a segment goes when all of its records are applied, and only then', async () => {
    const log = await write();
    await log.removeApplied(1);
    expect(await segments()).toHaveLength(3);
    await log.removeApplied(3);
    expect(await segments()).toHaveLength(1);
    await log.removeApplied(9);
    expect(await segments()).toHaveLength(1);
    await log.close();
    expect(await replayed()).toEqual([4, 5]);
  });

  test('what has not been read back yet is never removed', async () => {
    await (await write()).close();
    const log = await WriteAheadLog.open(directory);
    const replay = log.replay();
    expect((await replay.next()).value).toMatchObject({ id: 1 });
    await log.removeApplied(1);
    expect(await segments()).toHaveLength(3);
    expect((await replay.next()).value).toMatchObject({ id: 2 });
    expect((await replay.next()).value).toMatchObject({ id: 3 });
    await log.removeApplied(2);
    expect(await segments()).toHaveLength(2);
    await replay.return(undefined);
    await log.close();
  });

  test('a record that a crash cut short, or that is damaged, ends its segment and no other', async () => {
    await (await write()).close();
    const [first, , third] = await segments();
    const thirdPath = path.join(directory, third);
    await truncate(thirdPath, (await readFile(thirdPath)).length - 1);
    const firstPath = path.join(directory, first);
    const bytes = await readFile(firstPath);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(firstPath, bytes);
    expect(await replayed()).toEqual([1, 3, 4]);
  });

  test('new segments never take the name of old ones', async () => {
    await (await write()).close();
    const log = await WriteAheadLog.open(directory);
    await log.append(record(6));
    await log.close();
    expect(await replayed()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
