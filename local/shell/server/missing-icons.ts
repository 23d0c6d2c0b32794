/**
 * A third of the icons that @grafana/ui names are not in its npm package (Grafana's own build has them). Those likely
 * to be seen are drawn here in simple strokes, 24 × 24; any other is a dot, which keeps the layout.
 */
const STROKES: Readonly<Record<string, string>> = {
  'angle-double-left': 'M11 7l-5 5 5 5M18 7l-5 5 5 5',
  'angle-double-up': 'M7 11l5-5 5 5M7 18l5-5 5 5',
  'arrows-v': 'M12 3v18M8 7l4-4 4 4M8 17l4 4 4-4',
  'compress-alt': 'M20 4l-6 6M14 5v5h5M4 20l6-6M10 19v-5H5',
  'compress-arrows': 'M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5',
  crosshair: 'M12 2v6M12 16v6M2 12h6M16 12h6M19 12a7 7 0 1 1-14 0 7 7 0 0 1 14 0z',
  enter: 'M20 5v8H5M9 9l-4 4 4 4',
  exclamation: 'M12 4v10M12 18v1',
  'expand-alt': 'M14 10l6-6M15 4h5v5M10 14l-6 6M9 20H4v-5',
  'expand-arrows': 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  'expand-arrows-alt': 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  'file-download': 'M6 3h8l4 4v14H6zM12 10v7M9 14l3 3 3-3',
  globe: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
  home: 'M4 11l8-7 8 7v9h-6v-6h-4v6H4z',
  layers: 'M12 4l9 5-9 5-9-5zM3 14l9 5 9-5',
  'legend-show': 'M4 5h16v9H4zM5 19h4M12 19h4',
  'legend-hide': 'M4 5h16v14H4z',
  'list-ol': 'M9 6h12M9 12h12M9 18h12M4 5v2M4 11v2M4 17v2',
  'pause-circle': 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM10 9v6M14 9v6',
  spinner: 'M12 3a9 9 0 1 0 9 9',
  'sync-slash': 'M4 4l16 16M19 9a8 8 0 0 0-8-5M5 15a8 8 0 0 0 8 5',
  'table-collapse-all': 'M4 5h16M4 19h16M9 9l3 3 3-3M9 16l3-3 3 3',
  'table-expand-all': 'M4 12h16M9 8l3-3 3 3M9 16l3 3 3-3',
  'text-fields': 'M3 6h11M8 6v13M15 11h6M18 11v8',
  window: 'M3 5h18v14H3zM3 9h18',
  wrench: 'M20 7a5 5 0 0 1-7 6l-6 7-3-3 7-6a5 5 0 0 1 6-7l-3 3 1 3 3 1z',
};

const DOT = '<circle cx="12" cy="12" r="4"/>';

/** @param file such as `unicons/spinner.svg` */
export function missingIcon(file: string): string {
  const name = /([^/]+)\.svg$/.exec(file)?.[1] ?? '';
  const stroke = Object.hasOwn(STROKES, name) ? STROKES[name] : undefined;
  const drawing = stroke
    ? `<path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="${stroke}"/>`
    : DOT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${drawing}</svg>`;
}
