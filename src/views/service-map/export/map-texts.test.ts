import type { MapModel } from '../../../drawing/graph/map-model';
import { figureTexts } from '../figure-texts';
import { mapToCsv, mapToJson, mapToMermaid } from './map-texts';

const model: MapModel = {
  nodes: [
    { id: 'a', name: '=SUM("x"),<b>', kind: 'service', count: 0, errorCount: 0 },
    { id: 'b', name: 'orders', kind: 'database', count: 60, errorCount: 6, p95Ns: 2e6 },
  ],
  edges: [{ id: 'a→b', source: 'a', target: 'b', count: 60, errorCount: 6, p95Ns: 2e6, provenance: 'client' }],
};

describe('a map as text', () => {
  it('is JSON in SI units', () => {
    const { nodes, edges, windowSeconds } = JSON.parse(mapToJson(model, 60));
    expect(windowSeconds).toBe(60);
    expect(nodes[0]).toMatchObject({ name: '=SUM("x"),<b>', calls: 0 });
    expect(edges).toEqual([
      { id: 'a→b', source: 'a', target: 'b', provenance: 'client', calls: 60, callsPerSecond: 1, errors: 6, errorRatio: 0.1, p95Seconds: 0.002 },
    ]);
  });

  it('is a Mermaid chart that no name can break', () => {
    expect(mapToMermaid(model, figureTexts(model, 60))).toBe(
      'flowchart LR\n  n0["#61;SUM#40;#34;x#34;#41;,#60;b#62;"]\n  n1[("orders")]\n  n0 -->|"1/s, p95 2 ms, 10 % errors"| n1\n'
    );
  });

  it('is CSV that no spreadsheet computes', () => {
    expect(mapToCsv(model, 60).split('\r\n')).toEqual([
      'item,service,kind,from,to,calls,calls_per_second,errors,error_ratio,p50_seconds,p95_seconds,p99_seconds',
      'service,"\'=SUM(""x""),<b>",service,,,0,0,0,0,,,',
      'service,orders,database,,,60,1,6,0.1,,0.002,',
      'connection,,,"\'=SUM(""x""),<b>",orders,60,1,6,0.1,,0.002,',
      '',
    ]);
  });
});
