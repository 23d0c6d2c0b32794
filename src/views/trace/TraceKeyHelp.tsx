import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Modal, useStyles2 } from '@grafana/ui';
import { BINDINGS } from './trace-keys';

/** The keys of the trace view. */
export function TraceKeyHelp({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles2(getStyles);
  return (
    <Modal title="Keys of the trace view" isOpen onDismiss={onClose}>
      <p>They work while the list of spans has the focus.</p>
      <dl className={styles.list}>
        {BINDINGS.map(({ keys, command, what }) => (
          <div key={command} className={styles.item}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ columns: 2, margin: 0 }),
  item: css({ display: 'flex', breakInside: 'avoid', gap: theme.spacing(1), dt: { flex: '0 0 140px', kbd: { marginRight: theme.spacing(0.5) } }, dd: { margin: 0 } }),
});
