import { baggageValue } from '../telemetry/baggage';

/**
 * Trouble that a request brings along. The load decides which requests fail or are slow and says so in baggage, so
 * that the share is exact, the same for the same seed, and nobody's own request fails by chance. Each hot path has one
 * weak spot, where the condition shows.
 */
export type Condition = 'error' | 'slow';

export const CONDITION_KEY = 'demo.condition';

/** The condition of the request that is being handled, or undefined for the healthy rest. */
export function currentCondition(): Condition | undefined {
  const value = baggageValue(CONDITION_KEY);
  return value === 'error' || value === 'slow' ? value : undefined;
}
