import { REFERENCE_HOT_PATHS, type HotPath } from '../../analysis/hot-paths';

/** A hot path as people write it: in the app's configuration form, or as `jsonData` of a provisioning file. */
export interface HotPathSetting {
  /** Span name. */
  readonly operation: string;
  /** All services that have the name unless given. */
  readonly service?: string;
  /** A call is good if it takes no longer than this many milliseconds and does not fail. */
  readonly objectiveMs: number;
  /** The share of calls that must be good, in (0, 1]. */
  readonly target: number;
}

/** `jsonData` of the app plugin. */
export interface AppJsonData {
  /** The reference deployment's unless given; an empty list means none. */
  readonly hotPaths?: readonly HotPathSetting[];
}

export interface AppSettings {
  readonly hotPaths: readonly HotPath[];
  /** What in `jsonData` could not be used, one sentence each, to be shown. */
  readonly problems: readonly string[];
}

/** Reads the app's `jsonData`, which a file may have put there: an entry that cannot be used is left out and named. */
export function appSettings(jsonData: unknown): AppSettings {
  const hotPaths = jsonData && typeof jsonData === 'object' ? (jsonData as { hotPaths?: unknown }).hotPaths : undefined;
  if (hotPaths === undefined || hotPaths === null) {
    return { hotPaths: REFERENCE_HOT_PATHS, problems: [] };
  }
  if (!Array.isArray(hotPaths)) {
    return { hotPaths: REFERENCE_HOT_PATHS, problems: ['hotPaths must be a list; the reference deployment’s are used instead.'] };
  }
  const usable: HotPath[] = [];
  const problems: string[] = [];
  hotPaths.forEach((entry: unknown, index) => {
    const problem = problemOf(entry);
    if (problem) {
      problems.push(`Hot path ${index + 1} is left out: ${problem}`);
    } else {
      const { operation, service, objectiveMs, target } = entry as HotPathSetting;
      usable.push({ operation: operation.trim(), service: service?.trim() || undefined, objectiveNs: objectiveMs * 1e6, target });
    }
  });
  return { hotPaths: usable, problems };
}

export const settingOf = ({ operation, service, objectiveNs, target }: HotPath): HotPathSetting => ({
  operation,
  ...(service && { service }),
  objectiveMs: objectiveNs / 1e6,
  target,
});

/** Why an entry cannot be used, as the end of a sentence; undefined where it can. */
export function problemOf(entry: unknown): string | undefined {
  if (!entry || typeof entry !== 'object') {
    return 'it must have operation, objectiveMs and target.';
  }
  const { operation, service, objectiveMs, target } = entry as Record<string, unknown>;
  if (typeof operation !== 'string' || operation.trim() === '') {
    return 'operation must be a span name.';
  }
  if (service !== undefined && service !== null && typeof service !== 'string') {
    return 'service must be a service name.';
  }
  if (typeof objectiveMs !== 'number' || !(objectiveMs > 0 && objectiveMs < Infinity)) {
    return 'objectiveMs must be a number of milliseconds above 0.';
  }
  if (typeof target !== 'number' || !(target > 0 && target <= 1)) {
    return 'target must be a share above 0 and at most 1, such as 0.99.';
  }
  return undefined;
}
