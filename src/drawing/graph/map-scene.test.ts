import { drawEmphasis, drawMap } from './draw-map';
import { GeometryCache } from './geometry-cache';
import type { MapModel } from './map-model';
import type { MapPalette } from './map-palette';
import { mapInk, type MapScene } from './map-scene';
import { defaultMapStyle, type MapStyle } from './map-style';
import { neighbourhoodOf } from './neighbourhood';
import { nextNode } from './next-node';
import { SvgInk } from './svg-ink';

const palette: MapPalette = {
  background: '#111', card: '#222', cardBorder: '#333', text: '#eee', textFaint: '#aaa', edge: '#555', success: '#0f0', warning: '#fa0', error: '#f00', accent: '#06f', fontFamily: 'sans-serif',
};
const node = (id: string, count = 10) => ({ id, name: id, kind: 'service' as const, count, errorCount: 0 });
const edge = (source: string, target: string, more: Partial<MapModel['edges'][number]> = {}) => ({ id: `${source}→${target}`, source, target, count: 10, errorCount: 0, ...more });

/** web → api → db in a row, cache below db. */
const model: MapModel = { nodes: [node('web'), node('api'), node('db'), node('cache')], edges: [edge('web', 'api'), edge('api', 'db', { errorCount: 5 }), edge('api', 'cache', { count: 1000 })] };
const PLACES: Readonly<Record<string, { readonly x: number; readonly y: number }>> = { web: { x: 0, y: 0 }, api: { x: 300, y: 0 }, db: { x: 600, y: 0 }, cache: { x: 600, y: 120 } };
const geometryOf = (shown: MapModel) => new GeometryCache().geometryOf(shown, (id) => PLACES[id]);
const sceneOf = (shown: MapModel, style: Partial<MapStyle> = {}): MapScene => {
  const picture = { model: shown, geometry: geometryOf(shown), windowS: 10, style: { ...defaultMapStyle(palette), ...style } };
  return { picture, ...mapInk(picture, picture.geometry.ends, palette) };
};

describe('mapInk', () => {
  it('marks edges by the chosen colouring alone', () => {
    expect(sceneOf(model).edges.map(({ colour }) => colour)).toEqual([palette.edge, palette.error, palette.edge]);
    expect(sceneOf(model, { edgeColouring: 'none' }).edges.map(({ isMarked }) => isMarked)).toEqual([false, false, false]);
    const slower = { ...model, edges: [edge('web', 'api', { p95Ns: 30, baselineP95Ns: 10 }), edge('api', 'db', { p95Ns: 30 }), edge('api', 'cache', { colour: 'teal' })] };
    expect(sceneOf(slower, { edgeColouring: 'baseline' }).edges.map(({ colour }) => colour)).toEqual([palette.error, palette.edge, 'teal']);
  });

  it('draws more calls wider, or more blame where that is asked for', () => {
    const [weak, , strong] = sceneOf(model).edges;
    expect(strong.widthPx).toBeGreaterThan(weak.widthPx);
    const blamed = { ...model, edges: [edge('web', 'api', { share: 0.9 }), edge('api', 'db', { share: 0.1 })] };
    const [most, least] = sceneOf(blamed, { edgeWeighting: 'share' }).edges;
    expect(most.widthPx).toBeGreaterThan(least.widthPx);
  });
});

describe('edges of a service that everybody calls', () => {
  it('are faint beyond the strongest, so that others are seen', () => {
    const callers = Array.from({ length: 800 }, (_, v) => `s${v}`);
    const shown: MapModel = {
      nodes: [...callers, 'hub', 'other'].map((id) => node(id)),
      edges: [...callers.map((id, v) => edge(id, 'hub', { count: 1000 + v })), edge('s0', 'other', { count: 5 })],
    };
    const inks = sceneOf(shown).edges;
    expect(inks.filter(({ alpha }) => alpha > 0.5)).toHaveLength(11);
    expect(inks[799].alpha).toBeGreaterThan(0.5);
    expect(inks[800].alpha).toBeGreaterThan(0.5);
    expect(inks[0].alpha).toBeLessThan(0.2);
  });
});

describe('GeometryCache', () => {
  it('keeps the geometry while only figures change', () => {
    const cache = new GeometryCache();
    const first = cache.geometryOf(model, (id) => PLACES[id]);
    const refreshed = { nodes: model.nodes.map((n) => ({ ...n, count: 7 })), edges: model.edges.map((e) => ({ ...e })) };
    expect(cache.geometryOf(refreshed, (id) => PLACES[id])).toBe(first);
    expect(cache.geometryOf({ ...refreshed, edges: refreshed.edges.slice(1) }, (id) => PLACES[id])).not.toBe(first);
    expect(cache.geometryOf(model, (id) => (id === 'db' ? { x: 1, y: 2 } : PLACES[id]))).not.toBe(first);
  });
});

describe('nextNode', () => {
  const scene = sceneOf(model);
  const at = (id: string) => model.nodes.findIndex((n) => n.id === id);

  it('goes along the edges, and by place where there is none', () => {
    expect(nextNode(scene, at('web'), 'right')).toBe(at('api'));
    expect(nextNode(scene, at('api'), 'left')).toBe(at('web'));
    expect(nextNode(scene, at('db'), 'down')).toBe(at('cache'));
    expect(nextNode(scene, at('cache'), 'left')).toBe(at('api'));
  });

  it('starts at the busiest service and ends at the rim', () => {
    expect(nextNode(scene, undefined, 'right')).toBe(at('api'));
    expect(nextNode(scene, at('web'), 'left')).toBeUndefined();
  });
});

describe('drawMap', () => {
  const svgAt = (shown: MapModel, scale: number) => {
    const ink = new SvgInk({ font: '', measureText: (text: string) => ({ width: text.length * 6 }) as TextMetrics });
    drawMap(ink, sceneOf(shown), [], { scale, offsetXPx: 200, offsetYPx: 100 }, { x: 0, y: 0, width: 1000, height: 400 });
    return ink.document(1000, 400, palette.background);
  };

  it('names every service at every scale, whatever it is called', () => {
    const hostile = { nodes: [...model.nodes.slice(0, 3), { ...node('cache'), name: '<b>&"' }], edges: model.edges };
    for (const scale of [1, 0.5, 0.2]) {
      const svg = svgAt(hostile, scale);
      ['web', 'api', 'db', '&lt;b&gt;&amp;&quot;'].forEach((name) => expect(svg).toContain(`>${name}<`));
    }
  });

  it('leaves out what is not on screen', () => {
    expect(svgAt({ ...model, nodes: model.nodes }, 4)).not.toContain('>cache<');
  });

  it('brings out a service with what it touches, and nothing else', () => {
    const scene = sceneOf(model);
    const emphasis = { hoveredNode: 2 };
    const near = neighbourhoodOf(scene, emphasis);
    const ink = new SvgInk({ font: '', measureText: (text: string) => ({ width: text.length * 6 }) as TextMetrics });
    drawEmphasis(ink, scene, { scale: 1, offsetXPx: 200, offsetYPx: 100 }, { x: 0, y: 0, width: 1000, height: 400 }, near!, emphasis);
    const svg = ink.document(1000, 400, palette.background);
    expect(['web', 'api', 'db', 'cache'].filter((name) => svg.includes(`>${name}<`))).toEqual(['api', 'db']);
  });
});
