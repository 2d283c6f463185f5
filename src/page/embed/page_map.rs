//! A map on its page: drawn, with the page's links for its steps.

use super::settings::MapSettings;
use crate::map::graph::{Endpoint, Graph, LaneId, NodeId};
use crate::map::index_vec::Id as _;
use crate::map::layout::{self, Layout, LayoutOptions};
use crate::map::part;
use crate::map::reconcile::Map;
use crate::map::reference::{self, LinkRef, Row, TableInput};
use crate::map::svg::{self, Details, Drawing, NodeLinks};
use crate::map::thumbnail::{Thumbnail, thumbnail};
use crate::markdown::{Link, LinkKind, Table};
use crate::source::{Located, Span};

/// A diagram with its table, reconciled and drawn.
#[derive(Clone, Debug)]
pub struct PageMap {
    /// What its page calls it for others; they may always use the page's own name.
    pub name: Option<Located<String>>,
    /// Its anchor on the page: `map-1`.
    pub anchor: String,
    /// What is drawn: the diagram, corrected by the table.
    pub graph: Graph,
    /// Where it is drawn.
    pub layout: Layout,
    /// The nodes in the order of the table, then those it does not have.
    pub order: Vec<NodeId>,
    /// For each node what it is for, in a sentence: of its click, else of its row.
    pub tooltips: Vec<Option<String>>,
    /// The same, small and without words.
    pub thumbnail: Option<Thumbnail>,
    /// The SVG, with holes for the addresses of its nodes.
    pub drawing: Drawing,
    /// For each node, the link it is: its row's first action, else its click. Position in `Page::links`.
    pub links: Vec<Option<u32>>,
    /// For each node, the link of its click. Position in `Page::links`.
    pub clicks: Vec<Option<u32>>,
    /// For each node, the first actions of its row.
    pub actions: Vec<Option<Actions>>,
    /// The table that says the same: position in `Document::tables`.
    pub table: Option<usize>,
    /// Whether it was drawn from a table alone, and so goes above it.
    pub is_above_table: bool,
    /// The block; the table, when there is none.
    pub span: Span,
}

/// Where a map comes from.
#[derive(Copy, Clone, Debug)]
pub(super) struct MapPlace {
    /// The block; the table, when there is none.
    pub(super) span: Span,
    /// The table that says the same: position in `Document::tables`.
    pub(super) table: Option<usize>,
}

/// The first actions of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actions {
    /// The cell.
    pub span: Span,
    /// Its links: positions in `Page::links`.
    pub links: Vec<u32>,
}

impl PageMap {
    /// What readers see when they point at a node.
    #[must_use]
    pub fn tooltip(&self, node: NodeId) -> Option<&str> {
        self.tooltips.get(node.index())?.as_deref()
    }

    /// The id of its table.
    #[must_use]
    pub fn table_id(&self) -> String {
        format!("{}-table", self.anchor)
    }

    /// Draws a map. The targets of its clicks are added to `links`.
    pub(super) fn new(map: Map, place: MapPlace, settings: &MapSettings, number: usize, links: &mut Vec<Link>) -> Self {
        let MapPlace { span, table } = place;
        let order = map.order();
        let ids = || map.graph.node_ids();
        let tooltips: Vec<Option<String>> = ids().map(|node| map.tooltip(node).map(str::to_owned)).collect();
        let actions: Vec<Option<Actions>> = ids().map(|node| actions(map.row(node)?)).collect();
        let mut graph = map.graph;
        // After all links of the text: `Page::clicks_from` relies on that.
        let clicks = clicks(&graph, links);
        // The table wins over a click in the diagram: it is what readers see, and clicks are forgotten when it
        // changes.
        let first = |actions: &Option<Actions>| actions.as_ref().and_then(|actions| actions.links.first().copied());
        let linked: Vec<Option<u32>> =
            actions.iter().zip(&clicks).map(|(actions, click)| first(actions).or(*click)).collect();
        // What the diagram says is nearer to it than what its page says.
        if graph.title.is_none() {
            graph.title = settings.title.as_ref().map(|title| Located::new(title.clone(), span));
        }
        let layout = layout::layout(&graph, &LayoutOptions::default());
        // The page's name is its first map's; others go by their numbers.
        // A page gives one name. Its other maps go by number, so that no two have the same.
        let name = settings.name.clone().filter(|_| number == 0);
        let anchor = format!("map-{}", number + 1);
        let details = Details { prefix: &anchor, order: &order, tooltips: &tooltips };
        let drawing = svg::draw(&graph, &layout, &details, |node| match linked.get(node.index()) {
            Some(Some(_)) => NodeLinks::Yes,
            _ => NodeLinks::No,
        });
        let links = linked;
        let is_above_table = false;
        Self {
            name,
            anchor,
            graph,
            order,
            tooltips,
            thumbnail: thumbnail(&layout),
            layout,
            drawing,
            links,
            clicks,
            actions,
            table,
            is_above_table,
            span,
        }
    }

