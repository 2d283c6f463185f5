//! Removes a site from its folder.
//! In: an output folder. Out: the same without the files that builds wrote, or no folder if nothing else was in it.

use std::fs;
use std::path::Path;

use super::error::{OutputError, failed};
use super::marker::MARKER;
use super::old::Old;
use super::{ProtectedPaths, check, swap, within};

/// What was done to a folder.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct CleanSummary {
    /// Files that builds wrote, and are gone.
    pub removed: usize,
    /// Other files and folders, which stay.
    pub kept: usize,
}

/// Removes what builds wrote to a folder, as far as its marker tells.
///
/// # Errors
/// If the folder must not be changed, or on I/O errors.
pub fn clean(folder: &Path, around: &ProtectedPaths<'_>) -> Result<CleanSummary, OutputError> {
    let folder = check(folder, around)?;
    if !folder.is_dir() {
        return Ok(CleanSummary::default());
    }
    let locks = swap::lock(&folder);
    swap::clean(&folder, !locks.is_empty());
    let old = Old::read(&folder).map_err(failed("read", &folder))?;
    let own: Vec<&String> = old.gone(|_| false).collect();
    for path in &own {
        within::remove(&folder, path)?;
    }
    // The list last: whatever stops this halfway, the next run knows what is left.
    let marker = folder.join(MARKER);
    if old.listed().next().is_some() {
        #[expect(clippy::disallowed_methods, reason = "the only writer")]
        fs::remove_file(&marker).map_err(failed("remove", &marker))?;
    }
    // `remove_dir` only removes empty folders.
    let _ = fs::remove_dir(&folder);
    Ok(CleanSummary { removed: own.len(), kept: old.others() })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk")]
mod tests {
    use super::super::{OutputContent, OutputFile, OutputRefusal, SiteWriter};
    use super::*;

    fn around(project: &Path) -> ProtectedPaths<'_> {
        ProtectedPaths { project, root: project, home: None, sources: &[], tracked: None }
    }

    fn project_with_a_site() -> tempfile::TempDir {
        let project = tempfile::tempdir().unwrap();
        let mut writer = SiteWriter::begin(&project.path().join("book"), &around(project.path())).unwrap();
        let page = |path: &str| OutputFile { path: path.to_owned(), content: OutputContent::Bytes(b"x".to_vec()) };
        writer.put(&["index.html", "legal/nda/index.html"].map(page)).unwrap();
        writer.commit().unwrap();
        project
    }

    #[test]
    fn a_site_is_gone_with_its_folder_and_gone_twice_is_gone() {
        let project = project_with_a_site();
        let book = project.path().join("book");
        let summary = clean(&book, &around(project.path())).unwrap();
        assert_eq!(summary, CleanSummary { removed: 2, kept: 0 });
        assert!(!book.exists());
        assert_eq!(clean(&book, &around(project.path())).unwrap(), CleanSummary::default());
    }

    #[test]
    fn files_of_others_stay_where_they_are() {
        let project = project_with_a_site();
        let book = project.path().join("book");
        fs::write(book.join("legal/signed.pdf"), "by hand").unwrap();
        let summary = clean(&book, &around(project.path())).unwrap();
        assert_eq!(summary, CleanSummary { removed: 2, kept: 1 });
        assert_eq!(fs::read_to_string(book.join("legal/signed.pdf")).unwrap(), "by hand");
        assert!(!book.join(MARKER).exists() && !book.join("index.html").exists());
    }

    #[test]
    fn a_folder_that_no_build_wrote_is_refused() {
        let project = tempfile::tempdir().unwrap();
        let photos = project.path().join("photos");
        fs::create_dir(&photos).unwrap();
        fs::write(photos.join("team.jpg"), "x").unwrap();
        let refused = clean(&photos, &around(project.path())).unwrap_err();
        assert!(matches!(refused, OutputError::Refused { reason: OutputRefusal::NotOurs, .. }), "{refused}");
        assert!(photos.join("team.jpg").exists());
    }
}
