//! A laid-out map as SVG.
//! In: a `Graph`, its `Layout`, and which nodes are links. Out: SVG text with holes where their addresses go.
//! Never knows: what a node links to, pages, themes. Colours are CSS variables with defaults; see [`STYLE`].

mod edge;
mod markup;
mod outline;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use self::markup::{Weighted, attribute, block, escape};
use crate::html::take_back_attribute;
use crate::map::graph::{Declaration, Direction, Graph, NodeId, Shape};
use crate::map::layout::geometry::{Point, Rect};
use crate::map::layout::{GroupBox, LaneBox, Layout, NodeBox, StageBox};
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
    for id in walk(layout.nodes.len(), details.order) {
        let Some(at) = layout.nodes.get(id) else { continue };
        pen.node(id, at, linked(id));
    }
    pen.drawing.svg.push_str("</svg>");
    pen.drawing
}

/// All nodes, each once: those of `order`, then the others.
fn walk(count: usize, order: &[NodeId]) -> Vec<NodeId> {
    let mut left: Vec<bool> = vec![true; count];
    let all = (0u32..).map(NodeId).take(count);
    order.iter().copied().chain(all).filter(|id| left.get_mut(id.0 as usize).is_some_and(std::mem::take)).collect()
}

struct Pen<'a> {
    graph: &'a Graph,
    layout: &'a Layout,
    details: Details<'a>,
    drawing: Drawing,
}

impl Pen<'_> {
    fn root(&mut self, prefix: &str, form: SvgForm) {
        let size = self.layout.size;
        let flow = match self.layout.direction {
            Direction::LeftRight => "LR",
            Direction::RightLeft => "RL",
            Direction::TopBottom => "TB",
            Direction::BottomTop => "BT",
        };
        let out = &mut self.drawing.svg;
        let xmlns = if form == SvgForm::File { " xmlns=\"http://www.w3.org/2000/svg\"" } else { "" };
        let (w, h) = (size.w, size.h);
        let _ = write!(
            out,
            "<svg{xmlns} class=\"pd-map\" data-flow=\"{flow}\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
             role=\"group\" aria-labelledby=\"{prefix}-t\" aria-describedby=\"{prefix}-d\">"
        );
        let _ = write!(out, "<title id=\"{prefix}-t\">");
        escape(out, self.graph.title.as_ref().map_or("Workflow map", |title| &title.value));
        let _ = write!(out, "</title><desc id=\"{prefix}-d\">");
        match &self.graph.description {
            Some(description) => escape(out, &description.value),
            None => escape(out, &described(self.graph)),
        }
        out.push_str("</desc>");
        if form == SvgForm::File {
            let _ = write!(out, "<style>{STYLE}{STANDALONE}</style>");
        }
        out.push('\n');
    }

    /// All lanes, together: whoever shows the map in a frame keeps their titles in view by the id.
    fn lanes(&mut self) {
        if self.graph.lanes.is_empty() {
            return;
        }
        let _ = writeln!(self.drawing.svg, "<g id=\"{}-l\">", self.details.prefix);
        self.graph.lanes.iter().zip(&self.layout.lanes).for_each(|(lane, at)| self.lane(&lane.id, at));
        self.drawing.svg.push_str("</g>\n");
    }

    fn lane(&mut self, id: &str, at: &LaneBox) {
        let out = &mut self.drawing.svg;
        out.push_str("<g class=\"pd-lane\"");
        attribute(out, "data-lane", id);
        out.push('>');
        rect(out, "", at.rect);
        rect(out, " class=\"pd-strip\"", at.strip);
        let centre = at.strip.centre();
        if self.layout.direction.is_vertical() {
            block(out, &at.title, centre, Weighted::Title);
        } else {
            let _ = write!(out, "<g transform=\"translate({} {})rotate(-90)\">", centre.x, centre.y);
            block(out, &at.title, Point::default(), Weighted::Title);
            out.push_str("</g>");
        }
        out.push_str("</g>\n");
    }

    fn group(&mut self, at: &GroupBox) {
        self.drawing.svg.push_str("<g class=\"pd-group\">");
        rect(&mut self.drawing.svg, " rx=\"6\"", at.rect);
        self.drawing.svg.push_str("</g>");
    }

    fn group_title(&mut self, at: &GroupBox) {
        let out = &mut self.drawing.svg;
        let size = at.title.size();
        let middle = Point::new(at.rect.x + 8 + size.w / 2, at.rect.y + 3 + size.h / 2);
        out.push_str("<g class=\"pd-group\">");
        block(out, &at.title, middle, Weighted::Plain);
        out.push_str("</g>");
    }

    fn stage(&mut self, title: &str, at: Option<&StageBox>) {
        let Some(at) = at else { return };
        let out = &mut self.drawing.svg;
        out.push_str("<g class=\"pd-stage\"");
        attribute(out, "data-stage", title);
        out.push('>');
        rect(out, "", at.rect);
        block(out, &at.title, at.rect.centre(), Weighted::Plain);
        out.push_str("</g>");
    }

    fn node(&mut self, id: NodeId, at: &NodeBox, linked: NodeLinks) {
        let node = self.graph.node(id);
        let lane = node.lane.map_or("", |lane| &self.graph.lane(lane).id);
        let out = &mut self.drawing.svg;
        out.push_str("<g class=\"pd-node\"");
        attribute(out, "data-node", &node.id);
        attribute(out, "data-lane", lane);
        tint(out, self.graph, &node.classes, &node.style);
        out.push('>');
        // Not inside the link: there it would be the link's name, in place of the step's.
        if let Some(tooltip) = self.details.tooltip(id, self.graph) {
            out.push_str("<title>");
            escape(out, tooltip);
            out.push_str("</title>");
        }
        if linked == NodeLinks::Yes {
            out.push_str("<a href=\"");
            self.drawing.holes.push((out.len(), id));
            out.push_str("\">");
        }
        outline::outline(out, node.shape, at.rect);
        block(out, &at.text, text_centre(node.shape, at.rect), Weighted::Plain);
        out.push_str(if linked == NodeLinks::Yes { "</a></g>\n" } else { "</g>\n" });
    }
}

