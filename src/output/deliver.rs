//! Writes files into a folder that belongs to the user.
//! In: files. Out: all of them in the folder, or none. Existing files stay, unless they may be replaced.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{OutputError, failed};
use super::{OutputContent, OutputFile, is_inside, tree};

/// What to do about existing files.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Existing {
    /// Keep them, and write nothing.
    Kept,
    /// Replace them.
    Replaced,
}

/// Writes files into a folder, creating it if needed. All of them are written next to it first.
///
/// # Errors
/// If files with these names exist and must stay, or on I/O errors.
#[expect(clippy::disallowed_methods, reason = "one of the writers")]
pub fn deliver(folder: &Path, files: &[OutputFile], existing: Existing) -> Result<(), OutputError> {
    if let Some(file) = files.iter().find(|file| !is_inside(&file.path)) {
        return Err(OutputError::BadPath(file.path.clone()));
    }
    // Looked at before anything is written, and all of them named at once.
    let there: Vec<String> =
        files.iter().map(|file| &file.path).filter(|path| folder.join(path).exists()).cloned().collect();
    if existing == Existing::Kept && !there.is_empty() {
        return Err(OutputError::Exists { folder: folder.to_path_buf(), files: there });
    }
    let beside = StagingFolder::make(folder)?;
    for OutputFile { path, content } in files {
        let file = beside.0.join(path);
        match content {
            OutputContent::Bytes(bytes) => fs::write(&file, bytes).map_err(failed("write", &file))?,
            OutputContent::CopyOf(source) => tree::copy(source, &file).map_err(failed("copy", source))?,
        }
    }
    // A folder that is new comes into being whole, in one step.
    if !folder.exists() {
        return fs::rename(&beside.0, folder).map_err(failed("make", folder));
    }
    for OutputFile { path, .. } in files {
        let file = folder.join(path);
        fs::rename(beside.0.join(path), &file).map_err(failed("replace", &file))?;
    }
    Ok(())
}

/// A temporary folder next to another, removed on drop unless it took the other's place.
struct StagingFolder(PathBuf);

impl StagingFolder {
    #[expect(clippy::disallowed_methods, reason = "one of the writers")]
    fn make(folder: &Path) -> Result<Self, OutputError> {
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(failed("create", parent))?;
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Beside the folder and not in the system's temporary one: only within a disk is a rename one step.
        let beside = parent.join(format!(".{name}.{}.new", std::process::id()));
        fs::create_dir(&beside).map_err(failed("create", &beside))?;
        Ok(Self(beside))
    }
}

impl Drop for StagingFolder {
    #[expect(clippy::disallowed_methods, reason = "one of the writers")]
    fn drop(&mut self) {
        // It no longer exists if it took the folder's place.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the disk")]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> OutputFile {
        OutputFile { path: path.to_owned(), content: OutputContent::Bytes(text.as_bytes().to_vec()) }
    }

    fn files(text: &str) -> Vec<OutputFile> {
        ["README.md", "01-pitch.md"].map(|name| file(name, text)).to_vec()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_folder_holds_all_files_and_nothing_stays_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("partners/acme");
        deliver(&folder, &files("new"), Existing::Kept).unwrap();
        assert_eq!(names(&folder), ["01-pitch.md", "README.md"]);
        assert_eq!(names(folder.parent().unwrap()), ["acme"]);
    }

    #[test]
    fn files_that_are_there_stay_and_are_named() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("01-pitch.md"), "by hand").unwrap();
        let error = deliver(home.path(), &files("new"), Existing::Kept).unwrap_err();
        assert!(error.to_string().contains("`01-pitch.md`"), "{error}");
        assert_eq!(names(home.path()), ["01-pitch.md"]);
        deliver(home.path(), &files("new"), Existing::Replaced).unwrap();
        assert_eq!(names(home.path()), ["01-pitch.md", "README.md"]);
        assert_eq!(fs::read_to_string(home.path().join("01-pitch.md")).unwrap(), "new");
    }

    #[test]
    fn a_failure_leaves_no_half_written_folder() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("acme");
        let mut all = files("new");
        all.push(file("no/such/folder.md", ""));
        assert!(deliver(&folder, &all, Existing::Kept).is_err());
        assert_eq!(names(home.path()), [""; 0]);
    }
}
