import { useTheme2 } from '@grafana/ui';
import { useEffect, useRef } from 'react';
import { createTraceqlView } from './code-view';
import type { TraceqlEditorProps } from './TraceqlEditor';

/** CodeMirror in React: made once, told of what changes outside it. */
export default function CodeField({ value, placeholder = '', vocabulary, onChange, onSubmit, onBlur }: TraceqlEditorProps) {
  const theme = useTheme2();
  const frame = useRef<HTMLDivElement>(null);
  const viewRef = useRef<ReturnType<typeof createTraceqlView>>(undefined);
  const handlers = useRef({ vocabulary, onChange, onSubmit, onBlur });
  useEffect(() => {
    handlers.current = { vocabulary, onChange, onSubmit, onBlur };
  });
  const firstValue = useRef(value);
  useEffect(() => {
    if (!frame.current) {
      return undefined;
    }
    const view = createTraceqlView(frame.current, {
      text: viewRef.current?.text() ?? firstValue.current,
      placeholder,
      theme,
      vocabulary: { tags: () => handlers.current.vocabulary.tags(), tagValues: (tag) => handlers.current.vocabulary.tagValues(tag) },
      onChange: (text) => handlers.current.onChange?.(text),
      onSubmit: (text) => handlers.current.onSubmit(text),
      onBlur: (text) => handlers.current.onBlur?.(text),
    });
    viewRef.current = view;
    return () => view.destroy();
  }, [theme, placeholder]);
  useEffect(() => viewRef.current?.setText(value), [value]);
  return <div ref={frame} />;
}
