//! Defects of workflow maps: what diagram and table say that the other does not.
//! In: a project. Out: defects.
//! Never knows: how maps are read.

use std::ops::Range;

use partner_docs::page::PageMap;

use crate::ground::{Bed, Ground};
use crate::trial::Plant;
use crate::{Kind, Repair};

pub(crate) const KINDS: &[Kind] = &[
    ("map: node without a row", Repair::Unknown, rows_gone),
    ("map: row without a node", Repair::Unknown, rows_added),
    ("map: row twice", Repair::Unknown, rows_twice),
    ("map: row with a cell too few", Repair::Unknown, rows_short),
    ("map: another lane", Repair::Known, lanes),
    ("map: another title", Repair::Known, titles),
    ("map: another stage", Repair::Known, stages),
    ("map: click elsewhere", Repair::Known, clicks_elsewhere),
    ("map: click to nothing", Repair::Known, |ground| clicks(ground, "diagram/click-not-found", &dead)),
    ("map: click to no heading", Repair::Unknown, clicks_to_no_heading),
    ("map: edge to an undefined node", Repair::Known, edges),
];

/// Something for every node of every map that is held against a table.
fn nodes(ground: &Ground, plant: &dyn Fn(&Bed<'_>, &PageMap, usize) -> Option<Plant>) -> Vec<Plant> {
    let mut plants = Vec::new();
    for bed in ground.beds() {
        for map in bed.page.maps.iter().filter(|map| map.actions.iter().any(Option::is_some)) {
            plants.extend((0..map.graph.nodes.len()).filter_map(|node| plant(&bed, map, node)));
        }
    }
    plants
}

/// The line of a node's row, with its break.
fn row(bed: &Bed<'_>, id: &str) -> Option<Range<usize>> {
    let start = bed.text.find(&format!("\n| {id} |"))? + 1;
    Some(start..start + bed.text[start..].find('\n')? + 1)
}

/// The place of a cell's words in a row.
fn cell(bed: &Bed<'_>, row: &Range<usize>, column: usize) -> Option<Range<usize>> {
    let line = &bed.text[row.clone()];
    let bars: Vec<usize> = line.match_indices('|').map(|(at, _)| at).collect();
    let inside = bars.get(column)? + 1..*bars.get(column + 1)?;
    let text = &line[inside.clone()];
    let start = row.start + inside.start + (text.len() - text.trim_start().len());
    Some(start..start + text.trim().len())
}

fn id(map: &PageMap, node: usize) -> &str {
    &map.graph.nodes[node].id
}

fn rows_gone(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let row = row(bed, id(map, node))?;
        let at = map.graph.nodes[node].span.range().start;
        let text = format!("{}{}", &bed.text[..row.start], &bed.text[row.end..]);
        Some(Plant::marked("swimlane/node-not-in-table", &bed.path, &format!("{}§{}", &text[..at], &text[at..])))
    })
}

fn rows_added(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let row = row(bed, id(map, node))?;
        let cell = cell(bed, &row, 0)?;
        let copy = bed.text[row.clone()].replacen(id(map, node), "§QZ9", 1);
        let title = self::cell(bed, &row, 2)?;
        let copy = copy.replacen(&bed.text[title], "Feed the partner's cat", 1);
        (!cell.is_empty())
            .then(|| Plant::edit("swimlane/row-not-in-diagram", &bed.path, bed.text, (row.end..row.end, &copy)))
    })
}

fn rows_twice(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let row = row(bed, id(map, node))?;
        let copy = bed.text[row.clone()].replacen(id(map, node), &format!("§{}", id(map, node)), 1);
        Some(Plant::edit("swimlane/duplicate-id", &bed.path, bed.text, (row.end..row.end, &copy)))
    })
}

/// A row without the cell that says who.
fn rows_short(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let row = row(bed, id(map, node))?;
        let bars: Vec<usize> = bed.text[row.clone()].match_indices('|').map(|(at, _)| row.start + at).collect();
        let text =
            format!("{}§{}{}", &bed.text[..row.start], &bed.text[row.start..bars[1]], &bed.text[*bars.get(2)?..]);
        Some(Plant::marked("swimlane/incomplete-row", &bed.path, &text))
    })
}

