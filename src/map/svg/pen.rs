//! The parts of a map as SVG: root, lanes, groups, stages, nodes.

use std::fmt::Write as _;

use super::markup::{Weighted, attribute, block, escape};
use super::{Details, Drawing, NodeLinks, STANDALONE, STYLE, SvgForm, outline};
use crate::map::graph::{Declaration, Direction, Graph, NodeId, Shape};
use crate::map::layout::geometry::{Point, Rect};
use crate::map::layout::{GroupBox, LaneBox, Layout, NodeBox, StageBox};
use crate::wording::Wording;

/// Draws the parts one after the other.
pub(super) struct Pen<'a> {
    pub(super) graph: &'a Graph,
    pub(super) layout: &'a Layout,
    pub(super) details: Details<'a>,
    pub(super) drawing: Drawing,
}

impl Pen<'_> {
    pub(super) fn root(&mut self, prefix: &str, form: SvgForm) {
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
        escape(out, self.graph.title.as_ref().map_or(Wording::english().say("drawing.title"), |title| &title.value));
        let _ = write!(out, "</title><desc id=\"{prefix}-d\">");
        match &self.graph.description {
            Some(description) => escape(out, &description.value),
            None => escape(out, &described(self.graph)),
        }
        out.push_str("</desc>");
        if form == SvgForm::File {
            // A file has no page whose style it could use.
            let _ = write!(out, "<style>{STYLE}{STANDALONE}</style>");
        }
        out.push('\n');
    }

    /// All lanes, together: whoever shows the map in a frame keeps their titles in view by the id.
    pub(super) fn lanes(&mut self) {
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
            // Read upwards, since lanes are wider than they are high.
            let _ = write!(out, "<g transform=\"translate({} {})rotate(-90)\">", centre.x, centre.y);
            block(out, &at.title, Point::default(), Weighted::Title);
            out.push_str("</g>");
        }
        out.push_str("</g>\n");
    }

    pub(super) fn group(&mut self, at: &GroupBox) {
        self.drawing.svg.push_str("<g class=\"pd-group\">");
        // Its title comes later, over the edges.
        rect(&mut self.drawing.svg, " rx=\"6\"", at.rect);
        self.drawing.svg.push_str("</g>");
    }

    pub(super) fn group_title(&mut self, at: &GroupBox) {
        let out = &mut self.drawing.svg;
        let size = at.title.size();
        let middle = Point::new(at.rect.x + 8 + size.w / 2, at.rect.y + 3 + size.h / 2);
        out.push_str("<g class=\"pd-group\">");
        block(out, &at.title, middle, Weighted::Plain);
        out.push_str("</g>");
    }

    pub(super) fn stage(&mut self, title: &str, at: Option<&StageBox>) {
        let Some(at) = at else { return };
        let out = &mut self.drawing.svg;
        out.push_str("<g class=\"pd-stage\"");
        attribute(out, "data-stage", title);
        out.push('>');
        rect(out, "", at.rect);
        block(out, &at.title, at.rect.centre(), Weighted::Plain);
        out.push_str("</g>");
    }

    pub(super) fn node(&mut self, id: NodeId, at: &NodeBox, linked: NodeLinks) {
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

pub(super) fn rect(out: &mut String, attributes: &str, at: Rect) {
    let Rect { x, y, w, h } = at;
    let _ = write!(out, "<rect{attributes} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>");
}

/// What authors set by `classDef` and `style`: their hue, at a lightness that can be read on, so that a map keeps its
/// colours in the dark. Attributes, since a strict Content-Security-Policy allows no `style`. How light and how strong is
/// said in the style sheet.
fn tint(out: &mut String, graph: &Graph, classes: &[String], style: &[Declaration]) {
    let class = |name: &str| graph.classes.iter().find(|class| class.name == name);
    let of = |name: &str| class(name).map(|class| class.style.as_slice()).unwrap_or_default();
    let all = std::iter::once("default").chain(classes.iter().map(String::as_str)).flat_map(of).chain(style);
    let value = |property: &str| all.clone().rfind(|set| set.property == property).map(|set| set.value.as_str());
    for (property, light, dark) in [("fill", "--fl", "--fd"), ("stroke", "--sl", "--sd")] {
        match value(property) {
            Some("none") => attribute(out, property, "none"),
            Some(colour) => {
                let shade = |shade: &str| format!("oklch(from {colour} var({shade}))");
                attribute(out, property, &format!("light-dark({},{})", shade(light), shade(dark)));
            }
            None => {}
        }
    }
}

/// The map in a sentence, for those who do not see it.
fn described(graph: &Graph) -> String {
    let lanes: Vec<String> = graph.lanes.iter().map(|lane| lane.title.text()).collect();
    let (count, number) = (graph.nodes.len().to_string(), lanes.len().to_string());
    let words = Wording::english();
    match lanes.as_slice() {
        [] => words.with("drawing.steps", &[("count", &count)]),
        [lane] => words.with("drawing.steps_in_lane", &[("count", &count), ("lane", lane)]),
        _ => words
            .with("drawing.steps_in_lanes", &[("count", &count), ("number", &number), ("lanes", &lanes.join(", "))]),
    }
}
