import { type DataFrame, type QueryResultMetaNotice } from '@grafana/data';
import { Icon, type IconName, Tooltip } from '@grafana/ui';

const ICONS: Readonly<Record<QueryResultMetaNotice['severity'], IconName>> = {
  info: 'file-alt',
  warning: 'exclamation-triangle',
  error: 'exclamation-circle',
};

/** What data sources remark about their answers, such as a limit that was reached: an icon each in the panel's header. */
export function PanelNotices({ frames }: { readonly frames: readonly DataFrame[] }) {
  const notices = frames.flatMap((frame) => frame.meta?.notices ?? []);
  const different = [...new Map(notices.map((notice) => [`${notice.severity} ${notice.text}`, notice])).entries()];
  return different.map(([key, { severity, text }]) => (
    <Tooltip key={key} content={text}>
      <Icon name={ICONS[severity]} aria-label={text} tabIndex={0} />
    </Tooltip>
  ));
}
