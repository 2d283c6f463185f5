//! The navigation of the plugins awesome-nav and awesome-pages: a file in each folder says its order and its title.

use std::collections::BTreeSet;

use super::folders;
use crate::migrate::mkdocs::draft::{MkdocsDraft, text_of};
use crate::migrate::navigation::{NavDraft, is_index};
use crate::migrate::row::parts;
use crate::migrate::{ForeignProject, MigrationReport};
use crate::project::settings::keys::SYNTAX;
use crate::source::{SourceId, Span};
use crate::yaml::{self, NodeContent, YamlNode};

/// Deeper folders are left out, as no navigation is that deep.
const MOST_DEPTH: usize = 16;
/// The files that say the order of a folder.
const ORDERS: [&str; 2] = [".nav.yml", ".pages"];

/// How the pages and folders of a folder are sorted, unless its file lists them.
#[derive(Copy, Clone, Default)]
struct FolderSort {
    descending: bool,
    /// Folders are sorted among the pages, first or last.
    folders: FoldersAmong,
    /// Letters count as their lower case.
    ignores_case: bool,
}

/// Where folders stand among pages.
#[derive(Copy, Clone, PartialEq, Eq, Default)]
enum FoldersAmong {
    First,
    #[default]
    Last,
    Mixed,
}

impl FolderSort {
    /// The order that a folder's file asks for, else that of the folder above.
    fn of(order: Option<&YamlNode>, above: Self) -> Self {
        let mut sort = above;
        let keys = order.map(parts).unwrap_or_default();
        // awesome-pages writes `order: desc`, awesome-nav a table.
        let options = keys.iter().find(|(key, _)| *key == "sort").map(|(_, value)| parts(value)).unwrap_or_default();
        for (key, value) in keys.iter().filter(|(key, _)| *key == "order").chain(&options) {
            let value = text_of(value).unwrap_or_default();
            match *key {
                "order" | "direction" => sort.descending = value == "desc",
                "ignore_case" => sort.ignores_case = value == "true",
                "sections" if value == "first" => sort.folders = FoldersAmong::First,
                "sections" if value == "mixed" => sort.folders = FoldersAmong::Mixed,
                "sections" => sort.folders = FoldersAmong::Last,
                _ => {}
            }
        }
        sort
    }

    /// Pages and folders in this order. The index of a folder is always first.
    fn sorted(self, pages: Vec<String>, folders: Vec<String>) -> Vec<String> {
        let mut paths: Vec<String> = pages.into_iter().chain(folders).collect();
        paths.sort_by_cached_key(|path| self.key(path));
        if self.descending {
            paths.reverse();
        }
        paths.sort_by_key(|path| {
            let is_folder = path.ends_with('/');
            let is_behind = match self.folders {
                FoldersAmong::First => !is_folder,
                FoldersAmong::Last => is_folder,
                FoldersAmong::Mixed => false,
            };
            (!is_index(path), is_behind)
        });
        paths
    }

    /// A path as what is compared: numbers by their value, so that `10` follows `9`.
    fn key(self, path: &str) -> Vec<(u64, String)> {
        let path = if self.ignores_case { path.to_lowercase() } else { path.to_owned() };
        let mut key: Vec<(u64, String)> = Vec::new();
        for c in path.trim_end_matches('/').trim_end_matches(".md").chars() {
            let digit = c.to_digit(10).map(u64::from);
            match (key.last_mut(), digit) {
                // A number in the list has no text of its own.
                (Some((number, text)), Some(digit)) if text.is_empty() => {
                    *number = number.saturating_mul(10).saturating_add(digit);
                }
                (_, Some(digit)) => key.push((digit, String::new())),
                (Some((_, text)), None) if !text.is_empty() => text.push(c),
                (_, None) => key.push((u64::MAX, c.to_string())),
            }
        }
        key
    }
}

