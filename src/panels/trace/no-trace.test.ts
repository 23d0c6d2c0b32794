import type { DataFrame, FieldType } from '@grafana/data';
import { noTraceIn } from './no-trace';

const frame = (names: readonly string[], rest: Partial<DataFrame> = {}): DataFrame => ({ length: 0, fields: names.map((name) => ({ name, type: 'string' as FieldType, config: {}, values: [] })), ...rest });

describe('noTraceIn', () => {
  it('says what to do where no trace is chosen', () => {
    expect(noTraceIn({ series: [] })).toMatchObject({ title: 'No trace', advice: expect.stringMatching(/variable such as \$\{traceId\}/) });
  });

  it('says what the query remarked about its empty answer', () => {
    const series = [frame(['traceID', 'spanID'], { meta: { notices: [{ severity: 'info', text: '${traceId} is empty.' }] } })];
    expect(noTraceIn({ series })).toEqual({ title: 'No trace', advice: '${traceId} is empty.' });
  });

  it('says of frames of another shape what was expected and what came', () => {
    const { advice } = noTraceIn({ series: [frame(['Trace ID', 'Start', 'a', 'b', 'c', 'd', 'e'], { name: 'traces' })] });
    expect(advice).toMatch(/Expected frames with the fields traceID, spanID.*got traces with Trace ID, Start, a, b, c, d and 1 more\./);
  });

  it('says every error of the queries first', () => {
    const errors = [{ message: 'Trace abc was not found' }, { message: '"xyz" is no trace id' }];
    expect(noTraceIn({ series: [frame(['value'])], errors }).advice).toBe('Trace abc was not found\n"xyz" is no trace id');
    expect(noTraceIn({ series: [], error: { data: { message: 'Bad gateway' } } }).advice).toBe('Bad gateway');
  });
});
