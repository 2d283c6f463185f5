//! "You are here": thumbnails of the maps that open a page, with its steps highlighted and their neighbours listed.
//!
//! The size of this is bounded, however many steps lead to the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::map::home;
use super::view::{HereStep, HereView, LinkView, SafeHtml};
use crate::html::escaped;
use crate::map::graph::NodeId;
use crate::page::PageMap;
use crate::site::{MapId, PageId, Site};

/// At most this many maps on a page.
const MOST_MAPS: usize = 3;
/// At most this many of the page's steps on one map.
const MOST_STEPS: usize = 4;
/// At most this many steps before or after a step.
const MOST_NEIGHBOURS: usize = 4;

/// The positions of a page, map by map.
pub(super) fn view(site: &Site, page: PageId) -> Vec<HereView<'_>> {
    // Sorted by page, so that the three that are shown are the same in every build.
    let mut by_map: BTreeMap<MapId, Vec<NodeId>> = BTreeMap::new();
    for place in site.map_uses(page) {
        by_map.entry(place.map).or_default().push(NodeId(place.node));
    }
    let maps = by_map.into_iter().take(MOST_MAPS);
    maps.filter_map(|(id, nodes)| Some(on_map(site, page, id, site.map(id)?, &nodes))).collect()
}

/// The site's first map that can be drawn this small, with none of its steps highlighted.
pub(super) fn first_map(site: &Site, page: PageId) -> Option<HereView<'_>> {
    let id = site.first_small_map()?;
    Some(on_map(site, page, id, site.map(id)?, &[]))
}

fn on_map<'a>(site: &Site, page: PageId, id: MapId, map: &'a PageMap, nodes: &[NodeId]) -> HereView<'a> {
    let link = |node: &NodeId| {
        let title = title(map, *node);
        let link = map.link(*node).map(|link| site.link(id.page, link));
        match link.and_then(|link| site.href_of_link(&site.page(page).address, link)) {
            Some(href) => LinkView::new(title, href),
            None => LinkView::unlinked(title),
        }
    };
    let step = |node: &NodeId| {
        let (before, after) = map.neighbours(*node);
        let links = |nodes: &[NodeId]| nodes.iter().take(MOST_NEIGHBOURS).map(link).collect();
        let lane = map.graph.node(*node).lane;
        HereStep {
            title: title(map, *node).into(),
            lane: lane.map(|lane| map.graph.lane(lane).title.text().into()),
            before: links(&before),
            after: links(&after),
        }
    };
    HereView {
        map: home(site, page, id, map),
        thumbnail: thumbnail(map, nodes),
        steps: nodes.iter().take(MOST_STEPS).map(step).collect(),
        more: nodes.len().saturating_sub(MOST_STEPS),
    }
}

fn title(map: &PageMap, NodeId(node): NodeId) -> String {
    map.graph.node(NodeId(node)).label.title()
}

/// The thumbnail with some nodes highlighted and their neighbours marked.
fn thumbnail<'a>(map: &PageMap, nodes: &[NodeId]) -> Option<SafeHtml<'a>> {
    let small = map.thumbnail.as_ref()?;
    let (width, height) = small.size;
    let titles: Vec<String> = nodes.iter().take(MOST_STEPS).map(|node| title(map, *node)).collect();
    let label = escaped(&format!("{}: {}", map.title(), titles.join(", ")));
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg class=\"tiny-map\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
         aria-label=\"{label}\">{}",
        small.paths
    );
    let beside = nodes.iter().flat_map(|node| {
        let (before, after) = map.neighbours(*node);
        before.into_iter().chain(after)
    });
    let position = |NodeId(node): NodeId| node as usize;
    let beside: std::collections::BTreeSet<usize> = beside.map(position).collect();
    // Neighbours first: a step that is both is drawn once more, on top, as the page's own.
    small.lit(&mut svg, "tb", beside);
    small.lit(&mut svg, "th", nodes.iter().copied().map(position));
    svg.push_str("</svg>");
    Some(SafeHtml::new(svg))
}
