//! `check --against`: what was published, compared with what would be published now.
//! In: the manifest of a build, in a file or on the web, or a git ref. Out: findings for addresses that vanished.
//! Never knows: how addresses are given.

use std::collections::BTreeMap;
use std::path::Path;

use super::options::CheckOptions;
use crate::check::url::promise::Promises;
use crate::check::url::vanished;
use crate::cli::at_commit;
use crate::linkcheck;
use crate::pipeline::BuiltSite;
use crate::source::{SourcePath, Sources};

/// What was published, and where its files are now.
pub(super) struct PublishedBefore {
    promises: Promises,
    moved: BTreeMap<SourcePath, SourcePath>,
}

impl PublishedBefore {
    /// Adds the findings for addresses that were published and that the site no longer has.
    pub(super) fn compare(&self, linked: &mut BuiltSite, sources: &Sources) {
        let found = vanished::check(&linked.site, &self.promises, &self.moved, sources);
        linked.add(found, &[&vanished::PAGE, &vanished::ANCHOR, &vanished::ASSET], sources);
    }
}

/// Reads what was published.
pub(super) fn published(options: &CheckOptions, what: &str, linked: &BuiltSite) -> Result<PublishedBefore, String> {
    // An address, a file or a name of git's, in this order: no file begins with `https://`, and a build that lies there is
    // meant rather than a branch of the same name.
    if what.starts_with("https://") || what.starts_with("http://") {
        let is_manifest = what.rsplit('/').next().is_some_and(|name| name.contains(".json"));
        let address =
            if is_manifest { what.to_owned() } else { format!("{}/manifest.json", what.trim_end_matches('/')) };
        let bytes = linkcheck::fetch(&address).map_err(|error| format!("cannot fetch `{address}`: {error}"))?;
        return from_manifest(&address, &bytes);
    }
    if Path::new(what).exists() {
        let manifest = if Path::new(what).is_dir() { Path::new(what).join("manifest.json") } else { what.into() };
        return from_manifest(what, &read(&manifest)?);
    }
    let place = &linked.site.config.place;
    let then = at_commit::build(&options.project, &options.rules, place, what)
        .map_err(|error| format!("`--against {what}`: file not found, and {error}"))?;
    let before = then.built.map_err(|error| format!("the project at `{what}`: {error}"))?;
    let moved = then.renames.into_iter().map(|rename| (rename.from, rename.to)).collect();
    Ok(PublishedBefore { promises: Promises::of(&before.site), moved })
}

fn from_manifest(name: &str, bytes: &[u8]) -> Result<PublishedBefore, String> {
    let promises =
        Promises::read(bytes).map_err(|error| format!("`{name}` is not the manifest of a build: {error}"))?;
    Ok(PublishedBefore { promises, moved: BTreeMap::new() })
}

#[expect(clippy::disallowed_methods, reason = "a manifest is where the user says, outside the sources")]
fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("cannot read `{}`: {error}", file.display()))
}
