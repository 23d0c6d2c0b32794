import { css } from '@emotion/css';
import { PanelPlugin, type PanelProps, renderTextPanelMarkdown, textUtil } from '@grafana/data';
import { ScrollContainer } from '@grafana/ui';

interface TextOptions {
  readonly mode: 'markdown' | 'html' | 'code';
  readonly content: string;
}

const contentStyle = css({ height: '100%', '& > :last-child': { marginBottom: 0 } });

function TextPanel({ options, replaceVariables }: PanelProps<TextOptions>) {
  const content = replaceVariables(options.content, {}, options.mode === 'code' ? undefined : 'html');
  if (options.mode === 'code') {
    return <ScrollContainer><pre>{content}</pre></ScrollContainer>;
  }
  // Both ways out of here are sanitised: a dashboard may come from anyone.
  const html = options.mode === 'html' ? textUtil.sanitizeTextPanelContent(content) : renderTextPanelMarkdown(content);
  return (
    <ScrollContainer>
      <div className={`markdown-html ${contentStyle}`} dangerouslySetInnerHTML={{ __html: html }} />
    </ScrollContainer>
  );
}

export const textPanel = new PanelPlugin<TextOptions>(TextPanel)
  .setPanelOptions((builder) =>
    builder
      .addTextInput({ path: 'mode', name: 'Mode', defaultValue: 'markdown' })
      .addTextInput({ path: 'content', name: 'Content', defaultValue: '' })
  );
