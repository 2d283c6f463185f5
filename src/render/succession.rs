//! Draws how playbooks follow one another, as a map with a link to each.

use std::collections::HashMap;

use super::href::to_page;
use super::map::steps;
use super::view::{MapView, SafeHtml};
use crate::map::graph::{Edge, EdgeLine, Endpoint, Graph, Label, Node, NodeId, Shape, Tip};
use crate::map::layout::{LayoutOptions, layout};
use crate::map::svg::{self, Details, NodeLinks};
use crate::site::{PageId, Site, SitePlaybook};
use crate::source::Located;
use crate::wording::Wording;

/// The width of the column of text.
const COLUMN: i32 = 800;
/// The map's id on the page.
const ID: &str = "succession";

/// The map; nothing when no playbook follows another. Playbooks that follow none and lead to none are not on it.
pub(super) fn map(site: &Site, from: PageId) -> Option<MapView<'static>> {
    let playbooks = site.playbooks_in_order();
    let position: HashMap<&str, usize> =
        playbooks.iter().enumerate().map(|(at, entry)| (entry.playbook.id.as_str(), at)).collect();
    let next = |entry: &&SitePlaybook| -> Vec<usize> {
        let named = entry.playbook.next_playbook.iter().filter_map(|next| site.playbook_with_id(&next.value));
        let mut next: Vec<usize> =
            named.filter_map(|(_, next)| position.get(next.playbook.id.as_str()).copied()).collect();
        next.dedup();
        next
    };
    let arrows: Vec<(usize, usize)> =
        playbooks.iter().enumerate().flat_map(|(at, entry)| next(entry).into_iter().map(move |to| (at, to))).collect();
    let on_map: Vec<usize> =
        (0..playbooks.len()).filter(|at| arrows.iter().any(|(from, to)| from == at || to == at)).collect();
    // A playbook that only repeats itself is not a succession.
    if arrows.iter().all(|(from, to)| from == to) {
        return None;
    }
    let title = Wording::english().say("playbook.succession");
    let graph = Graph {
        // There is at least one playbook, because there is an arrow.
        title: Some(Located::new(title.to_owned(), playbooks.first()?.playbook.start)),
        nodes: on_map.iter().filter_map(|at| playbooks.get(*at)).map(|entry| node(entry)).collect(),
        edges: arrows.iter().filter_map(|(from, to)| edge(&on_map, &playbooks, *from, *to)).collect(),
        ..Graph::default()
    };
    let layout = layout(&graph, &LayoutOptions { width: COLUMN });
    let drawing = svg::draw(&graph, &layout, &Details::plain(ID), |_| NodeLinks::Yes);
    let page = |node: NodeId| {
        let entry = on_map.get(node.0 as usize).and_then(|at| playbooks.get(*at))?;
        Some(to_page(site, from, entry.page).to_string())
    };
    let order: Vec<NodeId> = (0u32..).map(NodeId).take(on_map.len()).collect();
    Some(MapView {
        id: ID.into(),
        title: title.into(),
        svg: SafeHtml::new(drawing.fill(page)),
        width: layout.size.w,
        steps: steps(&graph, &order, &page),
        ..MapView::default()
    })
}

fn node(entry: &SitePlaybook) -> Node {
    let playbook = &entry.playbook;
    Node {
        id: playbook.id.clone(),
        label: Label::plain(&playbook.name.value),
        shape: Shape::Rounded,
        lane: None,
        group: None,
        stage: None,
        classes: Vec::new(),
        style: Vec::new(),
        click: None,
        declared: true,
        span: playbook.start,
        label_span: None,
    }
}

fn edge(on_map: &[usize], playbooks: &[&SitePlaybook], from: usize, to: usize) -> Option<Edge> {
    let end = |at: usize| {
        let position = on_map.iter().position(|one| *one == at)?;
        Some(Endpoint::Node(NodeId(u32::try_from(position).ok()?)))
    };
    Some(Edge {
        from: end(from)?,
        to: end(to)?,
        label: None,
        line: EdgeLine::Solid,
        tail: Tip::None,
        head: Tip::Arrow,
        length: 1,
        style: Vec::new(),
        span: playbooks.get(from)?.playbook.start,
    })
}
