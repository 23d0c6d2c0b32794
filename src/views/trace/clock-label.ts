import { dateTimeFormat } from '@grafana/data';
import type { TickLabel } from '../../drawing/waterfall/draw-time-axis';

const NS_PER_MS = 1_000_000n;

/** Times of day, in the user's time zone, as exact as the distance between two ticks asks for. */
export function clockLabel(baseUnixNs: bigint): TickLabel {
  return (timeNs, stepNs) => {
    const unixNs = baseUnixNs + BigInt(Math.round(timeNs));
    const seconds = dateTimeFormat(Number(unixNs / NS_PER_MS), { format: stepNs >= 1e9 ? 'HH:mm:ss' : 'HH:mm:ss.SSS' });
    const belowMs = String(unixNs % NS_PER_MS).padStart(6, '0');
    return stepNs >= 1e6 ? seconds : `${seconds}${belowMs.slice(0, stepNs >= 1e3 ? 3 : 6)}`;
  };
}
