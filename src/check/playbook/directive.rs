//! Directives: is there what they name?
//! In: the directives on a page, with what the site has for them. Out: a finding for each word that fits nothing.
//! Never knows: how parts are shown.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Rule, nearest};
use crate::page::directive::{Argument, Directive, UNKNOWN_OPTION};
use crate::page::{EmbedContent, Page};
use crate::site::{PageId, Site, Unmatched};
use crate::source::Located;

/// A part of a playbook that is not there.
pub static UNKNOWN_PLAYBOOK: Rule = Rule::error("directive/unknown-playbook", include_str!("unknown_playbook.md"));
/// A folder or filter that no template fits.
pub static NO_MATCH: Rule = Rule::error("directive/no-match", include_str!("no_match.md"));

/// Looks at the directives on a page.
pub fn check(site: &Site, id: PageId, found: &mut Diagnostics) {
    let embeds = site.page(id).markdown().map_or(&[][..], |page: &Page| &page.embeds);
    for embed in embeds {
        let EmbedContent::Directive(directive) = embed else { continue };
        match directive.kind.argument() {
            Argument::Playbook => found.extend(unknown_playbook(site, directive)),
            Argument::Folder => {
                let unmatched = site.selected_templates(id, directive).unmatched;
                found.extend(unmatched.iter().filter_map(|unmatched| no_match(directive, unmatched)));
            }
            Argument::Nothing => {}
        }
    }
}

fn unknown_playbook(site: &Site, directive: &Directive) -> Option<Diagnostic> {
    let Located { value: wanted, span } = &directive.argument;
    if site.playbook_with_id(wanted).is_some() {
        return None;
    }
    let known = || {
        let ids = site.playbooks.iter().map(|entry| entry.playbook.id.as_str());
        if site.playbooks.is_empty() {
            "there are no playbooks yet".to_owned()
        } else {
            format!("available playbooks: {}", some_of(ids))
        }
    };
    if wanted.is_empty() {
        let finding =
            UNKNOWN_PLAYBOOK.at(directive.name.span, format!("`{}` needs the id of a playbook", directive.name.value));
        return Some(finding.help(format!("write the id after the braces; {}", known())));
    }
    if let Some(several) = several(site, wanted) {
        let finding = UNKNOWN_PLAYBOOK.at(*span, format!("ambiguous playbook `{wanted}`: it could be {several}"));
        return Some(finding.help("use the full id"));
    }
    let mut named = site.playbooks_named(wanted).map(|entry| entry.playbook.id.as_str());
    // Two playbooks of that name: to suggest the first of them would send half of the readers to the wrong one.
    let named = named.next().filter(|_| named.next().is_none());
    let finding = UNKNOWN_PLAYBOOK.at(*span, format!("playbook not found: `{wanted}`"));
    let renamed = site.renamed_playbook(wanted);
    Some(match renamed.as_deref().or(named).or_else(|| site.playbook_names().near(wanted)) {
        Some(better) => finding.suggest(better),
        None => finding.help(known()),
    })
}

/// The playbooks that the last part of an id may mean: `emea/recruit` or `apac/recruit`.
pub(super) fn several(site: &Site, wanted: &str) -> Option<String> {
    let all = site.playbooks_ending_in(wanted);
    let ids: Vec<String> = all.iter().map(|entry| format!("`{}`", entry.playbook.id)).collect();
    (!ids.is_empty()).then(|| ids.join(" or "))
}

fn no_match(directive: &Directive, unmatched: &Unmatched) -> Option<Diagnostic> {
    let (finding, written, there_are) = match unmatched {
        Unmatched::Folder(folders) => {
            let folder = &directive.argument;
            (NO_MATCH.at(folder.span, format!("no pages in folder `{}`", folder.value)), folder, folders)
        }
        Unmatched::Key(at, keys) => {
            let key = &directive.options.get(*at)?.key;
            let message = format!("no template has `{}` in its front matter", key.value);
            (UNKNOWN_OPTION.at(key.span, message), key, keys)
        }
        Unmatched::Value(at, values) => {
            let option = directive.options.get(*at)?;
            let span = if option.value.span.is_empty() { option.key.span } else { option.value.span };
            let message = format!("no template has `{}: {}`", option.key.value, option.value.value);
            (NO_MATCH.at(span, message), &option.value, values)
        }
    };
    Some(match nearest(&written.value, there_are.iter().map(String::as_str)) {
        Some(better) => finding.suggest_edit(better, Edit { span: written.span, replacement: better.to_owned() }),
        None => finding.help(listed(there_are)),
    })
}

/// What there is to choose from.
fn listed(words: &BTreeSet<String>) -> String {
    if words.is_empty() {
        return "there are none".to_owned();
    }
    format!("available: {}", some_of(words.iter().map(String::as_str)))
}

/// Words as far as a line holds them.
fn some_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    const MOST: usize = 8;
    let mut shown: Vec<String> = words.take(MOST + 1).map(|word| format!("`{word}`")).collect();
    if shown.len() > MOST {
        shown.truncate(MOST);
        shown.push("…".to_owned());
    }
    shown.join(", ")
}
