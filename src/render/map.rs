//! Workflow maps on their own page, on other pages, and as SVG files.

use super::content;
use super::view::{LinkView, MapStep, MapView, SafeHtml, TitleStrip};
use crate::map::graph::{Direction, Graph, NodeId};
use crate::map::layout::{Layout, LayoutOptions, layout};
use crate::map::part::{self, GraphPart};
use crate::map::svg::{self, Details, NodeLinks};
use crate::page::directive::drawing_id;
use crate::page::{Directive, EmbedContent, Page, PageMap};
use crate::site::{MapId, PageContent, PageId, Site};
use crate::url::{Anchor, Href, SitePath, with_query};

/// Whether a page shows a map, a thumbnail of one, or another drawing.
pub(super) fn is_shown(site: &Site, id: PageId) -> bool {
    let has_map = |page: &Page| {
        let shown = |embed: &EmbedContent| match embed {
            EmbedContent::Directive(directive) => directive.shows_a_map(),
            EmbedContent::Drawn { .. } => true,
            EmbedContent::Map(_) | EmbedContent::Source { .. } => false,
        };
        !page.maps.is_empty() || page.embeds.iter().any(shown)
    };
    let entry = site.page(id);
    // The overview draws how playbooks follow one another.
    matches!(entry.content, PageContent::Playbooks)
        || !site.map_uses(id).is_empty()
        || entry.markdown().is_some_and(has_map)
}

/// Whether a page shows a map with lanes.
pub(super) fn has_lanes(site: &Site, id: PageId) -> bool {
    let Some(page) = site.page(id).markdown() else { return false };
    let with_lanes = |map: &PageMap| map.layout.lanes.iter().next().is_some();
    let elsewhere = |embed: &EmbedContent| match embed {
        EmbedContent::Directive(directive) if directive.shows_a_map() => {
            let map = site.map_called(id, &directive.argument.value).ok().and_then(|map| site.map(map));
            map.is_some_and(with_lanes)
        }
        _ => false,
    };
    page.maps.iter().any(|map| with_lanes(map)) || page.embeds.iter().any(elsewhere)
}

/// A map on its own page.
pub(super) fn at_home<'a>(site: &'a Site, id: MapId, page: &'a Page) -> MapView<'a> {
    let map = page.map(id.number);
    let href = |node| map.link(node).and_then(|link| content::address(site, id.page, page, link));
    let svg = map.drawing.fill(href);
    let address = &site.page(id.page).address;
    MapView {
        id: map.anchor.as_str().into(),
        title: map.title().into(),
        caption: None,
        svg: SafeHtml::new(svg),
        width: map.layout.size.w,
        titles: title_strip(&map.layout),
        steps: steps(&map.graph, &map.order, &href),
        table: map.table.map(|_| map.table_id().into()),
        home: None,
        file: site.map_file(id).map(|file| Href::between(address, &file, None)),
    }
}

/// A map, or a part of one, on the page `from`. None if there is no such map, which a rule reports.
pub(super) fn elsewhere<'a>(site: &'a Site, from: PageId, shown: &Directive, number: usize) -> Option<MapView<'a>> {
    let id = site.map_called(from, &shown.argument.value).ok()?;
    let map = site.map(id)?;
    let lane = shown.option("lane").and_then(|lane| map.lane_called(&lane.value));
    let stage = shown.option("stage").and_then(|stage| map.stage_called(&stage.value));
    let is_part = lane.is_some() || stage.is_some();
    let GraphPart { graph, nodes } =
        part::cut(&map.graph, |node| (lane.is_none() || node.lane == lane) && (stage.is_none() || node.stage == stage));
    let whole = |NodeId(node)| nodes.get(node as usize).copied();
    // Layout is the costly part of a map: a whole one keeps the layout from its own page.
    let laid_out = if is_part { layout(&graph, &LayoutOptions::default()) } else { map.layout.clone() };
    let tooltips: Vec<Option<String>> = nodes.iter().map(|node| map.tooltip(*node).map(str::to_owned)).collect();
    let order: Vec<NodeId> = map
        .order
        .iter()
        .filter_map(|node| nodes.iter().position(|own| own == node))
        .filter_map(|at| u32::try_from(at).ok().map(NodeId))
        .collect();
    // One page may show the same map twice, and ids must be unique in it.
    let prefix = drawing_id(number);
    // Resolved on the map's own page, where the links were written, but relative to the page that shows the map.
    let href = |node| {
        let link = map.link(whole(node)?)?;
        site.href_of_link(&site.page(from).address, site.link(id.page, link)).map(|href| href.to_string())
    };
    let details = Details { prefix: &prefix, order: &order, tooltips: &tooltips };
    let linked = |node| if href(node).is_some() { NodeLinks::Yes } else { NodeLinks::No };
    let svg = svg::draw(&graph, &laid_out, &details, linked).fill(href);
    Some(MapView {
        title: map.title().into(),
        caption: None,
        svg: SafeHtml::new(svg),
        width: laid_out.size.w,
        titles: title_strip(&laid_out),
        steps: steps(&graph, &order, &href),
        table: None,
        home: Some(home(site, from, id, map)),
        file: None,
        id: prefix.into(),
    })
}

/// The map on its own page, as a link.
pub(super) fn home<'a>(site: &Site, from: PageId, id: MapId, map: &'a PageMap) -> LinkView<'a> {
    let anchor = Anchor::new(&map.anchor);
    let href = Href::between(&site.page(from).address, &site.page(id.page).address, Some(&anchor));
    LinkView::new(map.title(), href)
}

/// Maps whose lanes are columns have their titles on top, where they scroll along.
fn title_strip(layout: &Layout) -> Option<TitleStrip> {
    let upright = matches!(layout.direction, Direction::TopBottom | Direction::BottomTop);
    let strip = layout.lanes.iter().next().filter(|_| !upright)?.strip;
    Some(TitleStrip { width: strip.right(), height: layout.size.h })
}

/// The steps of a map as a list.
pub(super) fn steps<'a>(graph: &Graph, order: &[NodeId], href: &dyn Fn(NodeId) -> Option<String>) -> Vec<MapStep<'a>> {
    let step = |id: &NodeId| {
        let node = graph.nodes.get(id.0 as usize)?;
        Some(MapStep {
            title: node.label.title().into(),
            lane: node.lane.map(|lane| graph.lane(lane).title.text().into()),
            stage: node
                .stage
                .and_then(|stage| graph.stages.get(stage as usize))
                .map(|stage| stage.title.clone().into()),
            href: href(*id).map(Into::into),
        })
    };
    order.iter().filter_map(step).collect()
}

/// Every map as a file of its own. Its links are whole where the site says its address, so that the file works in a
/// README or on a slide; otherwise they are relative to the file.
pub(super) fn files(site: &Site) -> Vec<(SitePath, String)> {
    let drawn = site.maps().filter_map(|(id, map)| {
        let file = site.map_file(id)?;
        // An SVG on a slide or in a README has no page that relative addresses could start from.
        let base = site.config.site_url.as_deref().map(|url| url.trim_end_matches('/'));
        let href = |node: NodeId| {
            let link = site.link(id.page, map.link(node)?);
            match base.zip(site.address_of(&link.target)) {
                Some((base, address)) => Some(with_query(&format!("{base}{address}"), link.query.as_deref())),
                None => site.href_of_link(&file, link).map(|href| href.to_string()),
            }
        };
        let svg = svg::standalone(&map.graph, &map.layout, &map.details("map"), href);
        Some((file.clone(), svg + "\n"))
    });
    drawn.collect()
}
