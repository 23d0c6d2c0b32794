/** A map as text, for other programs to read. */
import { errorRatio, isCounted, isErrorCounted, type MapFigures, type MapModel } from '../../../drawing/graph/map-model';
import type { FigureTexts } from '../figure-texts';

/** Figures in SI units, as JSON. */
export function mapToJson({ nodes, edges }: MapModel, windowS: number): string {
  const figures = (item: MapFigures) => ({
    ...(isCounted(item) ? { calls: item.count, callsPerSecond: item.count / windowS } : {}),
    ...(isErrorCounted(item) ? { errors: item.errorCount, errorRatio: errorRatio(item) } : {}),
    p50Seconds: secondsOf(item.p50Ns),
    p95Seconds: secondsOf(item.p95Ns),
    p99Seconds: secondsOf(item.p99Ns),
    ...(item.facts?.length ? { facts: item.facts } : {}),
  });
  return JSON.stringify(
    {
      windowSeconds: windowS,
      nodes: nodes.map((node) => ({ id: node.id, name: node.name, kind: node.kind, group: node.group, ...figures(node) })),
      edges: edges.map((edge) => ({
        id: edge.id, source: edge.source, target: edge.target, provenance: edge.provenance, criticalPathShare: edge.share, ...figures(edge),
      })),
    },
    undefined,
    2
  );
}

/** A Mermaid flow chart, left to right. Names keep all their characters: what Mermaid would read as syntax is written as entities. */
export function mapToMermaid({ nodes, edges }: MapModel, texts: FigureTexts): string {
  const numberOf = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  return [
    'flowchart LR',
    ...nodes.map(({ id, name, kind }) => {
      const [open, close] = SHAPES[kind] ?? SHAPES.service;
      return `  ${numberOf.get(id)}${open}"${mermaidText(name)}"${close}`;
    }),
    ...edges.map((edge) => {
      const failed = edge.errorCount > 0 ? `, ${texts.errors(edge)} errors` : '';
      const label = mermaidText(edge.label ?? `${texts.rate(edge)}, p95 ${texts.duration(edge.p95Ns)}${failed}`);
      return `  ${numberOf.get(edge.source)} -->${label && `|"${label}"|`} ${numberOf.get(edge.target)}`;
    }),
    '',
  ].join('\n');
}

/** The tables of the map in one: services first, then connections. */
export function mapToCsv({ nodes, edges }: MapModel, windowS: number): string {
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  const figures = (item: MapFigures) => [
    ...(isCounted(item) ? [item.count, item.count / windowS] : UNKNOWN), ...(isErrorCounted(item) ? [item.errorCount, errorRatio(item)] : UNKNOWN), secondsOf(item.p50Ns), secondsOf(item.p95Ns), secondsOf(item.p99Ns),
  ];
  return [
    ['item', 'service', 'kind', 'from', 'to', 'calls', 'calls_per_second', 'errors', 'error_ratio', 'p50_seconds', 'p95_seconds', 'p99_seconds'],
    ...nodes.map((node) => ['service', node.name, node.kind, '', '', ...figures(node)]),
    ...edges.map((edge) => ['connection', '', '', nameOf.get(edge.source), nameOf.get(edge.target), ...figures(edge)]),
  ]
    .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
    .join('');
}

const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  service: ['[', ']'], database: ['[(', ')]'], messaging: ['[[', ']]'], external: ['>', ']'], user: ['([', '])'],
};

const UNKNOWN = [undefined, undefined] as const;

const secondsOf = (durationNs: number | undefined) => (durationNs === undefined ? undefined : durationNs / 1e9);

/** Everything but letters, digits and a few marks as entities (`#35;`), which Mermaid knows in quoted texts. */
const mermaidText = (text: string): string => text.replace(/[^\p{L}\p{N} .,:/_%-]/gu, (char) => `#${char.codePointAt(0)};`);

/** RFC 4180; a text that a spreadsheet would take for a formula is made a text by a leading apostrophe. */
function csvCell(value: string | number | undefined): string {
  if (typeof value !== 'string') {
    return value === undefined ? '' : String(value);
  }
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
