import { css } from '@emotion/css';
import type { AppPluginMeta, GrafanaTheme2, PluginConfigPageProps } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, Stack, useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { lastValueFrom } from 'rxjs';
import { REFERENCE_HOT_PATHS } from '../../analysis/hot-paths';
import { appSettings, problemOf, settingOf, type AppJsonData, type HotPathSetting } from '../../views/settings/app-settings';
import { HotPathTable } from './HotPathTable';

type Saving = { readonly state: 'idle' | 'saving' } | { readonly state: 'failed'; readonly message: string };

/** Administration → Plugins → Veza Traces → Configuration: the hot paths of this organisation. */
export function ConfigPage({ plugin: { meta } }: PluginConfigPageProps<AppPluginMeta<AppJsonData>>) {
  const styles = useStyles2(getStyles);
  const saved = appSettings(meta.jsonData);
  const [paths, setPaths] = useState<readonly HotPathSetting[]>(() => saved.hotPaths.map(settingOf));
  const [saving, setSaving] = useState<Saving>({ state: 'idle' });
  const problems = paths.map(problemOf);

  const save = async () => {
    setSaving({ state: 'saving' });
    try {
      const jsonData: AppJsonData = { ...meta.jsonData, hotPaths: paths };
      await lastValueFrom(
        getBackendSrv().fetch({ url: `/api/plugins/${meta.id}/settings`, method: 'POST', data: { enabled: meta.enabled, pinned: meta.pinned, jsonData } })
      );
      // Grafana hands an app its settings once, when the page loads.
      window.location.reload();
    } catch (error) {
      setSaving({ state: 'failed', message: messageOf(error) });
    }
  };

  return (
    <div className={styles.page}>
      <h3>Hot paths</h3>
      <p className={styles.text}>
        The operations your team watches. A call is good if it does not fail and takes no longer than the objective; the target is the share of calls that
        must be good. The same list can be provisioned from a file, as <code>jsonData.hotPaths</code>.
      </p>
      {saved.problems.map((problem) => (
        <Alert key={problem} title={problem} severity="warning" />
      ))}
      <HotPathTable paths={paths} problems={problems} onChange={setPaths} />
      {saving.state === 'failed' && <Alert title="The settings were not saved">{saving.message}</Alert>}
      <Stack direction="row" gap={1}>
        <Button onClick={save} disabled={saving.state === 'saving' || problems.some((problem) => problem !== undefined)}>
          {saving.state === 'saving' ? 'Saving' : 'Save'}
        </Button>
        <Button variant="secondary" fill="outline" onClick={() => setPaths(REFERENCE_HOT_PATHS.map(settingOf))}>
          Use the defaults
        </Button>
      </Stack>
    </div>
  );
}

function messageOf(error: unknown): string {
  const { status, data, message } = (error ?? {}) as { status?: number; data?: { message?: string }; message?: string };
  if (status === 403) {
    return 'Only administrators may change the settings of a plugin.';
  }
  return data?.message ?? message ?? String(error);
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: theme.spacing(2), maxWidth: 900 }),
  text: css({ color: theme.colors.text.secondary, margin: 0 }),
});
