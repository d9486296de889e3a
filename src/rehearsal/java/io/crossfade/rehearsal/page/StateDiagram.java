package io.crossfade.rehearsal.page;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.CycleBreakingStrategy;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Draws a state machine as SVG, laid out by the Eclipse Layout Kernel. A state has the attribute
 * {@code data-state}, a way between two {@code data-from} and {@code data-to}, so that a page can
 * light them.
 */
public final class StateDiagram {
  private static final double HEIGHT = 30;
  private static final double CHARACTER = 6.9;
  private static final double PADDING = 16;
  private static final double MARGIN = 6;

  private StateDiagram() {}

  public static String draw(StateGraph graph) {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    ElkNode root = ElkGraphUtil.createGraph();
    root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    root.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
    root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    root.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
    root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 18.0);
    root.setProperty(LayeredOptions.SPACING_NODE_NODE, 10.0);
    // What comes later in the definition stands lower: a loop's way back leads up.
    root.setProperty(LayeredOptions.CYCLE_BREAKING_STRATEGY, CycleBreakingStrategy.MODEL_ORDER);
    Map<String, ElkNode> nodes = new HashMap<>();
    graph.nodes().keySet().forEach(name -> nodes.put(name, node(root, name)));
    Map<StateGraph.Edge, ElkEdge> edges = new HashMap<>();
    graph
        .edges()
        .forEach(
            edge ->
                edges.put(
                    edge,
                    ElkGraphUtil.createSimpleEdge(nodes.get(edge.from()), nodes.get(edge.to()))));
    new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg class=\"machine\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\">\n",
            root.getWidth(), root.getHeight(), root.getWidth(), root.getHeight()));
    graph.edges().forEach(edge -> svg.append(path(edge, edges.get(edge))));
    graph.nodes().values().forEach(node -> svg.append(box(node, nodes.get(node.name()))));
    return svg.append("</svg>\n").toString();
  }

  private static ElkNode node(ElkNode root, String name) {
    ElkNode node = ElkGraphUtil.createNode(root);
    node.setDimensions(name.length() * CHARACTER + PADDING, HEIGHT);
    return node;
  }

  private static String path(StateGraph.Edge edge, ElkEdge laidOut) {
    StringBuilder line = new StringBuilder();
    ElkEdgeSection section = laidOut.getSections().get(0);
    line.append(format("M%.1f %.1f", section.getStartX(), section.getStartY()));
    for (ElkBendPoint bend : section.getBendPoints()) {
      line.append(format("L%.1f %.1f", bend.getX(), bend.getY()));
    }
    double x = section.getEndX();
    double y = section.getEndY();
    line.append(format("L%.1f %.1f", x, y));
    // Layers lie one below the other: a way ends from above, or leads up and ends from below.
    double back = y > section.getStartY() ? -6 : 6;
    line.append(format("m-3.5 %.0fL%.1f %.1fl3.5 %.0f", back, x, y, back));
    return format(
        "<path class=\"way%s\" data-from=\"%s\" data-to=\"%s\" d=\"%s\"/>\n",
        edge.onError() ? " on-error" : "", edge.from(), edge.to(), line);
  }

  private static String box(StateGraph.Node node, ElkNode laidOut) {
    return format(
        "<g class=\"state %s\" data-state=\"%s\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\"/><text x=\"%.1f\" y=\"%.1f\">%s</text></g>\n",
        node.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        node.name(),
        laidOut.getX(),
        laidOut.getY(),
        laidOut.getWidth(),
        laidOut.getHeight(),
        laidOut.getX() + laidOut.getWidth() / 2,
        laidOut.getY() + HEIGHT / 2 + 4.5,
        node.name());
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }
}
