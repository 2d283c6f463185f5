//! The rules a drawing must keep, checked on its own geometry, and what a reader minds besides.
//!
//! The layout is correct by construction where it can be; this is what it is chosen by, and what its tests hold it to.
//! So nothing here may ask how a drawing was made: it looks at finished boxes and routes.

use super::geometry::{Interval, Point, Px, Rect};
use super::id::End;
use super::{Layout, Route};
use crate::map::graph::{Edge, EdgeId, Endpoint, Graph, NodeId};

/// Two edges closer than this run on one track.
const TRACK: Px = 4;
/// An edge closer than this to a lane's border runs on it.
const LINE: Px = 4;
/// Arrivals and departures keep this far apart.
const PORT: Px = 9;

/// What is wrong with a drawing, and what could be better.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DrawingFaults {
    /// Broken rules, each with the ids of those who break it.
    pub faults: Vec<String>,
    /// Edges running across edges.
    pub crossings: usize,
    /// Changes of direction of all edges.
    pub bends: usize,
    /// Length of all edges.
    pub length: i64,
    /// Edges within a lane that do not lead on along the flow.
    pub aslant: usize,
}

/// Checks a drawing.
#[must_use]
pub fn check(graph: &Graph, layout: &Layout) -> DrawingFaults {
    let mut check = DrawingCheck { graph, layout, report: DrawingFaults::default() };
    check.nodes();
    check.edges();
    check.pairs();
    check.ends();
    check.labels();
    check.flow();
    check.report
}

struct DrawingCheck<'a> {
    graph: &'a Graph,
    layout: &'a Layout,
    report: DrawingFaults,
}

impl<'a> DrawingCheck<'a> {
    fn fault(&mut self, fault: String) {
        self.report.faults.push(fault);
    }

    fn id(&self, node: NodeId) -> &'a str {
        &self.graph.node(node).id
    }

    fn name(&self, edge: EdgeId) -> String {
        let Edge { from, to, .. } = self.graph.edge(edge);
        format!("{} > {}", self.graph.id_of(*from), self.graph.id_of(*to))
    }

    /// Whether a node is what an edge is tied to, or lies in it: a subgraph with its border may be left or entered.
    fn is_within(&self, id: NodeId, endpoint: Endpoint) -> bool {
        let node = self.graph.node(id);
        match endpoint {
            Endpoint::Node(own) => own == id,
            Endpoint::Lane(lane) => node.lane == Some(lane),
            Endpoint::Group(group) => self.graph.is_within(node.group, group),
        }
    }

    fn routes(&self) -> impl Iterator<Item = (EdgeId, &'a Route)> {
        self.layout.edges.entries().filter_map(|(edge, route)| Some((edge, route.as_ref()?)))
    }

    /// Nodes lie apart, and in their own lane.
    fn nodes(&mut self) {
        for (id, node) in self.layout.nodes.entries() {
            for (other_id, other) in self.layout.nodes.entries().filter(|&(other, _)| other > id) {
                // Borders are drawn on the box, half of them outside.
                if node.rect.grown(2).meets(other.rect) {
                    self.fault(format!("{} on {}", self.id(id), self.id(other_id)));
                }
            }
            for (lane_id, lane) in self.layout.lanes.entries() {
                let own = self.graph.node(id).lane == Some(lane_id);
                if own && !lane.rect.holds(node.rect) || !own && lane.rect.meets(node.rect) {
                    self.fault(format!("{} and the border of a lane", self.id(id)));
                }
            }
        }
    }

    /// Edges keep off nodes, off borders of lanes, and inside the frame.
    fn edges(&mut self) {
        let mut found = Vec::new();
        let frame = self.layout.lanes.iter().map(|lane| lane.rect).reduce(Rect::joined);
        for (id, route) in self.routes() {
            let edge = self.graph.edge(id);
            let ends = [edge.from, edge.to];
            let own = |node: NodeId| ends.iter().any(|&end| self.is_within(node, end));
            if route.points.len() < 2 {
                found.push(format!("{} is lost", self.name(id)));
            }
            // A start or an end outside the lanes is led to outside them.
            let loose =
                ends.iter().any(|end| matches!(end, Endpoint::Node(node) if self.graph.node(*node).lane.is_none()));
            for run in route.stretches() {
                // At its own nodes an edge may enter the box, where the outline lies inside it.
                let nodes = self.layout.nodes.entries();
                let under = nodes.filter(|(node, at)| !own(*node) && run.grown(2).meets(at.rect));
                found.extend(under.map(|(node, _)| format!("{} over {}", self.name(id), self.id(node))));
                if self.layout.lanes.iter().any(|lane| is_along_border(run, lane.rect)) {
                    found.push(format!("{} on the border of a lane", self.name(id)));
                }
                if frame.is_some_and(|frame| !loose && !frame.holds(run)) {
                    found.push(format!("{} outside the lanes", self.name(id)));
                }
            }
        }
        self.report.faults.extend(found);
        let routes = self.layout.edges.iter().flatten();
        self.report.bends = routes.clone().map(|route| route.points.len().saturating_sub(2)).sum();
        self.report.length = routes.flat_map(Route::stretches).map(|run| i64::from(run.w + run.h)).sum();
    }

    /// Edges that have nothing in common share no track; crossings are counted.
    fn pairs(&mut self) {
        let mut found = Vec::new();
        let mut crossings = 0;
        // Boxes around whole routes first: of a thousand edges most pairs are nowhere near each other.
        let routes: Vec<_> = self.routes().map(|(edge, route)| (edge, route, bounds(&route.points))).collect();
        let mut rest = routes.as_slice();
        while let Some(((a, one, one_box), others)) = rest.split_first() {
            for (b, two, two_box) in others {
                if !one_box.grown(TRACK).meets(two_box.grown(TRACK)) {
                    continue;
                }
                let (ea, eb) = (self.graph.edge(*a), self.graph.edge(*b));
                // Edges out of one node, or into one, may share a trunk: readers see a fork or a join.
                let kin = ea.from == eb.from || ea.to == eb.to;
                let all = one.stretches().flat_map(|s| two.stretches().map(move |t| (s, t)));
                crossings += all.clone().filter(|&(s, t)| cross(s, t)).count();
                if !kin && all.clone().any(|(s, t)| is_beside(s, t)) {
                    found.push(format!("{} along {}", self.name(*a), self.name(*b)));
                }
            }
            rest = others;
        }
        self.report.faults.extend(found);
        self.report.crossings = crossings;
    }

    /// Edges within a lane lead on along the flow.
    fn flow(&mut self) {
        let vertical = self.layout.direction.is_vertical();
        let is_aslant = |edge: &&Edge| match (edge.from, edge.to) {
            (Endpoint::Node(a), Endpoint::Node(b)) if a != b => {
                let (from, to) = (self.layout.nodes[a].rect.centre(), self.layout.nodes[b].rect.centre());
                let level = if vertical { from.y == to.y } else { from.x == to.x };
                level && self.graph.node(a).lane == self.graph.node(b).lane
            }
            _ => false,
        };
        self.report.aslant = self.graph.edges.iter().filter(is_aslant).count();
    }

    /// No arrow arrives where another leaves.
    fn ends(&mut self) {
        let mut ends: Vec<(Endpoint, End, Point, EdgeId)> = Vec::new();
        for (id, route) in self.routes() {
            let (Some(&first), Some(&last)) = (route.points.first(), route.points.last()) else { continue };
            let edge = self.graph.edge(id);
            ends.push((edge.from, End::Start, first, id));
            ends.push((edge.to, End::Finish, last, id));
        }
        // By node, then departures before arrivals: the same for every order of edges.
        ends.sort_unstable();
        let mut found = Vec::new();
        for node in ends.chunk_by(|a, b| a.0 == b.0) {
            let mut rest = node;
            while let Some(((_, end, at, edge), others)) = rest.split_first() {
                let near = |other: &Point| (at.x - other.x).pow(2) + (at.y - other.y).pow(2) < PORT * PORT;
                if others.iter().any(|(_, other_end, other, _)| end != other_end && near(other)) {
                    found.push(format!("{} leaves where another arrives", self.name(*edge)));
                }
                rest = others;
            }
        }
        self.report.faults.extend(found);
    }

    /// Labels lie on their own edge and on nothing else.
    fn labels(&mut self) {
        let mut found = Vec::new();
        let labels: Vec<(EdgeId, Rect)> =
            self.routes().filter_map(|(edge, route)| Some((edge, route.label.as_ref()?.rect))).collect();
        let mut rest = labels.as_slice();
        while let Some((&(edge, rect), others)) = rest.split_first() {
            let name = self.name(edge);
            if self.layout.nodes.iter().any(|node| node.rect.meets(rect)) {
                found.push(format!("the label of {name} on a node"));
            }
            if self.layout.lanes.iter().any(|lane| lane.rect.meets(rect) && !lane.rect.holds(rect)) {
                found.push(format!("the label of {name} on the border of a lane"));
            }
            if others.iter().any(|(_, other)| other.meets(rect)) {
                found.push(format!("the label of {name} on another"));
            }
            for (other, route) in self.routes() {
                let touches = route.stretches().any(|run| run.grown(1).meets(rect));
                // Both ways: a label that has lost its own edge says nothing to anybody.
                if touches != (other == edge) {
                    found.push(format!("the label of {name} and {}", self.name(other)));
                }
            }
            rest = others;
        }
        self.report.faults.extend(found);
    }
}

