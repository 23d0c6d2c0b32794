import { FieldType, type DataFrame } from '@grafana/data';
import type { SampledComparison } from '../backends/compare-cohorts';

/** What differs most between two groups of traces, as two tables: call paths, and attribute values; the left group first. */
export function compareFrames({ comparison, sides, notes }: SampledComparison, refId: string | undefined): DataFrame[] {
  const paths = comparison?.ranked ?? [];
  const values = comparison?.attributes.differences ?? [];
  const [left, right] = sides;
  const said = comparison ? notes : [...notes, 'One side has no traces: there is nothing to compare'];
  return [
    {
      name: 'comparison',
      refId,
      length: paths.length,
      meta: { preferredVisualisationType: 'table', notices: said.map((text) => ({ severity: 'info', text })) },
      fields: [
        texts('Service', paths.map(({ service }) => service)),
        texts('Name', paths.map(({ operation }) => operation)),
        numbers('Self time difference', paths.map(({ selfDifferenceNs }) => selfDifferenceNs / 1e6), 'ms'),
        numbers(`Time, ${left}`, paths.map((path) => path.left.nsPerTrace / 1e6), 'ms'),
        numbers(`Time, ${right}`, paths.map((path) => path.right.nsPerTrace / 1e6), 'ms'),
        numbers(`In traces, ${left}`, paths.map((path) => path.left.traceShare), 'percentunit'),
        numbers(`In traces, ${right}`, paths.map((path) => path.right.traceShare), 'percentunit'),
        numbers(`Errors a trace, ${left}`, paths.map((path) => path.left.errorsPerTrace), 'short'),
        numbers(`Errors a trace, ${right}`, paths.map((path) => path.right.errorsPerTrace), 'short'),
      ],
    },
    {
      name: 'attributes',
      refId,
      length: values.length,
      meta: { preferredVisualisationType: 'table' },
      fields: [
        texts('Scope', values.map(({ scope }) => scope)),
        texts('Attribute', values.map(({ key }) => key)),
        texts('Value', values.map(({ value }) => value)),
        numbers('Difference', values.map(({ difference }) => difference), 'percentunit'),
        numbers(`In traces, ${left}`, values.map(({ leftShare }) => leftShare), 'percentunit'),
        numbers(`In traces, ${right}`, values.map(({ rightShare }) => rightShare), 'percentunit'),
        numbers('By chance', values.map(({ adjustedP }) => adjustedP), 'percentunit'),
      ],
    },
  ];
}

const texts = (name: string, values: string[]) => ({ name, type: FieldType.string, config: {}, values });
const numbers = (name: string, values: number[], unit: string) => ({ name, type: FieldType.number, config: { unit }, values });