/// The line of a node's declaration put into another lane.
fn lanes(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let written = &map.graph.nodes[node];
        let start = bed.text[..written.span.range().start].rfind('\n')? + 1;
        let end = start + bed.text[start..].find('\n')? + 1;
        let line = bed.text[start..end].replacen(&written.id, &format!("§{}", written.id), 1);
        let own = written.lane?;
        let other = map.graph.lanes.iter().enumerate().find(|(lane, _)| *lane != own.0 as usize)?;
        let head = bed.text[other.1.span.range().start..].find('\n')? + other.1.span.range().start + 1;
        let shared = bed.text[start..end].trim_start().starts_with(&format!("{}[", written.id));
        let text = if head <= start {
            format!("{}{line}{}{}", &bed.text[..head], &bed.text[head..start], &bed.text[end..])
        } else {
            format!("{}{}{line}{}", &bed.text[..start], &bed.text[end..head], &bed.text[head..])
        };
        shared.then(|| Plant::marked("swimlane/lane-mismatch", &bed.path, &text))
    })
}

fn titles(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let label = map.graph.nodes[node].label_span?.range();
        let written = &bed.text[label.clone()];
        let open = written.find("<b>")? + 3;
        let close = written.find("</b>")?;
        let number = written[open..close].find(' ').map_or(open, |at| open + at + 1);
        // What the table does not say cannot differ.
        if !bed.text.contains("| Step") || !bed.text[row(bed, id(map, node))?].contains(&written[number..close]) {
            return None;
        }
        let new = format!("{}§Feed the cat{}", &written[..number], &written[close..]);
        Some(Plant::edit("swimlane/label-mismatch", &bed.path, bed.text, (label, &new)))
    })
}

fn stages(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let label = map.graph.nodes[node].label_span?.range();
        let written = &bed.text[label.clone()];
        let at = written.find("<b>")? + 3;
        let digit = written[at..].chars().next().filter(char::is_ascii_digit)?;
        // What the row does not say cannot differ.
        let row = row(bed, id(map, node))?;
        if !bed.text[row].contains("[Stage ") {
            return None;
        }
        let other = if digit == '9' { '8' } else { '9' };
        let new = format!("{}§{other}{}", &written[..at], &written[at + 1..]);
        Some(Plant::edit("swimlane/label-mismatch", &bed.path, bed.text, (label, &new)))
    })
}

/// Every click with another destination.
fn clicks(ground: &Ground, code: &'static str, change: &dyn Fn(&str) -> Option<String>) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let target = map.graph.nodes[node].click.as_ref()?.target.span.range();
        let written = &bed.text[target.clone()];
        Some(Plant::edit(code, &bed.path, bed.text, (target, &change(written)?)))
    })
}

fn dead(written: &str) -> Option<String> {
    let (path, rest) = written.split_at(written.find('#').unwrap_or(written.len()));
    match (path.strip_suffix('/'), path.strip_suffix(".md")) {
        (Some(page), _) => Some(format!("§{page}x/{rest}")),
        (None, Some(page)) => Some(format!("§{page}x.md{rest}")),
        _ => None,
    }
}

fn clicks_elsewhere(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let own = &map.graph.nodes[node].click.as_ref()?.target;
        let others = map.graph.nodes.iter().filter_map(|other| other.click.as_ref());
        let page = |written: &str| written.split('#').next().unwrap_or_default().to_owned();
        let other = others.map(|click| &click.target).find(|other| page(&other.value) != page(&own.value))?;
        let new = format!("§{}", other.value);
        // A row with several first actions may allow the other one as well.
        let row = row(bed, id(map, node))?;
        let name = page(&other.value);
        let stem = name.trim_end_matches('/').trim_end_matches(".md").rsplit('/').next()?.to_owned();
        let allowed = bed.text[row].contains(&stem);
        (!allowed).then(|| Plant::edit("swimlane/click-mismatch", &bed.path, bed.text, (own.span.range(), &new)))
    })
}

fn clicks_to_no_heading(ground: &Ground) -> Vec<Plant> {
    clicks(ground, "diagram/click-not-found", &|written| {
        let path = written.split('#').next()?;
        (!path.is_empty()).then(|| format!("{path}§#qzx-nowhere"))
    })
}

/// Every edge that stands alone on its line, to a node that nobody declares.
fn edges(ground: &Ground) -> Vec<Plant> {
    nodes(ground, &|bed, map, node| {
        let id = id(map, node);
        let start = bed.text.find(&format!(" --> {id}\n"))? + " --> ".len();
        Some(Plant::edit("swimlane/undefined-node", &bed.path, bed.text, (start..start + id.len(), &format!("§{id}Q"))))
    })
}
