import { Button, Dropdown, Menu } from '@grafana/ui';
import { useState } from 'react';
import type { TraceSet } from '../../../trace';
import { EXPORT_FORMATS, traceFile, type ExportFormat } from './trace-file';

/** Saves the trace in a format of choice; it is written when asked for. */
export function TraceExport({ set, trace }: { readonly set: TraceSet; readonly trace: number }) {
  const [error, setError] = useState<string | undefined>(undefined);
  const save = (format: ExportFormat) => {
    try {
      saveFile(traceFile(set, trace, format));
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
            {EXPORT_FORMATS.map(({ format, label, description }) => (
              <Menu.Item key={format} label={label} description={description} onClick={() => save(format)} />
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

function saveFile(file: File): void {
  const href = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = href;
  link.download = file.name;
  link.click();
  // The browser has begun to read by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
