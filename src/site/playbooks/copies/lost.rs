//! Hand-written copies of playbooks that were deleted or renamed: authors forget the pages that describe them.

use std::collections::BTreeSet;

use super::{CopySource, HandWritten, Nobodys, On, headings_above};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix};
use crate::markdown::Heading;
use crate::page::Page;
use crate::playbook::drift::{NOT_COMPARED, NOT_FOUND};
use crate::playbook::{folded_name, last_part};
use crate::site::{PageId, Site};
use crate::source::{Located, Span};
use crate::url::Anchor;

impl Site {
    /// Of strips and tables that match no playbook, those in a section that should describe one.
    pub(super) fn lost_copies(
        &self,
        on: On<'_>,
        copies: &[HandWritten<'_>],
        mut nobodys: Vec<Nobodys>,
    ) -> Vec<HandWritten<'_>> {
        // Strips were collected before tables. Only the first copy of a section is reported, so they need the order
        // of the text.
        nobodys.sort_by_key(|copy| copy.span);
        let beside = self.sections_of_playbooks(on.page, copies);
        let mut seen = BTreeSet::new();
        let mut lost = Vec::new();
        for Nobodys { span, headings_before, is_strip } in nobodys {
            let is_of_one = |at: usize, heading: &Heading| {
                beside.contains(&around(on.page, at)) || self.renamed_playbook(&heading.text).is_some()
            };
            let section = headings_above(on.page, headings_before).find(|(at, heading)| is_of_one(*at, heading));
            let finding = match section {
                Some((at, heading)) if seen.insert(Some(at)) => {
                    Some(self.no_playbook(&Located::new(heading.text.clone(), span)))
                }
                None if seen.insert(None) => self.of_lost_page(on, span).or_else(|| is_strip.then(|| unknown(span))),
                None if is_strip && self.of_lost_page(on, span).is_none() => Some(unknown(span)),
                Some(_) | None => None,
            };
            lost.extend(finding.map(|finding| HandWritten {
                kind: CopySource::Lost,
                span,
                headings_before,
                replaceable: None,
                drift: vec![finding],
                is_certain: true,
            }));
        }
        lost
    }

    /// The heading levels of the sections that contain copies, each with the section around it.
    fn sections_of_playbooks(&self, page: &Page, copies: &[HandWritten<'_>]) -> BTreeSet<(u8, Option<usize>)> {
        let is_of_one = |copy: &&HandWritten<'_>| matches!(copy.kind, CopySource::Strip(..) | CopySource::Table(..));
        let names = |text: &str| self.playbooks_named(text).next().is_some();
        let section = |copy: &HandWritten<'_>| {
            let (at, _) = headings_above(page, copy.headings_before).find(|(_, heading)| names(&heading.text))?;
            Some(around(page, at))
        };
        copies.iter().filter(is_of_one).filter_map(section).collect()
    }

    /// A page that stands where the page of a playbook would, or is called as one was before its file was renamed, and
    /// describes one that is not there.
    fn of_lost_page(&self, on: On<'_>, span: Span) -> Option<Diagnostic> {
        let path = self.page(on.id).mounted.as_str().strip_suffix(".md")?;
        let of_playbooks = path.strip_prefix("playbooks/");
        let id = of_playbooks.or_else(|| Some(last_part(path)).filter(|name| self.renamed_playbook(name).is_some()))?;
        let is_overview = matches!(id, "index" | "README");
        (!is_overview && self.playbook_of(on.id).is_none())
            .then(|| self.no_playbook(&Located::new(id.to_owned(), span)))
    }

    /// The finding for a text that should name a playbook.
    pub(super) fn no_playbook(&self, named: &Located<String>) -> Diagnostic {
        let finding = NOT_FOUND.at(named.span, format!("playbook not found: `{}`", named.value));
        finding.help(match self.meant_playbook(&named.value) {
            Some(better) => format!("did you mean `{better}`?"),
            None => "remove what is left of it, or restore the playbook".to_owned(),
        })
    }

    /// The id of the playbook that a name probably means.
    fn meant_playbook(&self, name: &str) -> Option<String> {
        self.renamed_playbook(name).or_else(|| self.names.near(&name.to_lowercase()).map(str::to_owned))
    }

    /// The id that the playbook of an old id has now, where it is known that its file was renamed.
    #[must_use]
    pub fn renamed_playbook(&self, old: &str) -> Option<String> {
        let old = folded_name(old);
        let is_old = |id: &str| folded_name(id) == old || folded_name(last_part(id)) == old;
        let id = |path| self.config.playbook_id(path);
        let (_, now) = self.repository.moves().iter().find(|(from, _)| id(from).is_some_and(is_old))?;
        id(now).filter(|id| self.playbook_with_id(id).is_some()).map(str::to_owned)
    }

