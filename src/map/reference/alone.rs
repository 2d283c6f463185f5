//! Builds a map from a table alone.

use std::collections::BTreeMap;

use super::{Reference, Row, duplicate};
use crate::diagnostic::{Diagnostics, Parsed, nearest};
use crate::map::graph::{Edge, EdgeLine, Endpoint, Graph, Label, Lane, LaneId, Node, NodeId, Shape, Tip};
use crate::map::index_vec::IndexVec;
use crate::map::reconcile::{UNDEFINED_NODE, stages};
use crate::map::title;
use crate::source::{Located, Span};

/// Draws a map from a table: lanes in the order in which rows name them, an edge for each step that follows.
/// `E2 (if approved)` and `E2: if approved` are edges with a label; several steps are separated by commas,
/// semicolons, `·` or `/`.
#[must_use]
pub fn to_graph(reference: &Reference) -> Parsed<Graph> {
    let mut found = Vec::new();
    let mut graph = Graph::default();
    let mut ids: BTreeMap<&str, NodeId> = BTreeMap::new();
    let mut rows: IndexVec<NodeId, &Row> = IndexVec::default();
    for row in &reference.rows {
        if let Some(first) = ids.get(row.id.value.as_str()).and_then(|first| rows.get(*first)) {
            found.push(duplicate(row, first));
            continue;
        }
        ids.insert(&row.id.value, rows.push(row));
        // In the order in which rows name them: a table has no other.
        let lane = row.lane.as_ref().map(|who| lane(&mut graph, who));
        graph.nodes.push(node(row, lane));
    }
    for (from, row) in rows.entries() {
        for next in row.next.iter().flat_map(|cell| targets(cell, &ids)) {
            match next {
                Ok((to, label, span)) => graph.edges.push(edge(from, to, label, span)),
                Err(written) => unknown(&written, &ids, &mut found),
            }
        }
    }
    stages::assign(&mut graph, &rows.iter().map(|row| Some(*row)).collect());
    found.sort_by_key(|finding| finding.span);
    Parsed { value: graph, found }
}

fn unknown(written: &Located<String>, ids: &BTreeMap<&str, NodeId>, found: &mut Diagnostics) {
    let near = nearest(&written.value, ids.keys().copied()).map(|id| format!("did you mean `{id}`?"));
    let finding = UNDEFINED_NODE.at(written.span, format!("no row has the id `{}`", written.value));
    found.push(finding.help_if(near));
}

/// The lane of a name; a new one when it has none yet.
fn lane(graph: &mut Graph, who: &Located<String>) -> LaneId {
    let known = graph.find_lane(|lane| title::same(&lane.title.text(), &who.value));
    known.unwrap_or_else(|| {
        let title = Label::plain(&who.value);
        graph.add_lane(Lane { id: who.value.clone(), title, span: who.span, classes: Vec::new(), style: Vec::new() })
    })
}

fn node(row: &Row, lane: Option<LaneId>) -> Node {
    Node {
        id: row.id.value.clone(),
        label: Label::plain(row.step.as_ref().map_or(&row.id.value, |step| &step.value)),
        shape: Shape::Rectangle,
        lane,
        group: None,
        stage: None,
        classes: Vec::new(),
        style: Vec::new(),
        click: None,
        declared: true,
        span: row.id.span,
        label_span: row.step.as_ref().map(|step| step.span),
    }
}

fn edge(from: NodeId, to: NodeId, label: Option<String>, span: Span) -> Edge {
    Edge {
        from: Endpoint::Node(from),
        to: Endpoint::Node(to),
        label: label.map(|label| Label::plain(&label)),
        line: EdgeLine::Solid,
        tail: Tip::None,
        head: Tip::Arrow,
        length: 1,
        style: Vec::new(),
        span,
    }
}

/// A step that follows, with the words on the way to it; or what names none.
type NextStep = Result<(NodeId, Option<String>, Span), Located<String>>;

/// The steps that a cell names.
fn targets(cell: &Located<String>, ids: &BTreeMap<&str, NodeId>) -> Vec<NextStep> {
    let mut targets = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let ends = cell.value.char_indices().chain([(cell.value.len(), ',')]);
    for (at, c) in ends {
        match c {
            // In parentheses stands when the way is taken: `E2 (if approved, or late)`.
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '·' | '/' | '\n' if depth == 0 || at == cell.value.len() => {
                targets.extend(target(cell, start..at, ids));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    targets
}

fn target(cell: &Located<String>, range: std::ops::Range<usize>, ids: &BTreeMap<&str, NodeId>) -> Option<NextStep> {
    let raw = cell.value.get(range.clone())?;
    let written = raw.trim();
    let end = written.find(['(', ':', ' ']).unwrap_or(written.len());
    let (id, words) = written.split_at(end);
    let ends = ["end", "none", "done", "stop"].iter().any(|word| id.eq_ignore_ascii_case(word));
    if !id.contains(char::is_alphanumeric) || (ends && !ids.contains_key(id)) {
        return None;
    }
    let start = range.start + raw.len() - raw.trim_start().len();
    // Where the cell has mark-up, its text is no piece of the source: then the whole cell is the place.
    let exact = cell.span.len() == cell.value.len();
    let span = if exact { cell.span.part(start..start + id.len()) } else { cell.span };
    let words = words.trim_matches([' ', '(', ')', ':']);
    let label = (!words.is_empty()).then(|| words.to_owned());
    Some(ids.get(id).map(|to| (*to, label, span)).ok_or_else(|| Located::new(id.to_owned(), span)))
}
