import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { useEffect, useRef, type ReactNode } from 'react';
import { formatDuration, formatPercent } from '../../../drawing/format-figures';
import { drawKindIcon } from '../../../drawing/graph/draw-kind-icon';
import { isCounted, type MapModel, type MapNodeKind } from '../../../drawing/graph/map-model';
import type { MapPalette } from '../../../drawing/graph/map-palette';
import { changeColour, type EdgeColouring, type LabelFigure, type MapStyle, type ThresholdStep } from '../../../drawing/graph/map-style';

interface Props {
  readonly model: MapModel;
  readonly style: MapStyle;
  readonly palette: MapPalette;
  /** Whether the weaker connections are a crowd of lines that look alike. */
  readonly hasCrowd: boolean;
  readonly onClose: () => void;
}

interface Entry {
  readonly sign: ReactNode;
  readonly text: string;
}

export const LEGEND_WIDTH_PX = 320;

/** Explains what this map shows, and nothing that it does not: kinds, rings, widths, colours, dashes and labels in use. */
export function MapLegend({ model, style, palette, hasCrowd, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const dashes = dashEntries(model, palette);
  const sections: ReadonlyArray<readonly [string, readonly Entry[]]> = [
    ['Services', [...kindEntries(model, palette), ...ringEntries(model, style), ...arcEntries(model), ...chosenEntries(model)]],
    ['Connections', [...widthEntries(model, style, palette), ...colourEntries(model, style, palette), ...dashes, ...(hasCrowd ? [crowdEntry(palette, dashes.length > 0)] : []), ...labelEntries(model, style, palette)]],
    ['Changes', changeEntries(model, palette)],
  ];
  return (
    <section className={styles.box} aria-label="Legend">
      <IconButton className={styles.close} name="times" tooltip="Close the legend" onClick={onClose} />
      {sections
        .filter(([, entries]) => entries.length > 0)
        .map(([title, entries]) => (
          <div key={title}>
            <h2 className={styles.title}>{title}</h2>
            <ul className={styles.list}>
              {entries.map(({ sign, text }) => (
                <li key={text} className={styles.entry}>
                  <span className={styles.sign}>{sign}</span>
                  {text}
                </li>
              ))}
            </ul>
          </div>
        ))}
    </section>
  );
}

const KIND_TEXTS: Readonly<Record<MapNodeKind, string>> = {
  service: 'Service that sends spans',
  database: 'Database, known from its callers or its name',
  messaging: 'Queue or topic, known from its callers or its name',
  external: 'Peer that sends no spans',
  user: 'Where requests begin',
};

function kindEntries({ nodes, edges }: MapModel, palette: MapPalette): Entry[] {
  const inUse = new Set(nodes.map(({ kind }) => kind));
  const texts = edges.some(({ provenance }) => provenance === 'frames') ? { ...KIND_TEXTS, service: 'Service' } : KIND_TEXTS;
  return (Object.keys(texts) as MapNodeKind[]).filter((kind) => inUse.has(kind)).map((kind) => ({ sign: <KindIcon kind={kind} colour={palette.textFaint} />, text: texts[kind] }));
}

function ringEntries({ nodes }: MapModel, { errorSteps }: MapStyle): Entry[] {
  return nodes.some(({ errorCount }) => errorCount > 0) ? stepEntries(errorSteps, 'ring').map(({ sign, text }) => ({ sign, text: `Ring: ${text} of its calls fail` })) : [];
}

function stepEntries(steps: readonly ThresholdStep[], shape: 'ring' | 'line', write: (value: number) => string = formatPercent): Entry[] {
  return steps.map(({ from, colour }, i) => ({
    sign: shape === 'ring' ? <Ring colour={colour} /> : <Line colour={colour} widthPx={2.5} />,
    text: i + 1 < steps.length ? `${write(from)} to ${write(steps[i + 1].from)}` : `${write(from)} or more`,
  }));
}

/** As the source names and colours them. */
function arcEntries({ nodes }: MapModel): Entry[] {
  const colours = new Map(nodes.flatMap(({ arcs = [] }) => arcs.map(({ name, colour }) => [name, colour] as const)));
  return [...colours].map(([name, colour]) => ({ sign: <Ring colour={colour} />, text: `Ring: ${name}` }));
}

/** Colours that somebody gave to services, with whom they were given to. */
function chosenEntries({ nodes }: MapModel): Entry[] {
  const namesOf = new Map<string, string[]>();
  nodes.forEach(({ colour, arcs, name }) => colour && !arcs && namesOf.set(colour, [...(namesOf.get(colour) ?? []), name]));
  return [...namesOf].map(([colour, names]) => ({
    sign: <Ring colour={colour} />,
    text: `Chosen: ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}`,
  }));
}

const MOST_NAMES = 3;

function widthEntries({ edges }: MapModel, { edgeWeighting }: MapStyle, { edge }: MapPalette): Entry[] {
  const ofCalls = edges.some(isCounted) ? 'more calls' : edges.some(({ weight = 0 }) => weight > 0) ? 'more, as the data source says' : undefined;
  const more = edgeWeighting === 'share' ? 'more of the end-to-end latency' : ofCalls;
  return more === undefined ? [] : [{ sign: <Wedge colour={edge} />, text: `Wider and stronger: ${more}` }];
}

function colourEntries(model: MapModel, style: MapStyle, palette: MapPalette): Entry[] {
  const duration = style.formatDuration ?? formatDuration;
  const prefixed = (prefix: string, entries: readonly Entry[]) => entries.map(({ sign, text }) => ({ sign, text: `${prefix} ${text}` }));
  const byColouring: Readonly<Record<EdgeColouring, () => Entry[]>> = {
    errors: () => (model.edges.some(({ errorCount }) => errorCount > 0) ? prefixed('Errors', stepEntries(style.errorSteps, 'line')) : []),
    latency: () => prefixed('p95', stepEntries(style.latencySteps, 'line', duration)),
    baseline: () => prefixed('p95', stepEntries(style.slowdownSteps, 'line', (ratio) => `${ratio}×`)).map(({ sign, text }) => ({ sign, text: `${text} its baseline` })),
    change: () => [],
    none: () => [],
  };
  return [...byColouring[style.edgeColouring](), ...(model.edges.some(({ count }) => count > 0) ? [{ sign: <Line colour={palette.edge} widthPx={2.5} />, text: 'Nothing to tell' }] : [])];
}

function dashEntries({ edges }: MapModel, palette: MapPalette): Entry[] {
  return [
    ...(edges.some(({ provenance }) => provenance === 'internal') ? [{ sign: <Line colour={palette.edge} widthPx={2} dash="2 4" />, text: 'Dotted: inferred, neither side sent a client or server span' }] : []),
    ...(edges.some(({ change }) => change === 'gone') ? [{ sign: <Line colour={palette.textFaint} widthPx={2} dash="6 4" />, text: 'Dashed: no longer called' }] : []),
  ];
}

const crowdEntry = ({ edge }: MapPalette, hasDashes: boolean): Entry => ({
  sign: <Line colour={edge} widthPx={0.75} />,
  text: hasDashes ? 'Hairlines: weaker, and solid until pointed at, whatever they rest on' : 'Hairlines: weaker connections',
});

const FIGURE_TEXTS: Readonly<Record<LabelFigure, string>> = { rate: 'calls per time', errors: 'share of errors', p50: 'p50', p95: 'p95', p99: 'p99', share: 'share of the latency' };

function labelEntries({ edges }: MapModel, { edgeLabel }: MapStyle, { textFaint }: MapPalette): Entry[] {
  const figures = `${edgeLabel.map((figure) => FIGURE_TEXTS[figure]).join(' · ')}${edges.some(({ countInterval }) => countInterval) ? '; ≈ where estimated' : ''}`;
  const text = edges.some(isCounted) ? edgeLabel.length > 0 && figures : edges.some(({ label }) => label) && 'as the data source writes them';
  return text ? [{ sign: <span style={{ color: textFaint }}>abc</span>, text: `Labels: ${text}` }] : [];
}

function changeEntries({ nodes, edges }: MapModel, palette: MapPalette): Entry[] {
  const changes = new Set([...nodes, ...edges].map(({ change }) => change));
  return [...changes].flatMap((change) => (change ? [{ sign: <Line colour={changeColour(change, palette)} widthPx={3} />, text: change.replace('-', ' ').replace(/^./, (first) => first.toUpperCase()) }] : []));
}

const Line = ({ colour, widthPx, dash }: { readonly colour: string; readonly widthPx: number; readonly dash?: string }) => (
  <svg width={24} height={12} aria-hidden>
    <line x1={1} y1={6} x2={23} y2={6} stroke={colour} strokeWidth={widthPx} strokeDasharray={dash} />
  </svg>
);

const Ring = ({ colour }: { readonly colour: string }) => (
  <svg width={24} height={14} aria-hidden>
    <circle cx={12} cy={7} r={5} fill="none" stroke={colour} strokeWidth={2.5} />
  </svg>
);

const Wedge = ({ colour }: { readonly colour: string }) => (
  <svg width={24} height={12} aria-hidden>
    <polygon points="1,5.5 23,2.5 23,9.5 1,6.5" fill={colour} />
  </svg>
);

function KindIcon({ kind, colour }: { readonly kind: MapNodeKind; readonly colour: string }) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ratio = window.devicePixelRatio || 1;
  useEffect(() => {
    const ctx = ref.current?.getContext('2d');
    if (ctx) {
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, 24, 18);
      drawKindIcon(ctx, kind, 12, 9, colour);
    }
  }, [kind, colour, ratio]);
  return <canvas ref={ref} width={24 * ratio} height={18 * ratio} style={{ width: 24, height: 18 }} aria-hidden />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    position: 'absolute',
    left: theme.spacing(1),
    bottom: theme.spacing(6),
    maxWidth: LEGEND_WIDTH_PX,
    maxHeight: 'calc(100% - 64px)',
    overflow: 'auto',
    padding: theme.spacing(1, 4, 1, 1.5),
    background: theme.colors.background.elevated ?? theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  close: css({ position: 'absolute', top: theme.spacing(1), right: theme.spacing(0.5) }),
  title: css({ margin: theme.spacing(0.5, 0), fontSize: theme.typography.bodySmall.fontSize, color: theme.colors.text.secondary }),
  list: css({ listStyle: 'none', margin: 0 }),
  entry: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), lineHeight: '20px' }),
  sign: css({ flex: '0 0 24px', display: 'inline-flex', justifyContent: 'center', fontSize: 10 }),
});
