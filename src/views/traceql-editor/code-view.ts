import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { GrafanaTheme2 } from '@grafana/data';
import { placeAtEnd } from './expected-token';
import { traceqlLanguage } from './language';
import { offeredTokens, type TraceqlVocabulary } from './offered-tokens';

interface TraceqlViewOptions {
  readonly text: string;
  readonly placeholder: string;
  readonly theme: GrafanaTheme2;
  readonly vocabulary: TraceqlVocabulary;
  readonly onChange: (text: string) => void;
  readonly onSubmit: (text: string) => void;
  readonly onBlur: (text: string) => void;
}

export interface TraceqlView {
  text(): string;
  /** From outside: not reported by `onChange`. */
  setText(text: string): void;
  destroy(): void;
}

/** A CodeMirror editor of TraceQL in `parent`. Tab leaves it, as any other field of a form. */
export function createTraceqlView(parent: HTMLElement, options: TraceqlViewOptions): TraceqlView {
  let isSetFromOutside = false;
  const submit = ({ state }: EditorView) => {
    options.onSubmit(state.doc.toString());
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        history(),
        closeBrackets(),
        traceqlLanguage,
        syntaxHighlighting(colours(options.theme)),
        autocompletion({ override: [(context) => complete(context, options.vocabulary)], icons: false, selectOnOpen: false, interactionDelay: 0 }),
        keymap.of([
          ...completionKeymap,
          { key: 'Enter', run: submit },
          ...closeBracketsKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        placeholder(options.placeholder),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'TraceQL', spellcheck: 'false' }),
        EditorView.updateListener.of((update) => update.docChanged && !isSetFromOutside && options.onChange(update.state.doc.toString())),
        EditorView.domEventHandlers({
          focus: (_event, focused) => {
            if (focused.state.doc.length === 0) {
              startCompletion(focused);
            }
          },
          blur: (_event, left) => options.onBlur(left.state.doc.toString()),
        }),
        look(options.theme),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => {
      const { length } = view.state.doc;
      if (view.state.doc.toString() !== text) {
        isSetFromOutside = true;
        view.dispatch({ changes: { from: 0, to: length, insert: text } });
        isSetFromOutside = false;
      }
    },
    destroy: () => view.destroy(),
  };
}

/** What has many answers that nobody knows by heart; the rest is offered on Ctrl+Space, or once one types. */
const OFFERED_UNASKED = new Set(['field', 'value', 'stage']);

async function complete({ state, pos, explicit }: CompletionContext, vocabulary: TraceqlVocabulary): Promise<CompletionResult | null> {
  const { expected, from } = placeAtEnd(state.sliceDoc(0, pos));
  if (!explicit && from === pos && !OFFERED_UNASKED.has(expected.kind)) {
    return null;
  }
  // A source that cannot name its attributes offers none; the query can still be typed.
  const offered = await offeredTokens(expected, vocabulary).catch(() => []);
  return { from, options: offered.map(({ text, detail }, at) => ({ label: text, detail, boost: -Math.min(at, 99) })), validFor: /^[\w.:$"/-]*$/ };
}

const colours = ({ colors, visualization }: GrafanaTheme2) =>
  HighlightStyle.define([
    { tag: tags.string, color: visualization.getColorByName('green') },
    { tag: tags.number, color: visualization.getColorByName('orange') },
    { tag: tags.propertyName, color: colors.primary.text },
    { tag: tags.keyword, color: visualization.getColorByName('purple') },
    { tag: tags.operator, color: colors.text.secondary },
    { tag: tags.comment, color: colors.text.secondary, fontStyle: 'italic' },
  ]);

const look = ({ colors, components, isDark, shadows, shape, spacing, typography, zIndex }: GrafanaTheme2) =>
  EditorView.theme(
    {
      '&': { background: components.input.background, color: components.input.text, border: `1px solid ${components.input.borderColor}`, borderRadius: shape.radius.default, minHeight: spacing(4) },
      '&.cm-focused': { outline: `2px solid ${colors.primary.main}`, outlineOffset: '1px' },
      '.cm-scroller': { fontFamily: typography.fontFamilyMonospace, fontSize: typography.bodySmall.fontSize, lineHeight: 1.6, maxHeight: '160px', overflow: 'auto' },
      '.cm-content': { padding: '5px 0', caretColor: colors.text.maxContrast },
      '.cm-line': { padding: spacing(0, 1) },
      '.cm-placeholder': { color: colors.text.disabled },
      '.cm-tooltip': { background: colors.background.primary, border: `1px solid ${colors.border.weak}`, borderRadius: shape.radius.default, boxShadow: shadows.z3, zIndex: zIndex.dropdown },
      '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: typography.fontFamilyMonospace, fontSize: typography.bodySmall.fontSize, maxHeight: '260px' },
      '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { display: 'flex', justifyContent: 'space-between', padding: spacing(0.5, 1.5) },
      '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { background: colors.action.selected, color: colors.text.maxContrast },
      '.cm-completionDetail': { color: colors.text.secondary, fontFamily: typography.fontFamily, fontStyle: 'normal', marginLeft: spacing(2) },
    },
    { dark: isDark }
  );