/// The entries of all folders.
pub(super) fn entries(
    project: &ForeignProject<'_>,
    draft: &MkdocsDraft,
    report: &mut MigrationReport,
) -> Vec<NavDraft> {
    let (entries, unread) = {
        let mut ordered = OrderedNav { project, draft, unread: BTreeSet::new() };
        let section = ordered.folder("", FolderSort::default(), 0);
        (section.map(|section| section.entries).unwrap_or_default(), ordered.unread)
    };
    for key in unread {
        report.note(format!("`{key}` in the files that order folders has no counterpart: SUMMARY.md is the result"));
    }
    entries
}

/// A folder, read.
struct OrderedFolder {
    title: String,
    entries: Vec<NavDraft>,
}

/// What a list in a folder's file is read with.
struct FolderListing<'a> {
    folder: &'a str,
    /// The pages and folders that the list doesn't name.
    rest: &'a [String],
    sort: FolderSort,
    depth: usize,
}

struct OrderedNav<'a> {
    project: &'a ForeignProject<'a>,
    draft: &'a MkdocsDraft,
    /// Keys that were found and that nothing was done with.
    unread: BTreeSet<String>,
}

impl OrderedNav<'_> {
    /// A folder: `""`, or `guide/`. `None` if it is hidden.
    fn folder(&mut self, folder: &str, above: FolderSort, depth: usize) -> Option<OrderedFolder> {
        if depth > MOST_DEPTH {
            return None;
        }
        let order = self.order(folder);
        let option = |name: &str| order.as_ref().and_then(|order| part(order, name));
        if option("hide").and_then(text_of).as_deref() == Some("true") {
            return None;
        }
        let title = option("title").and_then(text_of).unwrap_or_else(|| folders::title(folder));
        self.note_unread(order.as_ref());
        let sort = FolderSort::of(order.as_ref(), above);
        let (pages, below) = folders::children(self.draft, folder);
        let mut rest = sort.sorted(pages, below);
        let nav = option("nav").or_else(|| option("arrange"));
        let entries = match nav.map(|nav| &nav.content) {
            Some(NodeContent::Sequence(items)) => {
                let mut listed = BTreeSet::new();
                named(folder, items, &mut listed);
                rest.retain(|path| !listed.contains(path));
                self.items(&FolderListing { folder, rest: &rest, sort, depth }, items)
            }
            _ => self.all(rest.into_iter(), sort, depth),
        };
        Some(OrderedFolder { title, entries })
    }

    /// The file that orders a folder.
    fn order(&self, folder: &str) -> Option<YamlNode> {
        let files = ORDERS.iter().filter_map(|name| self.draft.docs.join(&format!("{folder}{name}")).ok());
        let text = files.into_iter().find_map(|file| (self.project.read)(&file))?;
        Some(yaml::parse_with_tags(&text, Span::new(SourceId::new(0), 0..text.len()), &SYNTAX).value)
    }

    fn note_unread(&mut self, order: Option<&YamlNode>) {
        const READ: [&str; 6] = ["title", "nav", "arrange", "hide", "order", "sort"];
        let keys = order.map(parts).unwrap_or_default();
        self.unread.extend(keys.iter().filter(|(key, _)| !READ.contains(key)).map(|(key, _)| (*key).to_owned()));
    }

    /// Pages and folders in their order.
    fn all(&mut self, paths: impl Iterator<Item = String>, sort: FolderSort, depth: usize) -> Vec<NavDraft> {
        paths.filter_map(|path| self.path(None, &path, sort, depth)).collect()
    }

    fn path(&mut self, title: Option<String>, path: &str, sort: FolderSort, depth: usize) -> Option<NavDraft> {
        if !path.ends_with('/') {
            return Some(NavDraft::Page { title, path: path.to_owned() });
        }
        let OrderedFolder { title: own, entries } = self.folder(path, sort, depth + 1)?;
        let is_empty = entries.is_empty();
        (!is_empty).then(|| NavDraft::Section { title: title.unwrap_or(own), children: entries })
    }

    /// The entries of a list in a folder's file.
    fn items(&mut self, listing: &FolderListing<'_>, items: &[YamlNode]) -> Vec<NavDraft> {
        let mut entries = Vec::new();
        for item in items {
            match &item.content {
                NodeContent::Mapping(_) => {
                    for (title, value) in parts(item) {
                        entries.extend(self.named_item(listing, title, value));
                    }
                }
                _ => entries.extend(text_of(item).map(|text| self.item(listing, None, &text)).unwrap_or_default()),
            }
        }
        entries
    }

    fn named_item(&mut self, listing: &FolderListing<'_>, title: &str, value: &YamlNode) -> Vec<NavDraft> {
        if let NodeContent::Sequence(items) = &value.content {
            let children = self.items(listing, items);
            return vec![NavDraft::Section { title: title.to_owned(), children }];
        }
        let Some(text) = text_of(value) else { return Vec::new() };
        // `glob: "*.md"` and the like choose among the rest.
        let title = (!matches!(title, "glob" | "...")).then(|| title.to_owned());
        self.item(listing, title, &text)
    }

    /// An entry: a page, a folder, a link, a pattern, or everything else.
    fn item(&mut self, listing: &FolderListing<'_>, title: Option<String>, text: &str) -> Vec<NavDraft> {
        let FolderListing { folder, rest, sort, depth } = *listing;
        if text.contains("://") {
            let title = title.unwrap_or_else(|| text.to_owned());
            return vec![NavDraft::Link { title, href: text.to_owned() }];
        }
        if is_rest(text) || text.contains('*') {
            let is_chosen = |path: &&String| is_rest(text) || matches(folder, text, path);
            let chosen: Vec<String> = rest.iter().filter(is_chosen).cloned().collect();
            return self.all(chosen.into_iter(), sort, depth);
        }
        self.target(folder, text).and_then(|path| self.path(title, &path, sort, depth)).into_iter().collect()
    }

    /// What a name in a folder leads to.
    fn target(&self, folder: &str, name: &str) -> Option<String> {
        let path = full(folder, name);
        let below = format!("{}/", path.trim_end_matches('/'));
        if self.draft.content.contains(&path) {
            Some(path)
        } else {
            self.draft.content.iter().any(|file| file.starts_with(&below)).then_some(below)
        }
    }
}

