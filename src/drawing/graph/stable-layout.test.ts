import fc from 'fast-check';
import { overlap } from '../spaces';
import { GeometryCache } from './geometry-cache';
import { groupBoxes } from './group-boxes';
import type { MapModel } from './map-model';
import { layOut } from './map-layout';
import { keepPlaces, PlacementMemory, placesOf, topologyOf, type Places } from './stable-layout';

const mapOf = (...calls: ReadonlyArray<readonly [string, string]>): MapModel => ({
  nodes: [...new Set(calls.flat())].map((name) => ({ id: name, name, kind: 'service', count: 1, errorCount: 0 })),
  edges: calls.map(([source, target]) => ({ id: `${source}→${target}`, source, target, count: 1, errorCount: 0 })),
});

function freshPlaces(model: MapModel): Places {
  const { ids, topology } = topologyOf(model);
  return placesOf(ids, layOut('layered', topology));
}

describe('keepPlaces', () => {
  it('moves no node between refreshes, new ones appear right of their caller', () => {
    const before = freshPlaces(mapOf(['web', 'api'], ['api', 'db']));
    const after = keepPlaces(mapOf(['api', 'cache'], ['web', 'api'], ['api', 'db']), before);

    for (const [id, place] of before) {
      expect(after?.get(id)).toEqual(place);
    }
    expect(after?.get('cache')?.x).toBeGreaterThan(before.get('api')?.x ?? Infinity);
    expect(after?.get('cache')).not.toEqual(before.get('db'));
  });

  it('does not depend on the order in which services are named', () => {
    const calls = [['web', 'api'], ['api', 'db'], ['api', 'cache'], ['worker', 'db']] as const;
    const forwards = freshPlaces(mapOf(...calls));
    const backwards = freshPlaces(mapOf(...[...calls].reverse()));
    expect(Object.fromEntries(backwards)).toEqual(Object.fromEntries(forwards));
  });

  it('places a service without any calls', () => {
    const before = freshPlaces(mapOf(['web', 'api']));
    const withLonely = { ...mapOf(['web', 'api']), nodes: [...mapOf(['web', 'api']).nodes, { id: 'cron', name: 'cron', kind: 'service' as const, count: 1, errorCount: 0 }] };
    expect(keepPlaces(withLonely, before)?.get('cron')).toBeDefined();
  });
});

/** A random map, and another after a refresh: other figures, some nodes and edges more, some fewer, named in another order. */
const refreshed = fc
  .tuple(fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { minLength: 6, maxLength: 40 }), fc.array(fc.tuple(fc.nat(17), fc.nat(17)), { maxLength: 4 }), fc.nat(2))
  .map(([calls, more, fewer]) => {
    const names = (pairs: ReadonlyArray<readonly [number, number]>) => pairs.map(([a, b]) => [`s${a}`, `s${b}`] as const);
    return { before: mapOf(...names(calls)), after: mapOf(...names([...calls.slice(fewer), ...more].reverse())) };
  });

const places = (model: MapModel, memory: PlacementMemory): Places => {
  const kept = memory.keep(model, 'layered');
  if (kept) {
    return kept;
  }
  const fresh = freshPlaces(model);
  memory.remember(model, 'layered', fresh);
  return fresh;
};

describe('PlacementMemory', () => {
  it('moves no node when a refresh brings other figures, calls or services', () => {
    fc.assert(
      fc.property(refreshed, ({ before, after }) => {
        const memory = new PlacementMemory();
        const first = places(before, memory);
        const known = after.nodes.filter(({ id }) => first.has(id));
        fc.pre(known.length * 2 >= after.nodes.length);
        const second = places(after, memory);
        known.forEach(({ id }) => expect(second.get(id)).toEqual(first.get(id)));
        expect(second.size).toBe(after.nodes.length);
        for (let refresh = 0; refresh < 10; refresh++) {
          const figures = { ...after, nodes: after.nodes.map((node) => ({ ...node, count: node.count + refresh, errorCount: 1 })) };
          expect(places(figures, memory)).toEqual(second);
        }
      }),
      { seed: 41, numRuns: 100 }
    );
  });

  it('comes back from a filter as it was', () => {
    fc.assert(
      fc.property(refreshed, fc.nat(5), ({ before }, hidden) => {
        const memory = new PlacementMemory();
        const first = places(before, memory);
        const nodes = before.nodes.filter((_, v) => v % 6 !== hidden);
        fc.pre(nodes.length > 0);
        const kept = new Set(nodes.map(({ id }) => id));
        const filtered = places({ nodes, edges: before.edges.filter(({ source, target }) => kept.has(source) && kept.has(target)) }, memory);
        filtered.forEach((place, id) => expect(place).toEqual(first.get(id)));
        expect(places(before, memory)).toEqual(first);
      }),
      { seed: 42, numRuns: 60 }
    );
  });

  it('keeps services where they were while rare ones come and go, and none over another', () => {
    const CALLS = 30;
    const calls = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: CALLS, maxLength: CALLS });
    // A sample has most of the calls; which of the rare ones is chance.
    const samples = fc.array(fc.array(fc.boolean(), { minLength: CALLS, maxLength: CALLS }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(calls, samples, (pairs, drawn) => {
        const memory = new PlacementMemory();
        const seen = new Map<string, unknown>();
        for (const isDrawn of drawn) {
          const sampled = pairs.filter((_, at) => at < CALLS / 2 || isDrawn[at]).map(([a, b]) => [`s${a}`, `s${b}`] as const);
          const now = places(mapOf(...sampled), memory);
          now.forEach((place, id) => {
            expect(place).toEqual(seen.get(id) ?? place);
            seen.set(id, place);
          });
          expect(new Set([...now.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(now.size);
        }
      }),
      { seed: 43, numRuns: 60 }
    );
  });

  it('puts new services on free places', () => {
    const memory = new PlacementMemory();
    places(mapOf(['web', 'api'], ['api', 'db']), memory);
    const after = places(mapOf(['web', 'api'], ['api', 'db'], ['api', 'cache'], ['api', 'queue']), memory);
    const all = [...after.values()].map(({ x, y }) => `${x} ${y}`);
    expect(new Set(all).size).toBe(all.length);
  });

  it('keeps the boxes of groups apart when services join them', () => {
    const groupOf = (id: string) => `g${Number(id.slice(1)) % 3}`;
    const grouped = (model: MapModel): MapModel => ({ ...model, nodes: model.nodes.map((node) => ({ ...node, group: groupOf(node.id) })) });
    fc.assert(
      fc.property(refreshed, ({ before, after }) => {
        const memory = new PlacementMemory();
        const first = grouped(before);
        const { ids, topology, groupOf: groups } = topologyOf(first);
        memory.remember(first, 'layered', placesOf(ids, layOut('layered', topology, groups)));
        const kept = memory.keep(grouped(after), 'layered');
        if (kept) {
          const boxes = groupBoxes(grouped(after), new GeometryCache().geometryOf(grouped(after), (id) => kept.get(id)));
          boxes.forEach(({ rect }, b) => boxes.slice(0, b).forEach((other) => expect(overlap(rect, other.rect)).toBe(false)));
        }
      }),
      { seed: 44, numRuns: 60 }
    );
  });

  it('lays out afresh when services are grouped by something else', () => {
    const memory = new PlacementMemory();
    const model = mapOf(['web', 'api'], ['api', 'db']);
    places(model, memory);
    expect(memory.keep({ ...model, nodes: model.nodes.map((node) => ({ ...node, group: 'shop' })) }, 'layered')).toBeUndefined();
  });
});
