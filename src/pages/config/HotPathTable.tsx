import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, Input, useStyles2 } from '@grafana/ui';
import type { HotPathSetting } from '../../views/settings/app-settings';

interface Props {
  readonly paths: readonly HotPathSetting[];
  /** One entry a path; undefined where it is fine. */
  readonly problems: ReadonlyArray<string | undefined>;
  readonly onChange: (paths: readonly HotPathSetting[]) => void;
}

export function HotPathTable({ paths, problems, onChange }: Props) {
  const styles = useStyles2(getStyles);
  const change = (index: number, part: Partial<HotPathSetting>) => onChange(paths.map((path, at) => (at === index ? { ...path, ...part } : path)));
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>Operation</th>
            <th>Service</th>
            <th>Objective</th>
            <th>Target</th>
            <th aria-label="Remove" />
          </tr>
        </thead>
        <tbody>
          {paths.map(({ operation, service, objectiveMs, target }, index) => {
            const label = (field: string) => `${field} of hot path ${index + 1}`;
            return (
              <tr key={index} title={problems[index] && `Not usable: ${problems[index]}`}>
                <td>
                  <Input aria-label={label('Operation')} value={operation} invalid={problems[index]?.startsWith('operation')} onChange={(event) => change(index, { operation: event.currentTarget.value })} />
                </td>
                <td>
                  <Input aria-label={label('Service')} value={service ?? ''} placeholder="any" onChange={(event) => change(index, { service: event.currentTarget.value || undefined })} />
                </td>
                <td>
                  <Input type="number" min={1} suffix="ms" aria-label={label('Objective')} value={numberText(objectiveMs)} invalid={problems[index]?.startsWith('objectiveMs')} onChange={(event) => change(index, { objectiveMs: event.currentTarget.valueAsNumber })} />
                </td>
                <td>
                  <Input type="number" min={0} max={100} step="any" suffix="%" aria-label={label('Target')} value={numberText(percentOf(target))} invalid={problems[index]?.startsWith('target')} onChange={(event) => change(index, { target: event.currentTarget.valueAsNumber / 100 })} />
                </td>
                <td>
                  <IconButton name="trash-alt" tooltip={`Remove ${operation || 'this hot path'}`} onClick={() => onChange(paths.filter((_, at) => at !== index))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {paths.length === 0 && <p className={styles.empty}>No hot paths: nothing is watched.</p>}
      <Button variant="secondary" icon="plus" size="sm" onClick={() => onChange([...paths, { operation: '', objectiveMs: 500, target: 0.99 }])}>
        Add hot path
      </Button>
    </>
  );
}

/** An emptied field is NaN, which is no text. */
const numberText = (value: number): number | '' => (Number.isNaN(value) ? '' : value);
/** 0.995 × 100 is 99.49999999999999 in floating point. */
const percentOf = (share: number): number => Number((share * 100).toPrecision(12));

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    th: { textAlign: 'left', fontWeight: theme.typography.fontWeightMedium, padding: theme.spacing(0.5, 1, 0.5, 0) },
    td: { padding: theme.spacing(0.5, 1, 0.5, 0), verticalAlign: 'middle', '&:nth-of-type(3), &:nth-of-type(4)': { width: 140 }, '&:last-child': { width: 32 } },
  }),
  empty: css({ margin: 0, color: theme.colors.text.secondary }),
});
