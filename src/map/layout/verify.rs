//! The rules a drawing must keep, checked on its own geometry.
//! In: a `Layout` and its `Graph`. Out: how often each rule is broken, and what a reader minds besides.
//! Never knows: how the layout was made.

use super::geometry::{Point, Px, Rect};
use super::{Layout, Route};
use crate::map::graph::{Edge, End, Graph, GroupId, LaneId, NodeId};

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

impl DrawingCheck<'_> {
    fn fault(&mut self, fault: String) {
        self.report.faults.push(fault);
    }

    fn id(&self, node: usize) -> &str {
        &self.graph.nodes[node].id
    }

    fn name(&self, edge: usize) -> String {
        let end = |end: End| match end {
            End::Node(NodeId(node)) => self.id(node as usize).to_owned(),
            End::Lane(LaneId(lane)) => self.graph.lanes[lane as usize].id.clone(),
            End::Group(group) => self.graph.groups[group.0 as usize].id.clone(),
        };
        format!("{} > {}", end(self.graph.edges[edge].from), end(self.graph.edges[edge].to))
    }

    /// Whether a node is what an edge is tied to, or lies in it: a subgraph with its border may be left or entered.
    fn within(&self, node: usize, end: End) -> bool {
        let at = &self.graph.nodes[node];
        match end {
            End::Node(NodeId(own)) => own as usize == node,
            End::Lane(lane) => at.lane == Some(lane),
            End::Group(outer) => {
                let parent = |&GroupId(group): &GroupId| {
                    self.graph.groups[group as usize].parent.filter(|&GroupId(parent)| parent < group)
                };
                std::iter::successors(at.group, parent).any(|group| group == outer)
            }
        }
    }

    fn routes(&self) -> impl Iterator<Item = (usize, &Route)> {
        self.layout.edges.iter().enumerate().filter_map(|(edge, route)| Some((edge, route.as_ref()?)))
    }

    /// Nodes lie apart, and in their own lane.
    fn nodes(&mut self) {
        let boxes: Vec<Rect> = self.layout.nodes.iter().map(|node| node.rect).collect();
        for (a, rect) in boxes.iter().enumerate() {
            for (b, other) in boxes.iter().enumerate().skip(a + 1) {
                if rect.grown(2).meets(*other) {
                    self.fault(format!("{} on {}", self.id(a), self.id(b)));
                }
            }
            for (at, lane) in (0..).zip(&self.layout.lanes) {
                let own = self.graph.nodes[a].lane == Some(LaneId(at));
                if own && !lane.rect.holds(*rect) || !own && lane.rect.meets(*rect) {
                    self.fault(format!("{} and the border of a lane", self.id(a)));
                }
            }
        }
    }

    /// Edges keep off nodes, off borders of lanes, and inside the frame.
    fn edges(&mut self) {
        let mut found = Vec::new();
        let frame = self.layout.lanes.iter().map(|lane| lane.rect).reduce(Rect::joined);
        for (edge, route) in self.routes() {
            let ends = [self.graph.edges[edge].from, self.graph.edges[edge].to];
            let own = |node: usize| ends.iter().any(|&end| self.within(node, end));
            if route.points.len() < 2 {
                found.push(format!("{} is lost", self.name(edge)));
            }
            let loose =
                ends.iter().any(|end| matches!(end, End::Node(n) if self.graph.nodes[n.0 as usize].lane.is_none()));
            for (a, b) in segments(route) {
                let run = Rect::between(a, b);
                // At its own nodes an edge may enter the box, where the outline lies inside it.
                let under = |&node: &usize| !own(node) && run.grown(2).meets(self.layout.nodes[node].rect);
                let over = (0..self.layout.nodes.len()).filter(under);
                found.extend(over.map(|node| format!("{} over {}", self.name(edge), self.id(node))));
                if self.layout.lanes.iter().any(|lane| along_border(run, lane.rect)) {
                    found.push(format!("{} on the border of a lane", self.name(edge)));
                }
                if frame.is_some_and(|frame| !loose && !frame.holds(run)) {
                    found.push(format!("{} outside the lanes", self.name(edge)));
                }
            }
        }
        self.report.faults.extend(found);
        let lines = self.layout.edges.iter().flatten();
        self.report.bends = lines.clone().map(|route| route.points.len().saturating_sub(2)).sum();
        let all = lines.flat_map(segments);
        self.report.length = all.map(|(a, b)| i64::from((a.x - b.x).abs() + (a.y - b.y).abs())).sum();
    }

    /// Edges that have nothing in common share no track; crossings are counted.
    fn pairs(&mut self) {
        let mut found = Vec::new();
        let mut crossings = 0;
        let routes: Vec<_> = self.routes().map(|(edge, route)| (edge, route, bounds(&route.points))).collect();
        for (at, (a, one, one_box)) in routes.iter().enumerate() {
            for (b, two, two_box) in &routes[at + 1..] {
                if !one_box.grown(TRACK).meets(two_box.grown(TRACK)) {
                    continue;
                }
                let (ea, eb) = (&self.graph.edges[*a], &self.graph.edges[*b]);
                let kin = ea.from == eb.from || ea.to == eb.to;
                let all = segments(one).flat_map(|s| segments(two).map(move |t| (s, t)));
                crossings += all.clone().filter(|&(s, t)| cross(s, t)).count();
                if !kin && all.clone().any(|(s, t)| beside(s, t)) {
                    found.push(format!("{} along {}", self.name(*a), self.name(*b)));
                }
            }
        }
        self.report.faults.extend(found);
        self.report.crossings = crossings;
    }

    /// Edges within a lane lead on along the flow.
    fn flow(&mut self) {
        let vertical = self.layout.direction.is_vertical();
        let across = |edge: &&Edge| match (edge.from, edge.to) {
            (End::Node(NodeId(a)), End::Node(NodeId(b))) if a != b => {
                let lane = |node: u32| self.graph.nodes[node as usize].lane;
                let middle = |node: u32| self.layout.nodes[node as usize].rect.centre();
                let level = if vertical { middle(a).y == middle(b).y } else { middle(a).x == middle(b).x };
                level && lane(a) == lane(b)
            }
            _ => false,
        };
        self.report.aslant = self.graph.edges.iter().filter(across).count();
    }

    /// No arrow arrives where another leaves.
    fn ends(&mut self) {
        let mut ends: Vec<(End, bool, Point, usize)> = Vec::new();
        for (edge, route) in self.routes() {
            let (Some(&first), Some(&last)) = (route.points.first(), route.points.last()) else { continue };
            ends.push((self.graph.edges[edge].from, false, first, edge));
            ends.push((self.graph.edges[edge].to, true, last, edge));
        }
        ends.sort_unstable();
        let mut found = Vec::new();
        for node in ends.chunk_by(|a, b| a.0 == b.0) {
            for (at, a) in node.iter().enumerate() {
                let near = |b: &Point| (a.2.x - b.x).pow(2) + (a.2.y - b.y).pow(2) < PORT * PORT;
                if node[at + 1..].iter().any(|b| a.1 != b.1 && near(&b.2)) {
                    found.push(format!("{} leaves where another arrives", self.name(a.3)));
                }
            }
        }
        self.report.faults.extend(found);
    }

    /// Labels lie on their own edge and on nothing else.
    fn labels(&mut self) {
        let mut found = Vec::new();
        let labels: Vec<(usize, Rect)> =
            self.routes().filter_map(|(edge, route)| Some((edge, route.label.as_ref()?.rect))).collect();
        for (at, &(edge, rect)) in labels.iter().enumerate() {
            let name = self.name(edge);
            if self.layout.nodes.iter().any(|node| node.rect.meets(rect)) {
                found.push(format!("the label of {name} on a node"));
            }
            if self.layout.lanes.iter().any(|lane| lane.rect.meets(rect) && !lane.rect.holds(rect)) {
                found.push(format!("the label of {name} on the border of a lane"));
            }
            if labels[at + 1..].iter().any(|(_, other)| other.meets(rect)) {
                found.push(format!("the label of {name} on another"));
            }
            for (other, route) in self.routes() {
                let touches = segments(route).any(|(a, b)| Rect::between(a, b).grown(1).meets(rect));
                if touches != (other == edge) {
                    found.push(format!("the label of {name} and {}", self.name(other)));
                }
            }
        }
        self.report.faults.extend(found);
    }
}

