/** TraceQL in CodeMirror: Grafana's own grammar, coloured. It errs on some of the newest syntax, so it colours and never judges. */
import { LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-traceql';
import { styleTags, tags } from '@lezer/highlight';

export const traceqlLanguage = LRLanguage.define({
  name: 'traceql',
  parser: parser.configure({
    props: [
      styleTags({
        'LineComment BlockComment': tags.comment,
        String: tags.string,
        'Integer Float Duration Static': tags.number,
        IntrinsicField: tags.propertyName,
        'AttributeField Identifier Resource Span Event Link Instrumentation Parent': tags.propertyName,
        'FieldOp ComparisonOp ScalarOp And Or Pipe Gt Lt Desc Anc Tilde ExperimentalOp UnionStructuralOp': tags.operator,
        'Aggregate GroupOperation SelectOperation CoalesceOperation MetricsOperationBasicType MetricsOverTimeType With': tags.keyword,
        'MetricsOperationHistogram MetricsOperationQuantile MetricsOperationCompare MetricsAggregatorFunctionType': tags.keyword,
      }),
    ],
  }),
  languageData: { closeBrackets: { brackets: ['(', '{', '"', '`'] } },
});
