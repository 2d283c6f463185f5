//! `swimlane/map-not-found`, `swimlane/lane-not-found`, `swimlane/stage-not-found`: a block shows a map, or a part
//! of one, that is not there.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule, did_you_mean, nearest};
use crate::page::{EmbedContent, PageMap, Swimlane};
use crate::site::{MapId, MapNotFound, PageId, Site};
use crate::source::SourcePath;

/// No such map.
pub static MAP: Rule = Rule::error("swimlane/map-not-found", include_str!("map_not_found.md"));
/// The map has no such lane.
pub static LANE: Rule = Rule::error("swimlane/lane-not-found", include_str!("lane_not_found.md"));
/// The map has no such stage.
pub static STAGE: Rule = Rule::error("swimlane/stage-not-found", include_str!("stage_not_found.md"));

/// Looks at the maps that a page shows from elsewhere.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(compiled) = site.page(page).markdown() else { return };
    for embed in &compiled.embeds {
        let EmbedContent::Swimlane(shown) = embed else { continue };
        match site.map_called(page, &shown.name.value) {
            Ok(id) => found.extend(site.map(id).into_iter().flat_map(|map| parts(map, shown))),
            Err(problem) => found.push(no_map(site, page, shown, &problem)),
        }
    }
}

fn no_map(site: &Site, page: PageId, shown: &Swimlane, problem: &MapNotFound) -> Diagnostic {
    let name = &shown.name;
    match problem {
        MapNotFound::Ambiguous(maps) if maps.is_empty() => MAP
            .at(name.span, "the site has several maps")
            .help(format!("name one of them: {}", listed(site.map_names().map(str::to_owned)))),
        MapNotFound::Ambiguous(maps) => {
            let folder = site.page(page).source.as_ref().map_or_else(SourcePath::root, SourcePath::parent);
            let path = |id: &MapId| site.map_source(*id).map(|source| source.relative_to(&folder));
            MAP.at(name.span, format!("ambiguous map `{}`: several maps have this name", name.value))
                .help(format!("use the path of the page instead: {}", listed(maps.iter().filter_map(path))))
        }
        MapNotFound::Unknown => {
            let near = site.map_named_nearly(&name.value);
            let help = match near {
                Some(near) => did_you_mean(near),
                None if site.maps().next().is_none() => "no page has a map".to_owned(),
                None => format!("available: {}", listed(site.map_names().map(str::to_owned))),
            };
            MAP.at(name.span, format!("map not found: `{}`", name.value)).help(help)
        }
    }
}

fn parts(map: &PageMap, shown: &Swimlane) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(lane) = shown.lane.as_ref().filter(|lane| map.lane_called(&lane.value).is_none()) {
        let titles: Vec<String> = map.graph.lanes.iter().map(|lane| lane.title.text()).collect();
        let finding = LANE.at(lane.span, format!("the map has no lane `{}`", lane.value));
        found.push(finding.help(instead(&lane.value, &titles, "lanes")));
    }
    if let Some(stage) = shown.stage.as_ref().filter(|stage| map.stage_called(&stage.value).is_none()) {
        let titles: Vec<String> = map.graph.stages.iter().map(|stage| stage.title.clone()).collect();
        let finding = STAGE.at(stage.span, format!("the map has no stage `{}`", stage.value));
        found.push(finding.help(instead(&stage.value, &titles, "stages")));
    }
    found
}

/// What to write in place of a name.
fn instead(name: &str, titles: &[String], kind: &str) -> String {
    match nearest(name, titles.iter().map(String::as_str)) {
        Some(near) => did_you_mean(near),
        None if titles.is_empty() => format!("the map has no {kind}"),
        None => format!("available: {}", listed(titles.iter().cloned())),
    }
}

fn listed(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().take(12).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
