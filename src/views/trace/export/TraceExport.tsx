import { Button, Dropdown, Menu } from '@grafana/ui';
import { useState } from 'react';
import type { TraceSet } from '../../../trace';
import { saveFile } from '../../save-file/save-file';
import { EXPORT_FORMATS, traceFile, type ExportFormat } from './trace-file';

interface Props {
  readonly set: TraceSet;
  /** The one to save unless all are wanted; only all are offered without it. */
  readonly trace?: number;
}

/** Saves a trace or all of the set in a format of choice; the file is written when asked for. */
export function TraceExport({ set, trace }: Props) {
  const [error, setError] = useState<string | undefined>(undefined);
  const save = (traces: readonly number[], format: ExportFormat) => {
    try {
      saveFile(traceFile(set, traces, format));
      setError(undefined);
    } catch (reason) {
      setError(reason instanceof RangeError ? 'Too large for JSON: save it as OTLP protobuf' : String(reason));
    }
  };
  return (
    <>
      {error && <span role="alert">{error}</span>}
      <Dropdown
        placement="bottom-end"
        overlay={
          <Menu>
            {choicesOf(set, trace).map(({ what, traces }) => (
              <Menu.Group key={what} label={what}>
                {EXPORT_FORMATS.map(({ format, label, description }) => (
                  <Menu.Item key={format} label={label} description={description} onClick={() => save(traces, format)} />
                ))}
              </Menu.Group>
            ))}
          </Menu>
        }
      >
        <Button size="sm" variant="secondary" icon="download-alt">
          Export
        </Button>
      </Dropdown>
    </>
  );
}

function choicesOf(set: TraceSet, trace: number | undefined): Array<{ readonly what: string; readonly traces: readonly number[] }> {
  // A trace that was added to another has no rows of its own, and goes with that one.
  const all = Array.from({ length: set.traceCount }, (_, each) => each).filter((each) => set.endRow(each) > set.firstRow(each));
  return [
    ...(trace === undefined ? [] : [{ what: 'This trace', traces: [trace] }]),
    ...(trace === undefined || all.length > 1 ? [{ what: `All ${all.length.toLocaleString('en')} traces`, traces: all }] : []),
  ];
}
