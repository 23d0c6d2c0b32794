import { decodeTraces, type DecodeOptions } from '../trace/decode/decode-traces';
import { fileBytes } from './file-bytes';
import type { OpenFile } from './open-files';

export interface ReadFiles {
  readonly opened: readonly OpenFile[];
  /** One sentence a file that could not be read. */
  readonly failures: readonly string[];
}

/** Is told of large files while they are read. */
export type ReadingWatch = Pick<DecodeOptions, 'onBeginning' | 'onSpans'>;

/** Reads files of any known format, one after another: each may fill the memory. One that cannot be read leaves the others; of a large one the first spans are given early. */
export async function readFiles(
  files: readonly File[],
  signal: AbortSignal,
  watch: ReadingWatch = {},
  decode: typeof decodeTraces = decodeTraces
): Promise<ReadFiles> {
  const opened: OpenFile[] = [];
  const failures: string[] = [];
  for (const file of files) {
    try {
      const { format, set } = await decode(await fileBytes(file), {
        signal,
        isOwned: true,
        ...watch,
      });
      if (set.traceCount === 0) {
        failures.push(`${file.name} holds no traces`);
      } else {
        opened.push({ name: file.name, format, set });
      }
    } catch (error) {
      signal.throwIfAborted();
      failures.push(`${file.name} could not be opened: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { opened, failures };
}
