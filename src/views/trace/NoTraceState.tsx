import { Button } from '@grafana/ui';
import { BackendError } from '../../backends/http/http-client';
import { EmptyStatePanel, FailedState } from '../state/StatePanel';

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why a trace is not shown: quietly where there is none by that id, as a failure where asking or reading failed. */
export function NoTraceState({ error, onRetry }: Props) {
  const kind = error instanceof BackendError ? error.kind : undefined;
  if (kind !== 'notFound' && kind !== 'unsupported') {
    return <FailedState title="The trace could not be opened" error={error} onRetry={onRetry} />;
  }
  return (
    <EmptyStatePanel title={kind === 'notFound' ? 'Trace not found' : 'No trace to show'}>
      <p>{error.message}</p>
      <Button size="sm" variant="secondary" onClick={onRetry}>
        Try again
      </Button>
    </EmptyStatePanel>
  );
}
