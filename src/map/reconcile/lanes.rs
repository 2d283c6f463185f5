//! Compares the lanes of nodes with the lanes in the table.

use std::collections::BTreeMap;

use super::{RowOfNode, guess};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, nearest};
use crate::map::graph::{Graph, Label, Lane, LaneId, NodeId};
use crate::map::index_vec::Id as _;
use crate::map::reference::Row;
use crate::map::title;
use crate::source::{Located, Span};

/// A node that lies in another lane than its row says.
pub static LANE_MISMATCH: Rule = Rule::error("swimlane/lane-mismatch", include_str!("lane_mismatch.md"));

/// A node whose row names a lane that the diagram does not have.
#[derive(Copy, Clone)]
struct Stranger<'r> {
    node: NodeId,
    who: &'r Located<String>,
}

/// Moves nodes to the lanes that their rows name.
pub(super) fn follow(graph: &mut Graph, rows: &RowOfNode, found: &mut Diagnostics) {
    // Nodes by a name that no lane bears. Sorted by the name's words, so that one name is one cause.
    let mut strangers: BTreeMap<Vec<String>, Vec<Stranger>> = BTreeMap::new();
    for (node, row) in rows.entries() {
        let Some(who) = row.and_then(|row| row.lane.as_ref()) else { continue };
        match lane_called(graph, &who.value) {
            Some(lane) if graph.node(node).lane == Some(lane) => {}
            Some(lane) => {
                // A node that only edges name lies nowhere yet: it is put into its lane without a word.
                if graph.node(node).declared {
                    found.push(misplaced(graph, node, lane, who));
                }
                put(graph, node, lane);
            }
            None => strangers.entry(title::words(&who.value)).or_default().push(Stranger { node, who }),
        }
    }
    for nodes in strangers.into_values() {
        stranger(graph, rows, &nodes, found);
    }
}

fn lane_called(graph: &Graph, name: &str) -> Option<LaneId> {
    let by_title = graph.find_lane(|lane| title::same(&lane.title.text(), name));
    by_title.or_else(|| graph.find_lane(|lane| lane.id == name))
}

fn put(graph: &mut Graph, node: NodeId, lane: LaneId) {
    let node = graph.node_mut(node);
    node.lane = Some(lane);
    // A group of the old lane would draw its border across both.
    node.group = None;
}

fn misplaced(graph: &Graph, node: NodeId, lane: LaneId, who: &Located<String>) -> Diagnostic {
    let written = graph.node(node);
    let place =
        written.lane.map_or("in no lane".to_owned(), |lane| format!("in lane `{}`", graph.lane(lane).title.text()));
    let message = format!("node `{}` is {place}, but the table says `{}`", written.id, who.value);
    let finding = LANE_MISMATCH.at(written.span, message).related(who.span, "the table wins");
    let help = format!("move the node into subgraph `{}`", graph.lane(lane).id);
    let finding = finding.help(help);
    finding.fix_if(moved(graph, node, lane).and_then(|fix| guess(fix, written.span, who.span)))
}

/// The repair that moves a node's line into a lane.
fn moved(graph: &Graph, node: NodeId, lane: LaneId) -> Option<Fix> {
    let written = graph.places.nodes.get(node.index())?.line.as_ref()?;
    let end = graph.places.lanes.get(lane.index())?.end?;
    let away = Edit { span: written.span, replacement: String::new() };
    let there = Edit { span: end, replacement: format!("{}\n", written.value.trim_end()) };
    Some(Fix::suggested(vec![away, there]))
}

/// A name that no lane bears. Where the rows of a whole lane share it, it is the lane that was renamed;
/// otherwise the cells are wrong, one by one.
fn stranger(graph: &mut Graph, rows: &RowOfNode, nodes: &[Stranger], found: &mut Diagnostics) {
    let Some(Stranger { who, .. }) = nodes.first() else { return };
    if let Some(lane) = renamed(graph, rows, nodes) {
        found.push(retitled(graph, lane, who));
        graph.lane_mut(lane).title = Label::plain(&who.value);
        return;
    }
    let titles: Vec<String> = graph.lanes.iter().map(|lane| lane.title.text()).collect();
    // Drawn in the lane that was probably meant: a slip must not add a lane.
    let near = nearest(&who.value, titles.iter().map(String::as_str)).map(str::to_owned);
    let lane = near.as_deref().and_then(|near| lane_called(graph, near));
    let lane = lane.unwrap_or_else(|| added(graph, who));
    for &Stranger { node, who } in nodes {
        let written = graph.node(node);
        let message = format!("the diagram has no lane `{}`", who.value);
        let finding = LANE_MISMATCH.at(who.span, message).related(written.span, format!("node `{}`", written.id));
        found.push(match &near {
            Some(near) => {
                let edit = Edit { span: who.span, replacement: near.clone() };
                finding.help(format!("did you mean `{near}`?")).fix(Fix::suggested(vec![edit]))
            }
            None => finding.help(format!("available: {}", listed(&titles))),
        });
        put(graph, node, lane);
    }
}

/// The lane whose nodes are exactly these.
fn renamed(graph: &Graph, rows: &RowOfNode, nodes: &[Stranger]) -> Option<LaneId> {
    let lane = graph.node(nodes.first()?.node).lane?;
    let is_inside = |node: NodeId| graph.node(node).lane == Some(lane);
    let theirs = nodes.iter().filter(|stranger| is_inside(stranger.node)).count();
    let names_lane = |row: Option<&Row>| row.is_some_and(|row| row.lane.is_some());
    let all = rows.entries().filter(|&(node, row)| is_inside(node) && names_lane(*row)).count();
    (theirs == nodes.len() && theirs == all).then_some(lane)
}

fn retitled(graph: &Graph, lane: LaneId, who: &Located<String>) -> Diagnostic {
    let written = graph.lane(lane);
    let title = written.title.text();
    let place = graph.places.lanes.get(lane.index()).and_then(|place| place.title.as_ref());
    let words = place.and_then(|raw| words_in(raw, &title));
    let message = format!("lane `{}` is titled `{title}`, but the table says `{}`", written.id, who.value);
    let finding = LANE_MISMATCH.at(words.or(place.map(|raw| raw.span)).unwrap_or(written.span), message);
    let finding = finding.help(format!("rename the lane to `{}`", who.value)).related(who.span, "the table wins");
    let fix = words.map(|span| Fix::replace(span, super::labels::escaped(&who.value)));
    finding.fix_if(fix.and_then(|fix| guess(fix, written.span, who.span)))
}

/// Where the words of a title stand in it as written, without the emoji around them.
fn words_in(raw: &Located<String>, title: &str) -> Option<Span> {
    let words = title.trim_matches(|c: char| !c.is_alphanumeric());
    let at = raw.value.find(words).filter(|_| !words.is_empty() && raw.span.len() == raw.value.len())?;
    Some(raw.span.part(at..at + words.len()))
}

fn added(graph: &mut Graph, who: &Located<String>) -> LaneId {
    let title = Label::plain(&who.value);
    graph.add_lane(Lane { id: who.value.clone(), title, span: who.span, classes: Vec::new(), style: Vec::new() })
}

fn listed(titles: &[String]) -> String {
    if titles.is_empty() {
        return "no lanes".to_owned();
    }
    titles.iter().map(|title| format!("`{title}`")).collect::<Vec<_>>().join(", ")
}
