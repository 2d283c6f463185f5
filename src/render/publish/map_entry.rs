//! A map in the manifest: what other programs need to draw it, count it, or walk along it.

use serde::Serialize;

use super::target::address;
use crate::map::graph::{Direction, Edge, EdgeLine, Graph, Node, NodeId};
use crate::page::PageMap;
use crate::site::{MapId, Site};
use crate::url::SitePath;

/// A map.
#[derive(Serialize)]
pub(super) struct MapEntry<'a> {
    /// What `{swimlane}` calls it.
    id: String,
    title: &'a str,
    /// The address of its page, and its place there.
    page: &'a str,
    anchor: &'a str,
    /// The same as an SVG file.
    file: Option<String>,
    /// The same as a file of JSON.
    json: Option<String>,
    direction: &'static str,
    lanes: Vec<LaneEntry<'a>>,
    /// Headings in the order of the columns.
    stages: Vec<&'a str>,
    /// In the order of the table.
    nodes: Vec<NodeEntry<'a>>,
    edges: Vec<EdgeEntry<'a>>,
}

#[derive(Serialize)]
struct LaneEntry<'a> {
    id: &'a str,
    title: String,
}

#[derive(Serialize)]
struct NodeEntry<'a> {
    id: &'a str,
    title: String,
    /// All of its label.
    text: String,
    lane: Option<&'a str>,
    stage: Option<&'a str>,
    tooltip: Option<&'a str>,
    target: Option<String>,
}

#[derive(Serialize)]
struct EdgeEntry<'a> {
    from: &'a str,
    to: &'a str,
    line: &'static str,
    label: Option<String>,
}

/// A map as a file of its own.
#[derive(Serialize)]
struct MapFile<'a> {
    version: u32,
    /// The address of its page as Markdown.
    markdown: Option<String>,
    #[serde(flatten)]
    map: MapEntry<'a>,
}

/// The version of the file: it grows when a field changes its meaning.
pub(super) const VERSION: u32 = 1;

/// Each map as a file.
pub(in crate::render) fn files(site: &Site) -> Vec<(SitePath, String)> {
    let file = |(id, place): (MapId, Option<SitePath>)| {
        let (place, map) = (place?, site.map(id)?);
        let markdown = site.markdown_file(id.page).map(|file| file.to_string());
        let file = MapFile { version: VERSION, markdown, map: entry(site, id, map, Some(&place)) };
        Some((place, serde_json::to_string_pretty(&file).expect("a map is plain data") + "\n"))
    };
    site.map_files().into_iter().filter_map(file).collect()
}

/// All maps of the site.
pub(super) fn entries(site: &Site) -> impl Iterator<Item = MapEntry<'_>> {
    let files = site.map_files().into_iter();
    files.filter_map(|(id, place)| Some(entry(site, id, site.map(id)?, place.as_ref())))
}

fn entry<'a>(site: &'a Site, id: MapId, map: &'a PageMap, json: Option<&SitePath>) -> MapEntry<'a> {
    let graph = &map.graph;
    MapEntry {
        id: site.map_name(id),
        title: map.title(),
        page: site.page(id.page).address.as_str(),
        anchor: &map.anchor,
        file: site.map_file(id).map(|file| file.to_string()),
        json: json.map(ToString::to_string),
        direction: match graph.direction {
            Direction::LeftRight => "LR",
            Direction::RightLeft => "RL",
            Direction::TopBottom => "TB",
            Direction::BottomTop => "BT",
        },
        lanes: graph.lanes.iter().map(|lane| LaneEntry { id: &lane.id, title: lane.title.text() }).collect(),
        stages: graph.stages.iter().map(|stage| stage.title.as_str()).collect(),
        nodes: map.order.iter().map(|id_of_node| node(site, id, map, *id_of_node)).collect(),
        edges: graph
            .edges
            .iter()
            // Invisible edges only arrange the drawing: whoever walks along the map must not follow them.
            .filter(|edge| edge.line != EdgeLine::Invisible)
            .map(|edge| edge_of(graph, edge))
            .collect(),
    }
}

fn node<'a>(site: &'a Site, id: MapId, map: &'a PageMap, at: NodeId) -> NodeEntry<'a> {
    let graph = &map.graph;
    let node: &Node = graph.node(at);
    NodeEntry {
        id: &node.id,
        title: node.label.title(),
        text: node.label.text(),
        lane: node.lane.map(|lane| graph.lane(lane).id.as_str()),
        stage: node.stage.and_then(|stage| graph.stages.get(stage as usize)).map(|stage| stage.title.as_str()),
        tooltip: map.tooltip(at),
        target: map.link(at).and_then(|link| address(site, &site.link(id.page, link).target)),
    }
}

fn edge_of<'a>(graph: &'a Graph, edge: &'a Edge) -> EdgeEntry<'a> {
    EdgeEntry {
        from: graph.id_of(edge.from),
        to: graph.id_of(edge.to),
        line: match edge.line {
            EdgeLine::Dashed => "dashed",
            EdgeLine::Thick => "thick",
            EdgeLine::Solid | EdgeLine::Invisible => "solid",
        },
        label: edge.label.as_ref().map(crate::map::graph::Label::text),
    }
}
