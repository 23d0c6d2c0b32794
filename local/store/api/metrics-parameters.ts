/** Times and step of a metrics request. */
import { formatDuration } from '../query/format-duration';
import { parseDuration, TOO_LONG_NS } from '../traceql/lexer';
import type { MetricsRequest } from '../query/metrics';
import { ApiError } from './api-error';
import type { Compatibility } from './compatibility';
import type { Parameters } from './parameters';

export interface MetricsRange {
  readonly startNs: bigint;
  readonly endNs: bigint;
}

const NS_PER_SECOND = 1_000_000_000n;
const DEFAULT_RANGE_NS = 3600n * NS_PER_SECOND;
/** Points a series gets where the request names no step, which is then rounded down to whole seconds or, where it is as long, five. */
const DEFAULT_POINTS = 240n;
const LONG_STEP_SECONDS = 5n;

/**
 * `start` and `end`, or `since`; the last hour where nothing is given.
 * @param mayBeEmpty whether it may end where it starts
 * @throws ApiError 400 for times that are none, in the wrong order, or further apart than `maxSeconds`
 */
export function metricsRange(parameters: Parameters, maxSeconds: number, mayBeEmpty = false): MetricsRange {
  const nowNs = BigInt(Date.now()) * 1_000_000n;
  const sinceText = parameters.text('since');
  const since = sinceText === undefined ? undefined : sinceNs(sinceText);
  const endText = parameters.text('end');
  const startText = parameters.text('start');
  const endNs = endText === undefined ? nowNs : timeOf(endText);
  if (sinceText !== undefined && since === undefined) {
    throw new ApiError(400, 'end must be greater than start');
  }
  const startNs = startText === undefined ? endNs && endNs - (since ?? DEFAULT_RANGE_NS) : timeOf(startText);
  if (startNs === undefined || endNs === undefined || endNs < startNs || (endNs === startNs && !(mayBeEmpty && startNs > 0n))) {
    throw new ApiError(400, 'end must be greater than start');
  }
  if (endNs - startNs > BigInt(maxSeconds) * NS_PER_SECOND) {
    throw new ApiError(400, `range specified by start and end (${(endNs - startNs) / NS_PER_SECOND}s) exceeds ${maxSeconds}s. received start=${startNs} end=${endNs}`);
  }
  return { startNs, endNs };
}

/** A duration as Prometheus writes it: whole years, weeks, days ..., each unit once and the longest first. */
const SINCE = /^(?=\d)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const SINCE_UNITS_MS = [31_536_000_000n, 604_800_000n, 86_400_000n, 3_600_000n, 60_000n, 1000n, 1n];

function sinceNs(text: string): bigint | undefined {
  const ms = SINCE.exec(text)?.slice(1).reduce((sum, amount, i) => sum + BigInt(amount ?? 0) * SINCE_UNITS_MS[i], 0n);
  return ms === undefined || ms * 1_000_000n >= BigInt(TOO_LONG_NS) ? undefined : ms * 1_000_000n;
}

/** Seconds, with a fraction or not, nanoseconds, or RFC 3339. */
function timeOf(text: string): bigint | undefined {
  if (/^\d{1,10}$/.test(text)) {
    return BigInt(text) * NS_PER_SECOND;
  }
  if (/^\d{11,19}$/.test(text)) {
    return BigInt(text);
  }
  if (/^\d{1,10}\.\d+$/.test(text)) {
    return BigInt(Math.round(Number(text) * 1e9));
  }
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n;
}

/** `step` in ns, or one that suits the range. @throws ApiError 400 for what is no duration or gives too many points */
export function metricsStep(parameters: Parameters, { startNs, endNs }: MetricsRange, { negativeStepStatus, maxPoints }: Pick<Compatibility, 'negativeStepStatus' | 'maxPoints'>): bigint {
  const text = parameters.text('step');
  if (text === undefined) {
    const seconds = (endNs - startNs) / DEFAULT_POINTS / NS_PER_SECOND;
    return (seconds >= LONG_STEP_SECONDS ? seconds - (seconds % LONG_STEP_SECONDS) : seconds || 1n) * NS_PER_SECOND;
  }
  const isNegative = text.startsWith('-');
  const digits = isNegative ? text.slice(1) : text;
  const value = /^[\d.]+(?:e\d+)?$/i.test(digits) ? Number(digits) * 1e9 : parseDuration(digits);
  if (value === undefined || !(value < TOO_LONG_NS)) {
    throw new ApiError(400, `cannot parse ${JSON.stringify(text)} to a valid duration`);
  }
  if (value < 1) {
    throw new ApiError(400, 'step required');
  }
  if (isNegative) {
    throw new ApiError(negativeStepStatus, 'end must be greater than start');
  }
  const stepNs = BigInt(Math.round(value));
  const shortestNs = Number(endNs - startNs) / maxPoints;
  if (Number(stepNs) < shortestNs) {
    throw new ApiError(400, `step of ${formatDuration(Number(stepNs))} is too small, minimum step for given range is ${formatDuration(shortestNs)}`);
  }
  return stepNs;
}

/**
 * The range widened to whole steps. Named by its end, the first bucket is of the step before. As in Tempo 2.7, whose buckets are named by
 * their start, a range of one step only counts the spans within it.
 */
export function alignedBuckets({ startNs: fromNs, endNs: toNs }: MetricsRange, stepNs: bigint, labelsBucketEnd: boolean): Pick<MetricsRequest, 'startNs' | 'endNs' | 'stepNs' | 'spansFromNs' | 'spansToNs'> {
  const startNs = (fromNs / stepNs) * stepNs;
  const endNs = ((toNs + stepNs - 1n) / stepNs) * stepNs;
  if (labelsBucketEnd) {
    return { startNs, endNs, stepNs, spansFromNs: startNs - stepNs + 1n, spansToNs: endNs };
  }
  return toNs - fromNs === stepNs ? { startNs, endNs, stepNs, spansFromNs: fromNs, spansToNs: toNs } : { startNs, endNs, stepNs, spansFromNs: startNs, spansToNs: endNs };
}
