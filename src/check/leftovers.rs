//! What is left of the syntax of other tools. A few places are slips; a whole site of them is one decision, so they are
//! one finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics, MOST_ALIKE, Rule};
use crate::markdown::{Leftover, Tool};
use crate::site::{PageId, Site};

/// Reports what the pages have of each tool.
pub(super) fn check(site: &Site, found: &mut Diagnostics) {
    let mut by_tool: BTreeMap<(&str, &str), Leftovers<'_>> = BTreeMap::new();
    for (id, page) in site.pages() {
        let left = page.markdown().map_or(&[][..], |page| &page.document.leftovers);
        for Leftover { tool, finding } in left {
            let entry = (finding.rule.code, tool.name);
            by_tool.entry(entry).or_insert_with(|| Leftovers::of(tool, finding.rule)).add(id, finding);
        }
    }
    for left in by_tool.into_values() {
        left.report(found);
    }
}

/// All places of one tool.
struct Leftovers<'s> {
    tool: &'static Tool,
    rule: &'static Rule,
    places: Vec<(PageId, &'s Diagnostic)>,
    /// A text that ten pages include is left on each of them, and is one place.
    spans: BTreeSet<(usize, u32)>,
}

impl<'s> Leftovers<'s> {
    fn of(tool: &'static Tool, rule: &'static Rule) -> Self {
        Self { tool, rule, places: Vec::new(), spans: BTreeSet::new() }
    }

    fn add(&mut self, page: PageId, finding: &'s Diagnostic) {
        if self.spans.insert((finding.span.source.index(), finding.span.start)) {
            self.places.push((page, finding));
        }
    }

    fn report(self, found: &mut Diagnostics) {
        let Self { tool, rule, places, .. } = self;
        if places.len() <= MOST_ALIKE {
            return found.extend(places.into_iter().map(|(_, finding)| finding.clone()));
        }
        let pages: Vec<_> = places.chunk_by(|(one, _), (next, _)| one == next).collect();
        let Some((first, others)) = pages.split_first() else { return };
        let Some((_, start)) = first.first() else { return };
        // Without numbers, which would make it another finding to a baseline with every place that is mended.
        let message = format!("syntax of {} is left on pages; readers do not see what it stands for", tool.name);
        let help = format!("{} places on {} pages: {}", places.len(), pages.len(), tool.help);
        let finding = rule.at(start.span, message).help(help);
        // The first place of each page, so that no page with one goes without.
        let more = others.iter().filter_map(|page| Some((page.len(), page.first()?.1.span)));
        found.push(more.fold(finding, |finding, (count, span)| {
            let label = if count == 1 { "also here".to_owned() } else { format!("the first of {count} on this page") };
            finding.related(span, label)
        }));
    }
}
