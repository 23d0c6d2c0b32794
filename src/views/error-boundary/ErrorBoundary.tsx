import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Alert, Button } from '@grafana/ui';

interface Props {
  /** What failed, as the start of a sentence: "This page", "The service map". */
  readonly what: string;
  readonly children: ReactNode;
}

interface State {
  readonly error?: Error;
}

/** After an upgrade an open tab asks for chunks that are gone; only a reload helps then. */
const isStaleChunk = (error: Error) => /loading (css )?chunk|dynamically imported module/i.test(`${error.name} ${error.message}`);

/** Shows a failure of what it wraps as a state with a way out, never as a white page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo) {
    console.error(`Veza Traces: ${this.props.what} failed`, error, info.componentStack);
  }

  override render() {
    const { error } = this.state;
    if (!error) {
      return this.props.children;
    }
    return isStaleChunk(error) ? (
      <Alert severity="info" title="A new version of Veza Traces was installed">
        <p>Reload the page to use it.</p>
        <Button onClick={() => window.location.reload()}>Reload</Button>
      </Alert>
    ) : (
      <Alert severity="error" title={`${this.props.what} could not be shown`}>
        <p>{error.message}</p>
        <Button onClick={() => this.setState({ error: undefined })}>Try again</Button>
      </Alert>
    );
  }
}
