import { TextArea } from '@grafana/ui';
import { lazy, Suspense } from 'react';
import type { TraceqlVocabulary } from './offered-tokens';

export interface TraceqlEditorProps {
  readonly value: string;
  readonly placeholder?: string;
  /** Attributes and values on offer while one types; memoise it. */
  readonly vocabulary: TraceqlVocabulary;
  readonly onChange?: (value: string) => void;
  /** Enter; Shift+Enter is a line break. */
  readonly onSubmit: (value: string) => void;
  readonly onBlur?: (value: string) => void;
}

const CodeField = lazy(() => import(/* webpackChunkName: "traceql" */ './CodeField'));

/** A field for TraceQL with its tokens coloured and completed. The editor's code is loaded when the first one is shown. */
export function TraceqlEditor(props: TraceqlEditorProps) {
  return (
    <Suspense fallback={<TextArea aria-label="TraceQL" rows={1} value={props.value} readOnly />}>
      <CodeField {...props} />
    </Suspense>
  );
}
