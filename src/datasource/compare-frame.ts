import { FieldType, type DataFrame } from '@grafana/data';
import type { SampledComparison } from '../backends/compare-cohorts';

/** The call paths that differ most between two groups of traces, as a table; the left group first. */
export function compareFrame({ comparison, sides, notes }: SampledComparison, refId: string | undefined): DataFrame {
  const paths = comparison?.ranked ?? [];
  const [left, right] = sides;
  const said = comparison ? notes : [...notes, 'One side has no traces: there is nothing to compare'];
  const number = (name: string, values: number[], unit: string) => ({ name, type: FieldType.number, config: { unit }, values });
  return {
    name: 'comparison',
    refId,
    length: paths.length,
    meta: { preferredVisualisationType: 'table', notices: said.map((text) => ({ severity: 'info', text })) },
    fields: [
      { name: 'Service', type: FieldType.string, config: {}, values: paths.map(({ service }) => service) },
      { name: 'Name', type: FieldType.string, config: {}, values: paths.map(({ operation }) => operation) },
      number('Self time difference', paths.map(({ selfDifferenceNs }) => selfDifferenceNs / 1e6), 'ms'),
      number(`Time, ${left}`, paths.map((path) => path.left.nsPerTrace / 1e6), 'ms'),
      number(`Time, ${right}`, paths.map((path) => path.right.nsPerTrace / 1e6), 'ms'),
      number(`In traces, ${left}`, paths.map((path) => path.left.traceShare), 'percentunit'),
      number(`In traces, ${right}`, paths.map((path) => path.right.traceShare), 'percentunit'),
      number(`Errors a trace, ${left}`, paths.map((path) => path.left.errorsPerTrace), 'short'),
      number(`Errors a trace, ${right}`, paths.map((path) => path.right.errorsPerTrace), 'short'),
    ],
  };
}
