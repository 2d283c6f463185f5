//! Which files are in the site, and where.
//! In: the paths of all files, and the mounts. Out: for each file that is published, its path in the site tree.
//! Never knows: the disk, addresses of pages, what is in the files.

use super::file_set::FileSet;
use super::glob::{MountTarget, Pattern};
use super::scope::is_git;
use crate::diagnostic::{Diagnostic, Parsed, Rule, did_you_mean};
use crate::project::settings::config::Config;
use crate::source::{Located, SourcePath};

/// A mount that brings nothing into the site.
pub static MATCHES_NOTHING: Rule =
    Rule::warning("config/mount-matches-nothing", include_str!("mount_matches_nothing.md"));

/// Files that are brought into the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mount {
    /// Which, by their paths in the repository.
    pub from: Located<Pattern>,
    /// Where they appear.
    pub to: MountTarget,
    /// The page template for these, in place of the usual one.
    pub template: Option<Located<String>>,
}

/// A file that is in the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mounted {
    /// Where it lies in the repository.
    pub source: SourcePath,
    /// Where it would lie if the site's sources were one folder, relative to that folder:
    /// `chatmodes/add-tool.chatmode.md`.
    pub site_path: SourcePath,
    /// The page template its mount asks for.
    pub template: Option<Located<String>>,
}

/// All files of the site, in order of their source paths.
///
/// A file has one place: that of the first mount that matches it, else its own in the folder of the pages. So a
/// folder can be mounted as a whole, and one of its files elsewhere.
#[must_use]
pub fn apply(config: &Config, tree: &FileSet) -> Parsed<Vec<Mounted>> {
    let mounts = &config.mounts;
    let mut matched = vec![false; mounts.len()];
    let mut files = Vec::new();
    for source in tree.files() {
        files.extend(find_place(config, source, |index| matched[index] = true));
    }
    // A mount that matches files which an earlier one took is no mistake: that is how one file of a folder is put
    // elsewhere.
    let unmatched = mounts.iter().zip(matched).filter(|(_, matched)| !matched);
    Parsed { value: files, found: unmatched.map(|(mount, _)| matches_nothing(mount, tree)).collect() }
}

/// Whether a pattern names every part of a path that begins with a dot: `*` and `**` stand for none, so that no
/// `.env` is published by accident. Git's own files are named by nobody.
fn names_hidden(pattern: &str, path: &SourcePath) -> bool {
    let mut hidden = path.as_str().split('/').filter(|part| part.starts_with('.') && *part != ".well-known");
    hidden.all(|part| !is_git(part) && pattern.split('/').any(|named| named == part))
}

/// Whether a mount names a file that begins with a dot, so that it may be shown.
#[must_use]
pub fn is_named(config: &Config, file: &SourcePath) -> bool {
    config.mounts.iter().any(|mount| mount.from.value.as_str() == file.as_str())
}

/// The place of one file; `None` when it is not in the site.
#[must_use]
pub fn place_of(config: &Config, source: &SourcePath) -> Option<Mounted> {
    find_place(config, source, |_| ())
}

/// Tells of every mount that matches, not only of the first: one that is always outdone is still no mistake.
fn find_place(config: &Config, source: &SourcePath, mut on_match: impl FnMut(usize)) -> Option<Mounted> {
    let mut found = None;
    // Mounts count from the root of the repository; files outside it have no path there.
    let reachable = if config.place.is_beside_root(source) { &[] } else { config.mounts.as_slice() };
    for (index, mount) in reachable.iter().enumerate() {
        let Some(captures) = mount.from.value.matches(source.as_str()) else { continue };
        if !names_hidden(mount.from.value.as_str(), source) {
            continue;
        }
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
