import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatCount, formatDuration, formatPercent } from '../../drawing/format-figures';
import type { MapHit } from '../../drawing/graph/hit-test';
import { errorRatio, rateFormatter, type MapFigures, type MapModel } from '../../drawing/graph/map-model';

interface Props {
  readonly model: MapModel;
  readonly windowS: number;
  readonly onSelect: (hit: MapHit) => void;
}

/** The map's content for keyboards and screen readers, and for reading figures off. */
export function ServiceMapTable({ model, windowS, onSelect }: Props) {
  const styles = useStyles2(getStyles);
  const rate = rateFormatter(model, windowS);
  const nameOf = new Map(model.nodes.map(({ id, name }) => [id, name]));
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption>Services</caption>
        <FigureHead first={['Service', 'Kind']} />
        <tbody>
          {model.nodes.map((node, index) => (
            <tr key={node.id}>
              <td>
                <button type="button" className={styles.link} onClick={() => onSelect({ kind: 'node', index })}>
                  {node.name}
                </button>
              </td>
              <td>{node.kind}</td>
              <FigureCells figures={node} rate={rate} />
            </tr>
          ))}
        </tbody>
      </table>
      <table className={styles.table}>
        <caption>Connections</caption>
        <FigureHead first={['From', 'To']} />
        <tbody>
          {model.edges.map((edge, index) => (
            <tr key={edge.id}>
              <td>
                <button type="button" className={styles.link} onClick={() => onSelect({ kind: 'edge', index })}>
                  {nameOf.get(edge.source)}
                </button>
              </td>
              <td>{nameOf.get(edge.target)}</td>
              <FigureCells figures={edge} rate={rate} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FigureHead({ first }: { readonly first: readonly string[] }) {
  return (
    <thead>
      <tr>
        {[...first, 'Calls', 'Rate', 'Errors', 'p50', 'p95', 'p99'].map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function FigureCells({ figures, rate }: { readonly figures: MapFigures; readonly rate: (count: number) => string }) {
  const duration = (durationNs: number | undefined) => (durationNs === undefined ? '–' : formatDuration(durationNs));
  return (
    <>
      <td>{formatCount(figures.count)}</td>
      <td>{rate(figures.count)}</td>
      <td>{formatPercent(errorRatio(figures))}</td>
      <td>{duration(figures.p50Ns)}</td>
      <td>{duration(figures.p95Ns)}</td>
      <td>{duration(figures.p99Ns)}</td>
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ height: '100%', overflow: 'auto' }),
  table: css({
    width: '100%',
    marginBottom: theme.spacing(3),
    fontVariantNumeric: 'tabular-nums',
    caption: { captionSide: 'top', padding: theme.spacing(1), ...theme.typography.h5 },
    'th, td': { padding: theme.spacing(0.5, 1), textAlign: 'right', borderBottom: `1px solid ${theme.colors.border.weak}` },
    'th:nth-child(-n+2), td:nth-child(-n+2)': { textAlign: 'left' },
    th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
  }),
  link: css({ all: 'unset', cursor: 'pointer', color: theme.colors.text.link, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
});
