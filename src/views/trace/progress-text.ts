import type { TraceProgress } from '../../backends/backend';
import { formatBytes } from '../../drawing/format-figures';

/** "42 % of 12.3 MiB", or what there is so far where nobody knows how much there will be. */
export function progressText(progress: TraceProgress): string {
  if (progress.kind === 'decoding') {
    return `${progress.spanCount.toLocaleString('en')} spans read`;
  }
  const { receivedBytes, totalBytes } = progress;
  return totalBytes ? `${Math.floor((100 * receivedBytes) / totalBytes)} % of ${formatBytes(totalBytes)} received` : `${formatBytes(receivedBytes)} received`;
}