/// A name as seen from the content folder: one that begins with a slash is seen from there already.
fn full(folder: &str, name: &str) -> String {
    match name.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None => format!("{folder}{}", name.trim_start_matches("./")),
    }
}

/// `...`, or `... | *.md`, whose pattern is the only part that chooses.
fn is_rest(text: &str) -> bool {
    text.trim() == "..."
}

/// Whether a path in a folder fits a pattern: `*.md`, `*`, `*/`, `v*`.
fn matches(folder: &str, pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("...").trim_start_matches([' ', '|']).trim();
    let name = path.strip_prefix(folder).unwrap_or(path);
    let (name, pattern) = match pattern.strip_suffix('/') {
        Some(pattern) if name.ends_with('/') => (name.trim_end_matches('/'), pattern),
        Some(_) => return false,
        None => (name.trim_end_matches('/'), pattern),
    };
    crate::project::files::wildcard::fits_address(pattern, name)
}

/// All pages and folders that a list names.
fn named(folder: &str, items: &[YamlNode], listed: &mut BTreeSet<String>) {
    for item in items {
        match &item.content {
            NodeContent::Mapping(_) => {
                for (_, value) in parts(item) {
                    match &value.content {
                        NodeContent::Sequence(items) => named(folder, items, listed),
                        _ => listed.extend(text_of(value).map(|name| full(folder, &name))),
                    }
                }
            }
            _ => {
                if let Some(name) = text_of(item) {
                    let path = full(folder, &name);
                    listed.insert(format!("{}/", path.trim_end_matches('/')));
                    listed.insert(path);
                }
            }
        }
    }
}

fn part<'n>(node: &'n YamlNode, name: &str) -> Option<&'n YamlNode> {
    parts(node).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}
