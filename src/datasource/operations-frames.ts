import { FieldType, type DataFrame, type Labels } from '@grafana/data';
import type { Curve, OperationsOverTime } from '../backends/operations-over-time';

/** One frame an operation: rate, errors and p95 over time, for the core Time series panel. */
export function operationsFrames({ timesMs, operations, notes }: OperationsOverTime, refId: string | undefined): DataFrame[] {
  return operations.map(({ service, operation, ratePerS, errorsPerS, p95Ns }) => {
    const labels = { service, operation };
    const p95Ms = p95Ns.map((durationNs) => (durationNs === null ? null : durationNs / 1e6));
    return {
      name: `${service} ${operation}`,
      refId,
      length: timesMs.length,
      meta: { preferredVisualisationType: 'graph', notices: notes.map((text) => ({ severity: 'info', text })) },
      fields: [
        { name: 'Time', type: FieldType.time, config: {}, values: [...timesMs] },
        figure('Rate', 'reqps', ratePerS, labels),
        figure('Errors', 'reqps', errorsPerS, labels),
        figure('p95', 'ms', p95Ms, labels),
      ],
    };
  });
}

const figure = (name: string, unit: string, values: Curve, labels: Labels) => ({ name, type: FieldType.number, config: { unit }, labels, values: [...values] });
