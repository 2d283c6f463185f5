//! Writes the documents of a partner to a folder, unless the project is made from what is there.

use std::path::{Path, PathBuf};

use super::Stopped;
use crate::cli::interrupt;
use crate::output::{self, Existing, OutputError};
use crate::site::Site;

/// Refuses a folder that the site is made from: what is written for one partner would be published to all.
pub(super) fn refuse_sources(out: &Path, site: &Site) -> Result<(), Stopped> {
    let config = &site.config;
    let place = &config.place;
    let out_on_disk = absolute(out);
    let theme = config.theme.folder.as_ref();
    let folders = [config.source.as_ref(), config.playbooks.dir.as_ref(), theme].into_iter().flatten();
    // Every folder with a page in it, since mounts may bring in single files from anywhere.
    let mounted = site.pages().filter_map(|(_, page)| page.source.as_ref()).map(crate::source::SourcePath::parent);
    let mut sources: Vec<PathBuf> = folders.map(|path| place.on_disk(path)).collect();
    sources.extend(mounted.filter(|folder| !folder.as_str().is_empty()).map(|folder| place.on_disk(&folder)));
    for source in &sources {
        let source = absolute(source);
        if out_on_disk.starts_with(&source) {
            let why = format!("`{}` is inside `{}`, which the site is built from", out.display(), source.display());
            return Err(refused(&why));
        }
    }
    let build = absolute(&place.folder(&config.written.build.build_dir));
    if out_on_disk.starts_with(&build) {
        return Err(refused(&format!("`{}` is inside the folder that `build` writes to", out.display())));
    }
    let project = absolute(place.project_folder());
    if project.starts_with(&out_on_disk) || absolute(place.root()).starts_with(&out_on_disk) {
        return Err(refused(&format!("`{}` contains the project itself", out.display())));
    }
    Ok(())
}

fn refused(why: &str) -> Stopped {
    Stopped::cannot(&format!("{why}; nothing was written\n  = help: use a separate folder: `--out acme`"))
}

/// A path as the disk knows it, as far as it is there: links are followed.
fn absolute(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut left = Vec::new();
    let mut known = full.as_path();
    loop {
        // The folder is often new, so the part of its path that exists is resolved, and the rest put behind it.
        if let Ok(real) = std::fs::canonicalize(known) {
            return left.iter().rev().fold(real, |path, name| path.join(name));
        }
        match (known.parent(), known.file_name()) {
            (Some(parent), Some(name)) => {
                left.push(name.to_owned());
                known = parent;
            }
            _ => return full,
        }
    }
}

/// Writes files to a folder.
pub(super) fn deliver(out: &Path, files: &[(String, Vec<u8>)], force: bool) -> Result<(), Stopped> {
    let existing = if force { Existing::Replaced } else { Existing::Kept };
    let _writing = interrupt::uninterrupted();
    output::deliver(out, files, existing).map_err(|error| {
        let help =
            if matches!(error, OutputError::Exists { .. }) { "\n  = help: use --force to replace them" } else { "" };
        Stopped::cannot(&format!("{error}{help}"))
    })
}
