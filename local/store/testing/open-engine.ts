import { Engine } from '../engine/engine';
import { DEFAULT_LIMITS, type EngineOptions } from '../engine/messages';
import { DEFAULT_RETENTION } from '../retention/retention';

/**
 * The storage engine of a test: answers as Tempo 2.7 does, keeps everything, needs little memory.
 *
 * @param directory of its data; the test removes it
 * @param different from that
 */
export function openEngine(directory: string, different: Partial<EngineOptions> = {}, log: Parameters<typeof Engine.open>[1] = () => undefined): Promise<Engine> {
  return Engine.open(
    { directory, multitenant: false, tempoVersion: '2.7', limits: DEFAULT_LIMITS, hasMetrics: true, memoryLimitMb: 128, maxWaitingBytes: 64 << 20, sampling: undefined, retention: DEFAULT_RETENTION, ...different },
    log
  );
}
