import { css } from '@emotion/css';
import { type AlertErrorPayload, type AlertPayload, AppEvents, BusEventWithPayload, type GrafanaTheme2 } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { Alert, type AlertVariant, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';

interface Toast {
  readonly id: number;
  readonly severity: AlertVariant;
  readonly title: string;
  readonly text: string;
}

const SHOWN_FOR_MS = 5_000;
/** App events come as legacy events too; the bus carries both under the name. */
class SuccessEvent extends BusEventWithPayload<AlertPayload> {
  static readonly type = AppEvents.alertSuccess.name;
}
class InfoEvent extends BusEventWithPayload<AlertPayload> {
  static readonly type = AppEvents.alertInfo.name;
}
class WarningEvent extends BusEventWithPayload<AlertPayload> {
  static readonly type = AppEvents.alertWarning.name;
}
class ErrorEvent extends BusEventWithPayload<AlertErrorPayload> {
  static readonly type = AppEvents.alertError.name;
}
const SEVERITIES = [
  [SuccessEvent, 'success'],
  [InfoEvent, 'info'],
  [WarningEvent, 'warning'],
  [ErrorEvent, 'error'],
] as const;

/** Notices that plugins publish as app events. */
export function Toasts() {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const styles = useStyles2(getStyles);
  const remove = (id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id));

  useEffect(() => {
    let count = 0;
    const show = (severity: AlertVariant, [title, detail]: AlertPayload | AlertErrorPayload) => {
      const id = ++count;
      const text = detail instanceof Error ? detail.message : String(detail ?? '');
      setToasts((shown) => [...shown, { id, severity, title: String(title), text }]);
      setTimeout(() => remove(id), SHOWN_FOR_MS);
    };
    const subscriptions = SEVERITIES.map(([event, severity]) =>
      getAppEvents().getStream<BusEventWithPayload<AlertPayload | AlertErrorPayload>>(event).subscribe(({ payload }) => show(severity, payload))
    );
    return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
  }, []);

  return (
    <div className={styles.toasts} aria-live="polite">
      {toasts.map(({ id, severity, title, text }) => (
        <Alert key={id} severity={severity} title={title} elevated onRemove={() => remove(id)}>
          {text}
        </Alert>
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  toasts: css({ position: 'fixed', right: theme.spacing(2), top: theme.spacing(7), width: 400, zIndex: theme.zIndex.portal }),
});
