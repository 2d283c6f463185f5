//! A map on another page than its own, as Markdown: its steps in a table, and its diagram.

use std::fmt::Write as _;

use super::{cell, link, plain, row, table_head};
use crate::fill::{Job, fence};
use crate::map::graph::{EdgeLine, Endpoint, Graph, NodeId};
use crate::page::{Directive, EmbedContent, PageMap};
use crate::site::{MapId, PageId, Site};
use crate::url::Anchor;
use crate::wording::Wording;

/// The map that a directive on a page asks for, or a part of it.
pub(super) fn map(site: &Site, job: &Job, from: PageId, shown: &Directive) -> Option<String> {
    let id = site.map_called(from, &shown.argument.value).ok()?;
    let map = site.map(id)?;
    let lane = shown.option("lane").and_then(|lane| map.lane_called(&lane.value));
    let stage = shown.option("stage").and_then(|stage| map.stage_called(&stage.value));
    let graph = &map.graph;
    let is_shown = |node: &&NodeId| {
        let node = graph.node(**node);
        (lane.is_none() || node.lane == lane) && (stage.is_none() || node.stage == stage)
    };
    let home = job.page_address(site, id.page, Some(&Anchor::new(&map.anchor)));
    let mut text = format!("{}\n\n", link(&plain(map.title()), Some(&home)));
    text += &table_head(&["map.step", "map.lane", "map.stage", "map.next"].map(|name| Wording::english().say(name)));
    for node in map.order.iter().filter(is_shown) {
        text += &step(site, job, id, map, *node);
    }
    // The diagram draws all of the map.
    if let Some(diagram) = diagram(site, id).filter(|_| lane.is_none() && stage.is_none()) {
        let fence = fence(&diagram);
        let _ = write!(text, "\n{fence}mermaid\n{}\n{fence}\n", diagram.trim_end());
    }
    Some(text)
}

/// A step: what it is called and opens, where it is, and what comes next.
fn step(site: &Site, job: &Job, id: MapId, map: &PageMap, at: NodeId) -> String {
    let graph = &map.graph;
    let node = graph.node(at);
    let address = map.link(at).and_then(|link| job.address_of(site, &site.link(id.page, link).target));
    let lane = node.lane.map(|lane| graph.lane(lane).title.text());
    let stage = node.stage.and_then(|stage| graph.stages.get(stage as usize)).map(|stage| stage.title.as_str());
    row(&[
        link(&cell(&node.label.title()), address.as_deref()),
        lane.map(|lane| cell(&lane)).unwrap_or_default(),
        stage.map(cell).unwrap_or_default(),
        next(graph, at),
    ])
}

/// The steps that follow one, each with the words on the arrow that leads there.
fn next(graph: &Graph, at: NodeId) -> String {
    let edges = graph.edges.iter().filter(|edge| edge.from == Endpoint::Node(at) && edge.line != EdgeLine::Invisible);
    let name = |end: &Endpoint| match end {
        Endpoint::Node(node) => graph.node(*node).label.title(),
        other => graph.id_of(*other).to_owned(),
    };
    let next = edges.map(|edge| match &edge.label {
        Some(label) => cell(&format!("{}: {}", label.text(), name(&edge.to))),
        None => cell(&name(&edge.to)),
    });
    next.collect::<Vec<_>>().join(", ")
}

/// The text of a map's diagram; a map that a table draws has none. Without its comments, and
/// without its clicks, whose addresses count from another page: what steps open is in the table.
fn diagram(site: &Site, id: MapId) -> Option<String> {
    let page = site.page(id.page).markdown()?;
    let is_it = |content: &EmbedContent| matches!(content, EmbedContent::Map(number) if *number == id.number);
    let at = page.embeds.iter().position(is_it)?;
    let lines = page.document.embeds.get(at)?.text.lines();
    let is_click = |line: &str| line.strip_prefix("click").is_some_and(|rest| rest.starts_with([' ', '\t']));
    let is_comment = |line: &str| line.starts_with("%%") && !line.starts_with("%%{");
    let is_kept = |line: &&str| !is_click(line.trim_start()) && !is_comment(line.trim_start());
    Some(lines.filter(is_kept).collect::<Vec<_>>().join("\n"))
}
