import { css } from '@emotion/css';
import type { AbsoluteTimeRange, GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom-v5-compat';
import { usePageTitle } from '../chrome/page-title';
import { DashboardGrid } from '../dashboard/DashboardGrid';
import { TimeControls } from '../dashboard/TimeControls';
import { useDashboard } from '../dashboard/use-dashboard';
import { VariableBar } from '../dashboard/VariableBar';
import { errorText } from '../services/error-text';

/** `/d/:uid/:slug`. Each dashboard has a state of its own: nothing of the one before it is shown under its name. */
export function DashboardPage() {
  const { uid = '' } = useParams();
  return <Dashboard key={uid} uid={uid} />;
}

/** Variables and time on top, panels below. */
function Dashboard({ uid }: { readonly uid: string }) {
  const { model, error, settings, timeRange, variables, context, refresh } = useDashboard(uid);
  const styles = useStyles2(getStyles);
  usePageTitle([{ text: 'Dashboards', url: '/dashboards' }, { text: model?.title ?? '' }]);
  const onChangeTimeRange = useCallback(
    ({ from, to }: AbsoluteTimeRange) => locationService.partial({ from: String(Math.round(from)), to: String(Math.round(to)) }),
    []
  );

  if (error) {
    return <Alert title={`The dashboard ${uid} cannot be shown`} className={styles.alert}>{errorText(error)}</Alert>;
  }
  if (!model) {
    return <LoadingPlaceholder text="Loading dashboard" />;
  }
  return (
    <div className={styles.page}>
      <h1 className={styles.heading}>{model.title}</h1>
      <div className={styles.controls}>
        <VariableBar variables={variables} />
        {!model.timepicker?.hidden && <TimeControls settings={settings} timeRange={timeRange} timepicker={model.timepicker} onRefresh={refresh} />}
      </div>
      <DashboardGrid panels={model.panels ?? []} context={context} onChangeTimeRange={onChangeTimeRange} />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ padding: theme.spacing(0, 2, 2, 2) }),
  // The title is in the breadcrumbs; the heading is for screen readers.
  heading: css({ position: 'absolute', width: 1, height: 1, margin: 0, overflow: 'hidden', clipPath: 'inset(50%)' }),
  alert: css({ margin: theme.spacing(2) }),
  controls: css({
    display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), alignItems: 'flex-start', justifyContent: 'flex-end',
    position: 'sticky', top: 0, zIndex: theme.zIndex.activePanel, padding: theme.spacing(2, 0, 1, 0), background: theme.colors.background.canvas,
  }),
});
