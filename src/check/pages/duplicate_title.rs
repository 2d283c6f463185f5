//! `page/duplicate-title`: two pages of one section that have the same name.

use std::collections::HashMap;

use super::title_span;
use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{EntryTarget, NavEntryId, Site};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule::warning("page/duplicate-title", include_str!("duplicate_title.md"));

/// Looks at pages that lie in the same place of the navigation: those of different sections may be called alike.
pub fn check(site: &Site, found: &mut Diagnostics) {
    let mut open: Vec<NavEntryId> = site.nav.roots().to_vec();
    look_at(site, &open, found);
    while let Some(id) = open.pop() {
        let children = &site.nav.entry(id).children;
        look_at(site, children, found);
        open.extend(children);
    }
}

/// Looks at the entries of one section.
fn look_at(site: &Site, entries: &[NavEntryId], found: &mut Diagnostics) {
    let mut first = HashMap::new();
    for id in entries {
        let Some(EntryTarget::Page(page)) = site.nav.entry(*id).target else { continue };
        let entry = site.page(page);
        let before = *first.entry(entry.title.as_str()).or_insert(page);
        let (Some(own), true) = (entry.markdown(), before != page) else { continue };
        let other = site.page(before);
        if untranslated(&entry.mounted) == untranslated(&other.mounted) {
            continue;
        }
        let message = format!("`{}` is also the title of `{}`", entry.title, other.mounted);
        let finding = RULE.at(title_span(own), message).help("use a title that is specific to this page");
        found.push(match other.markdown() {
            Some(other) => finding.related(title_span(other), "the other page"),
            None => finding,
        });
    }
}

/// A page's path without the folder of its language: `ja/index.md` is `index.md` in Japanese, and may be called the same.
fn untranslated(path: &SourcePath) -> &str {
    let path = path.as_str();
    let Some((folder, rest)) = path.split_once('/') else { return path };
    let (language, region) = folder.split_once('-').unwrap_or((folder, "XX"));
    let is_language = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_region = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_language && is_region { rest } else { path }
}