    /// What readers call it.
    #[must_use]
    pub fn title(&self) -> &str {
        self.graph.title.as_ref().map_or("Workflow map", |title| &title.value)
    }

    /// What a drawing of it shows in addition to the graph.
    #[must_use]
    pub fn details<'a>(&'a self, prefix: &'a str) -> Details<'a> {
        Details { prefix, order: &self.order, tooltips: &self.tooltips }
    }

    /// The lane of a title or id.
    #[must_use]
    pub fn lane_called(&self, name: &str) -> Option<LaneId> {
        part::lane_called(&self.graph, name)
    }

    /// The position of the stage of a number or heading.
    #[must_use]
    pub fn stage_called(&self, name: &str) -> Option<u32> {
        part::stage_called(&self.graph, name)
    }

    /// The nodes right before and right after a node, in the order of the table.
    #[must_use]
    pub fn neighbours(&self, node: NodeId) -> (Vec<NodeId>, Vec<NodeId>) {
        let other = |here: Endpoint, there: Endpoint| match (here, there) {
            // A step that repeats itself is not its own neighbour.
            (Endpoint::Node(here), Endpoint::Node(there)) if here == node && there != node => Some(there),
            _ => None,
        };
        let mut before: Vec<NodeId> = self.graph.edges.iter().filter_map(|edge| other(edge.to, edge.from)).collect();
        let mut after: Vec<NodeId> = self.graph.edges.iter().filter_map(|edge| other(edge.from, edge.to)).collect();
        let place = |node: &NodeId| self.order.iter().position(|own| own == node);
        for nodes in [&mut before, &mut after] {
            nodes.sort_by_key(place);
            // Two arrows may connect the same steps; sorted, they are next to each other.
            nodes.dedup();
        }
        (before, after)
    }

    /// The link that a node is: position in `Page::links`.
    #[must_use]
    pub fn link(&self, node: NodeId) -> Option<usize> {
        self.links.get(node.index()).copied().flatten().map(|link| link as usize)
    }
}

/// A table as maps see it.
pub(super) fn as_input(table: &Table, links: &[Link]) -> TableInput {
    // An image leads nowhere. Of a malformed link such as `[Call](https://x.org/"a b")` only the address became a link.
    let leads = |cell: &crate::markdown::TableCell, link: &Link| match link.kind {
        LinkKind::Markdown | LinkKind::HtmlHref => true,
        LinkKind::Autolink => !cell.text.contains("]("),
        LinkKind::Image | LinkKind::UnusedDefinition | LinkKind::HtmlSrc | LinkKind::HtmlOther => false,
    };
    let links_of = |cell: &crate::markdown::TableCell| {
        let all = cell.links.clone().filter_map(|index| Some((index, links.get(index as usize)?)));
        let leading = all.filter(|(_, link)| leads(cell, link));
        leading.map(|(index, link)| LinkRef { index, text: link.text.clone() }).collect()
    };
    let cell = |cell: &crate::markdown::TableCell| reference::ReferenceCell {
        text: cell.text.clone(),
        span: cell.span,
        links: links_of(cell),
    };
    let uneven = |row: &crate::markdown::UnevenRow| reference::UnevenReferenceRow {
        row: row.row,
        span: row.span,
        too_few: row.too_few,
    };
    TableInput {
        header: table.header.iter().map(cell).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        uneven: table.uneven.iter().map(uneven).collect(),
        span: table.span,
    }
}

/// Adds each node's click target to the page's links.
fn clicks(graph: &Graph, links: &mut Vec<Link>) -> Vec<Option<u32>> {
    let mut add = |node: &crate::map::graph::Node| {
        let click = node.click.as_ref()?;
        let index = u32::try_from(links.len()).ok()?;
        links.push(Link {
            kind: LinkKind::HtmlHref,
            destination: click.target.value.clone(),
            span: click.target.span,
            whole: click.span,
            text: node.label.title(),
            width: None,
        });
        Some(index)
    };
    graph.nodes.iter().map(&mut add).collect()
}

/// The first actions of a row; none when its cell has no link.
fn actions(row: &Row) -> Option<Actions> {
    let links: Vec<u32> = row.first_action.iter().map(|link| link.index).collect();
    let span = row.first_action_span?;
    (!links.is_empty()).then_some(Actions { span, links })
}