    /// What the place of a step, or of a playbook among others, is called now that began with the id which the playbook
    /// had before its file was renamed: `#recruit-sign`. A part of the page may still name the playbook as it was
    /// called, so that the place will be there as soon as that is repaired.
    #[must_use]
    pub fn renamed_step(&self, page: PageId, anchor: &str) -> Option<String> {
        let id = |path| self.config.playbook_id(path);
        let names = |old: &str| {
            let parts = self.page(page).markdown().into_iter().flat_map(Page::directives);
            parts.into_iter().any(|(_, argument)| argument.trim() == old)
        };
        self.repository.moves().iter().find_map(|(from, now)| {
            let (old, new) = (id(from)?, id(now)?);
            let rest = anchor.strip_prefix(old).filter(|rest| rest.is_empty() || rest.starts_with('-'))?;
            let step = format!("{new}{rest}");
            let own_page = self.playbook_with_id(new)?.1.page;
            // The page may itself name the old id, and its anchors come back once that is repaired: both repairs are
            // needed, in any order.
            let will_be = || names(old) && self.has_anchor(own_page, &Anchor::new(rest.trim_start_matches('-')));
            (self.has_anchor(page, &Anchor::new(&step)) || will_be()).then_some(step)
        })
    }

    /// Commands on a page that run a missing playbook. `<id>` and the like mean any playbook.
    #[must_use]
    pub fn lost_commands(&self, page: &Page) -> Diagnostics {
        let is_id = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
        // `run = "make {id}"` also matches `make install`, which is not about playbooks.
        let run = self.config.playbooks.run.as_ref().and_then(|run| run.value.split_once("{id}"));
        let is_any = run.is_some_and(|(before, _)| !before.trim().contains([' ', '/', '-']));
        let is_meant = |id: &str| !is_any || self.meant_playbook(id).is_some();
        let is_known = |id: &str| self.playbook_with_id(id).is_some() || !self.playbooks_ending_in(id).is_empty();
        let lost = page
            .document
            .commands
            .iter()
            .filter(|named| is_id(&named.value) && !is_known(&named.value) && is_meant(&named.value));
        let finding = |named: &Located<String>| {
            let fix = self.meant_playbook(&named.value).map(|replacement| Edit { span: named.span, replacement });
            self.no_playbook(named).fix_if(fix.map(|edit| Fix::suggested(vec![edit])))
        };
        lost.map(finding).collect()
    }

    /// What is wrong with the playbook that the front matter of a page names.
    #[must_use]
    pub fn lost_subject(&self, page: &Page) -> Diagnostics {
        let Some(own) = &page.front.playbook else { return Diagnostics::new() };
        if self.playbook_with_id(&own.value).is_some() {
            return Diagnostics::new();
        }
        // Two playbooks of this name are worded as a choice: "not found" would send the author looking for a typo.
        let several: Vec<String> =
            self.playbooks_ending_in(&own.value).iter().map(|entry| format!("`{}`", entry.playbook.id)).collect();
        if !several.is_empty() {
            let finding = NOT_FOUND
                .at(own.span, format!("ambiguous playbook `{}`: it could be {}", own.value, several.join(" or ")));
            return vec![finding.help("use the full id")];
        }
        let finding = NOT_FOUND.at(own.span, format!("playbook not found: `{}`", own.value));
        let Some(better) = self.meant_playbook(&own.value) else {
            return vec![finding.help("remove the line, or restore the playbook")];
        };
        // A value with quotes or escapes is longer than its text, and the edit would take them with it.
        let fix = (own.span.len() == own.value.len())
            .then(|| Fix::suggested(vec![Edit { span: own.span, replacement: better.clone() }]));
        vec![finding.help(format!("did you mean `{better}`?")).fix_if(fix)]
    }
}

/// The finding for a strip that matches no known playbook.
fn unknown(span: Span) -> Diagnostic {
    let finding = NOT_COMPARED.at(span, "cannot tell which playbook this strip shows");
    finding.help("name the playbook in the heading above it, or give the heading its id: `{#recruit}`")
}

/// The level of a heading, and the heading around it.
fn around(page: &Page, at: usize) -> (u8, Option<usize>) {
    let headings = &page.document.headings;
    let (before, own) = headings.split_at(at);
    let level = own.first().map_or(0, |heading| heading.level);
    (level, before.iter().rposition(|heading| heading.level < level))
}
