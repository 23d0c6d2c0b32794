/** Grafana's layered layout of the node graph panel, as it calls MSAGL: what ours is measured against. */
import { CurveFactory, Edge, GeomEdge, GeomGraph, GeomNode, Graph, layoutGeomGraph, LayerDirectionEnum, Node, Point, SugiyamaLayoutSettings } from '@msagl/core';
import type { Topology } from '../src/drawing/graph/topology';
import type { GraphLayout } from '../src/drawing/graph/layered-layout';

/** The radius and distances of Grafana's node graph. */
const NODE_RADIUS = 50;
const LAYER_SEPARATION = 60;
const NODE_SEPARATION = 40;

export function msaglLayout({ nodeCount, edgeSource, edgeTarget }: Topology): GraphLayout {
  const graph = new Graph();
  const nodes = Array.from({ length: nodeCount }, (_, v) => graph.addNode(new Node(String(v))));
  const geomGraph = new GeomGraph(graph);
  edgeSource.forEach((v, e) => new GeomEdge(new Edge(nodes[v], nodes[edgeTarget[e]])));
  const geomNodes = nodes.map((node) => {
    const geomNode = new GeomNode(node);
    geomNode.boundaryCurve = CurveFactory.mkCircle(NODE_RADIUS, new Point(0, 0));
    return geomNode;
  });
  const settings = new SugiyamaLayoutSettings();
  settings.layerDirection = LayerDirectionEnum.LR;
  settings.LayerSeparation = LAYER_SEPARATION;
  settings.commonSettings.NodeSeparation = NODE_SEPARATION;
  geomGraph.layoutSettings = settings;
  layoutGeomGraph(geomGraph);
  return { x: Float64Array.from(geomNodes, ({ center }) => center.x), y: Float64Array.from(geomNodes, ({ center }) => center.y) };
}
