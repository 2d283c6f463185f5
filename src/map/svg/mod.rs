//! A laid-out map as SVG.
//! In: a `Graph`, its `Layout`, and which nodes are links. Out: SVG text with holes where their addresses go.
//! Never knows: what a node links to, pages, themes. Colours are CSS variables with defaults; see [`STYLE`].

mod edge;
mod markup;
mod outline;
mod pen;
#[cfg(test)]
mod tests;

use self::markup::escape;
use self::pen::Pen;
use crate::html::take_back_attribute;
use crate::map::graph::{Graph, NodeId};
use crate::map::layout::Layout;
use crate::source::Part as _;

/// How maps look: classes, and `--map-…` variables with a light default for each. Once on a page is enough.
pub const STYLE: &str = include_str!("style.css");

/// The dark colours of a map that stands alone.
const STANDALONE: &str = include_str!("standalone.css");

/// Whether a node leads anywhere.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum NodeLinks {
    /// It is drawn in an `<a>`.
    Yes,
    /// It is only drawn.
    No,
}

/// What a drawing shows beside the graph.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Details<'a> {
    /// Starts every id, so that several maps can share a page.
    pub prefix: &'a str,
    /// The order in which the keyboard walks through the nodes; that of the graph where this is empty.
    pub order: &'a [NodeId],
    /// For each node what it is for, in a sentence; none where this is empty.
    pub tooltips: &'a [Option<String>],
}

impl<'a> Details<'a> {
    /// Nothing but the graph.
    #[must_use]
    pub fn plain(prefix: &'a str) -> Self {
        Self { prefix, ..Self::default() }
    }

    fn tooltip<'s>(&'s self, node: NodeId, graph: &'s Graph) -> Option<&'s str> {
        let of_click = || graph.node(node).click.as_ref()?.tooltip.as_deref();
        self.tooltips.get(node.0 as usize).map_or_else(of_click, Option::as_deref)
    }
}

/// SVG in which addresses are still missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawing {
    /// The text.
    pub svg: String,
    /// Where in it the escaped address of a node goes, between `href="` and `"`; in the order of the text.
    pub holes: Vec<(usize, NodeId)>,
}

impl Drawing {
    /// The text with its addresses. `href` is asked for each hole; what it returns is escaped here, and what has no
    /// address is no link.
    #[must_use]
    pub fn fill<H: Into<Option<String>>>(&self, mut href: impl FnMut(NodeId) -> H) -> String {
        let mut out = String::with_capacity(self.svg.len() + 40 * self.holes.len());
        let mut done = 0;
        for &(at, node) in &self.holes {
            out.push_str(self.svg.part(done..at));
            // Holes are in the order of the text, so it is written in one pass.
            done = at;
            if let Some(href) = href(node).into() {
                escape(&mut out, &href);
            } else {
                take_back_attribute(&mut out);
                done += "\"".len();
            }
        }
        out.push_str(self.svg.part(done..));
        out
    }
}

/// Draws a map to be put into a page.
#[must_use]
pub fn draw(graph: &Graph, layout: &Layout, details: &Details<'_>, linked: impl Fn(NodeId) -> NodeLinks) -> Drawing {
    draw_with(graph, layout, details, SvgForm::Inline, &linked)
}

/// Draws a map as a file of its own, with its style. `href` gives the address of each node that has one.
#[must_use]
pub fn standalone(
    graph: &Graph,
    layout: &Layout,
    details: &Details<'_>,
    href: impl Fn(NodeId) -> Option<String>,
) -> String {
    let linked = |node| if href(node).is_some() { NodeLinks::Yes } else { NodeLinks::No };
    draw_with(graph, layout, details, SvgForm::File, &linked).fill(href)
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum SvgForm {
    Inline,
    File,
}

fn draw_with(
    graph: &Graph,
    layout: &Layout,
    details: &Details<'_>,
    form: SvgForm,
    linked: &dyn Fn(NodeId) -> NodeLinks,
) -> Drawing {
    let mut pen = Pen { graph, layout, details: *details, drawing: Drawing::default() };
    pen.root(details.prefix, form);
    pen.lanes();
    graph.groups.iter().zip(&layout.groups).for_each(|(_, at)| pen.group(at));
    graph.stages.iter().zip(&layout.stages).for_each(|(stage, at)| pen.stage(&stage.title, at.as_ref()));
    for (edge, route) in graph.edges.iter().zip(&layout.edges) {
        if let Some(route) = route {
            edge::edge(&mut pen.drawing.svg, graph, edge, route);
        }
    }
    // Titles of groups and labels lie over the edges.
    layout.groups.iter().for_each(|at| pen.group_title(at));
    for (edge, route) in graph.edges.iter().zip(&layout.edges) {
        if let Some(label) = route.as_ref().and_then(|route| route.label.as_ref()) {
            let in_lane = layout.lanes.iter().any(|lane| lane.rect.holds(label.rect));
            let ground = if in_lane { edge::Ground::Lane } else { edge::Ground::Page };
            edge::label(&mut pen.drawing.svg, graph, edge, label, ground);
        }
    }
    // Nodes last: outlines cover the ends of edges, and the keyboard walks through the text in its order.
    for id in walk(layout.nodes.len(), details.order) {
        let Some(at) = layout.nodes.get(id) else { continue };
        pen.node(id, at, linked(id));
    }
    pen.drawing.svg.push_str("</svg>");
    pen.drawing
}

/// All nodes, each once: those of `order`, then the others.
fn walk(count: usize, order: &[NodeId]) -> Vec<NodeId> {
    // Whoever gives an order may name a node twice, or one that is not there.
    let mut left: Vec<bool> = vec![true; count];
    let all = (0u32..).map(NodeId).take(count);
    order.iter().copied().chain(all).filter(|id| left.get_mut(id.0 as usize).is_some_and(std::mem::take)).collect()
}
