//! Which files are part of the site, and where.
//! In: the paths of all files, and the mounts. Out: for each published file, its path in the site tree.

use std::collections::BTreeSet;

use super::file_set::FileSet;
use super::scope::is_git;
use crate::diagnostic::{Diagnostic, Parsed, Rule, did_you_mean};
use crate::project::settings::config::{Config, Mount};
use crate::source::{Located, SourcePath};

/// A mount that adds nothing to the site.
pub static MATCHES_NOTHING: Rule =
    Rule::warning("config/mount-matches-nothing", include_str!("mount_matches_nothing.md"));

/// A file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mounted {
    /// Its path in the repository.
    pub source: SourcePath,
    /// Its path in the content folder, or as if it were there: `chatmodes/add-tool.chatmode.md`.
    pub site_path: SourcePath,
    /// The page template that its mount sets.
    pub template: Option<Located<String>>,
}

/// All files of the site, in order of their source paths.
///
/// A file has one path: that of the first mount that matches it, or else its own in the content folder. So you can
/// mount a folder as a whole, and one of its files elsewhere.
#[must_use]
pub fn apply(config: &Config, tree: &FileSet) -> Parsed<Vec<Mounted>> {
    let mounts = &config.mounts;
    let mut matched = BTreeSet::new();
    let mut files = Vec::new();
    for source in tree.files() {
        files.extend(find_place(config, source, |index| {
            matched.insert(index);
        }));
    }
    // A mount that matches files which an earlier one took is no mistake: that is how one file of a folder is put
    // elsewhere.
    let unmatched = (0..).zip(mounts).filter(|(at, _)| !matched.contains(at));
    Parsed { value: files, found: unmatched.map(|(_, mount)| matches_nothing(mount, tree)).collect() }
}

/// Whether a pattern spells out every segment of a path that starts with a dot. `*` and `**` never match those, so that
/// no `.env` is published by accident. Git's own files can't be named at all.
fn names_hidden(pattern: &str, path: &SourcePath) -> bool {
    let mut hidden = path.as_str().split('/').filter(|part| part.starts_with('.') && *part != ".well-known");
    hidden.all(|part| !is_git(part) && pattern.split('/').any(|named| named == part))
}

/// Whether a mount names a file whose name starts with a dot, so that it may be published.
#[must_use]
pub fn is_named(config: &Config, file: &SourcePath) -> bool {
    config.mounts.iter().any(|mount| mount.from.value.as_str() == file.as_str())
}

/// The path of a file in the site, or `None` if it isn't part of it.
#[must_use]
pub fn place_of(config: &Config, source: &SourcePath) -> Option<Mounted> {
    find_place(config, source, |_| ())
}

/// Every matching mount counts as used, not only the first: one that is always overridden isn't a mistake.
fn find_place(config: &Config, source: &SourcePath, mut on_match: impl FnMut(usize)) -> Option<Mounted> {
    let mut found = None;
    // Mounts count from the root of the repository; files outside it have no path there.
    let reachable = if config.place.is_beside_root(source) { &[] } else { config.mounts.as_slice() };
    for (index, mount) in reachable.iter().enumerate() {
        let Some(captures) = mount.from.value.matches(source.as_str()) else { continue };
        if !names_hidden(mount.from.value.as_str(), source) {
            continue;
        }
        // Also when an earlier mount has the file already: a mount that is outdone is not one that matches nothing.
        on_match(index);
        if found.is_none() {
            found = SourcePath::new(&mount.to.fill(&captures)).ok().map(|path| (path, mount.template.clone()));
        }
    }
    let (site_path, template) = found.or_else(|| config.own_place(source).map(|path| (path, None)))?;
    Some(Mounted { source: source.clone(), site_path, template })
}

fn matches_nothing(mount: &Mount, tree: &FileSet) -> Diagnostic {
    let (written, base) = (mount.from.value.as_str(), mount.from.value.base());
    let help = match tree.real_case(base) {
        Some(real) if real.as_str() != base => format!("{} paths are case-sensitive", did_you_mean(real)),
        Some(_) => format!("no file in `{base}` matches; `*` matches within one folder, `**` across folders"),
        None => match tree.nearest(written) {
            Some(near) => did_you_mean(near),
            None => "mount paths are relative to the root of the repository".to_owned(),
        },
    };
    MATCHES_NOTHING.at(mount.from.span, format!("no file matches `{written}`")).help(help)
}