/// Where the middle of a node's text lies: not every outline is alike above and below.
fn text_centre(shape: Shape, rect: Rect) -> Point {
    let centre = rect.centre();
    match shape {
        Shape::Cylinder => Point::new(centre.x, centre.y + 4),
        Shape::Document => Point::new(centre.x, centre.y - 3),
        Shape::Flag => Point::new(centre.x + 5, centre.y),
        _ => centre,
    }
}

fn rect(out: &mut String, attributes: &str, at: Rect) {
    let Rect { x, y, w, h } = at;
    let _ = write!(out, "<rect{attributes} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>");
}

/// What authors set by `classDef` and `style` goes along as two variables. The style sheet takes their hue and gives
/// them a lightness that can be read on, so a map keeps its colours in the dark.
fn tint(out: &mut String, graph: &Graph, classes: &[String], style: &[Declaration]) {
    let class = |name: &str| graph.classes.iter().find(|class| class.name == name);
    let of = |name: &str| class(name).map(|class| class.style.as_slice()).unwrap_or_default();
    let all = std::iter::once("default").chain(classes.iter().map(String::as_str)).flat_map(of).chain(style);
    let value = |property: &str| all.clone().rfind(|set| set.property == property).map(|set| set.value.as_str());
    let colours = ["fill", "stroke"].map(|property| (property, value(property)));
    let set = colours.iter().filter_map(|&(property, value)| Some(format!("--{property}:{}", value?)));
    let set: Vec<String> = set.collect();
    if !set.is_empty() {
        attribute(out, "style", &set.join(";"));
    }
}

/// The map in a sentence, for those who do not see it.
fn described(graph: &Graph) -> String {
    let steps = match graph.nodes.len() {
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    };
    let lanes: Vec<String> = graph.lanes.iter().map(|lane| lane.title.text()).collect();
    match lanes.as_slice() {
        [] => format!("{steps}."),
        [only] => format!("{steps} in the lane {only}."),
        several => format!("{steps} in {} lanes: {}.", several.len(), several.join(", ")),
    }
}
