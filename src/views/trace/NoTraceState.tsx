import { Button } from '@grafana/ui';
import { BackendError } from '../../backends/http/http-client';
import { EmptyStatePanel, FailedState } from '../state/StatePanel';
import { CancelledError } from '../task/task-runner';

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why a trace is not shown: quietly where there is none by that id or nobody waits for it, as a failure where asking or reading failed. */
export function NoTraceState({ error, onRetry }: Props) {
  const title = quietTitle(error);
  if (title === undefined) {
    return <FailedState title="The trace could not be opened" error={error} onRetry={onRetry} />;
  }
  return (
    <EmptyStatePanel title={title}>
      <p>{error.message}</p>
      <Button size="sm" variant="secondary" onClick={onRetry}>
        Try again
      </Button>
    </EmptyStatePanel>
  );
}

function quietTitle(error: Error): string | undefined {
  if (error instanceof CancelledError) {
    return 'Reading was cancelled';
  }
  const kind = error instanceof BackendError ? error.kind : undefined;
  return kind === 'notFound' ? 'Trace not found' : kind === 'unsupported' ? 'No trace to show' : undefined;
}