fn bounds(points: &[Point]) -> Rect {
    let boxes = points.iter().map(|&point| Rect { x: point.x, y: point.y, w: 0, h: 0 });
    boxes.reduce(Rect::joined).unwrap_or_default()
}

/// Whether a run lies on one of a lane's four lines for more than a moment.
fn is_along_border(run: Rect, lane: Rect) -> bool {
    let flat = run.h == 0 && run.w > LINE * 2 && run.x < lane.right() && lane.x < run.right();
    let upright = run.w == 0 && run.h > LINE * 2 && run.y < lane.bottom() && lane.y < run.bottom();
    let near = |at: Px, line: Px| (at - line).abs() < LINE;
    flat && (near(run.y, lane.y) || near(run.y, lane.bottom()))
        || upright && (near(run.x, lane.x) || near(run.x, lane.right()))
}

fn cross(one: Rect, two: Rect) -> bool {
    let (flat, upright) = if one.h == 0 { (one, two) } else { (two, one) };
    flat.h == 0
        && upright.w == 0
        && Interval { low: flat.x, high: flat.right() }.is_around(upright.x)
        && Interval { low: upright.y, high: upright.bottom() }.is_around(flat.y)
}

fn is_beside(one: Rect, two: Rect) -> bool {
    // Corners that touch for a moment are where two edges pass each other.
    let overlap = |from: Px, to: Px, other_from: Px, other_to: Px| to.min(other_to) - from.max(other_from) > 4;
    one.h == 0 && two.h == 0 && (one.y - two.y).abs() < TRACK && overlap(one.x, one.right(), two.x, two.right())
        || one.w == 0
            && two.w == 0
            && (one.x - two.x).abs() < TRACK
            && overlap(one.y, one.bottom(), two.y, two.bottom())
}