fn segments(route: &Route) -> impl Iterator<Item = (Point, Point)> + Clone {
    route.points.windows(2).map(|pair| (pair[0], pair[1]))
}

fn bounds(points: &[Point]) -> Rect {
    let boxes = points.iter().map(|&point| Rect { x: point.x, y: point.y, w: 0, h: 0 });
    boxes.reduce(Rect::joined).unwrap_or_default()
}

/// Whether a run lies on one of a lane's four lines for more than a moment.
fn along_border(run: Rect, lane: Rect) -> bool {
    let flat = run.h == 0 && run.w > LINE * 2 && run.x < lane.right() && lane.x < run.right();
    let upright = run.w == 0 && run.h > LINE * 2 && run.y < lane.bottom() && lane.y < run.bottom();
    let near = |at: Px, line: Px| (at - line).abs() < LINE;
    flat && (near(run.y, lane.y) || near(run.y, lane.bottom()))
        || upright && (near(run.x, lane.x) || near(run.x, lane.right()))
}

fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let (one, two) = (Rect::between(a, b), Rect::between(c, d));
    let (flat, upright) = if one.h == 0 { (one, two) } else { (two, one) };
    flat.h == 0
        && upright.w == 0
        && flat.x < upright.x
        && upright.x < flat.right()
        && upright.y < flat.y
        && flat.y < upright.bottom()
}

fn beside((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let (one, two) = (Rect::between(a, b), Rect::between(c, d));
    let overlap = |from: Px, to: Px, other_from: Px, other_to: Px| to.min(other_to) - from.max(other_from) > 4;
    one.h == 0 && two.h == 0 && (one.y - two.y).abs() < TRACK && overlap(one.x, one.right(), two.x, two.right())
        || one.w == 0
            && two.w == 0
            && (one.x - two.x).abs() < TRACK
            && overlap(one.y, one.bottom(), two.y, two.bottom())
}
