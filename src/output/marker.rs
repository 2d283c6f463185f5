//! The marker of an output folder: the list of files that builds wrote.
//! In: a folder, or the paths of a site. Out: which of its files are ours, if that's known; the text of the marker.
//!
//! The content of the marker identifies a folder as ours, not its name: anyone can commit an empty file with that name.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::is_inside;

/// The file that lists what builds wrote.
pub const MARKER: &str = ".partner-docs";

/// The beginning of the first line of every marker with a list. Its number grows when the format changes.
const HEAD: &str = "partner-docs site, format ";
const FORMAT: &str = "1";
const NOTE: &str = "A build replaces and removes the files listed here. It keeps all others.";
/// The marker of builds that kept no list.
const WITHOUT_LIST: &str = "Written by partner-docs. Every build replaces this folder and all that is in it.\n";

/// What the marker of a folder says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Marker {
    /// There is no marker.
    Missing,
    /// Builds wrote these files.
    Lists(BTreeSet<String>),
    /// A build wrote to the folder before markers had lists, so it may have written any of its files.
    WithoutList,
    /// A newer version wrote it, in a format that this one doesn't know.
    Newer,
    /// A file with this name that isn't our marker.
    Foreign,
}

impl Marker {
    /// The marker of a folder, if it exists.
    pub(super) fn of(folder: &Path) -> std::io::Result<Self> {
        let path = folder.join(MARKER);
        // A marker that is a link was made by nobody of ours, and might point to the marker of another folder.
        match fs::symlink_metadata(&path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Self::Missing);
            }
            Err(error) => return Err(error),
            Ok(metadata) if !metadata.is_file() => return Ok(Self::Foreign),
            Ok(_) => {}
        }
        #[expect(clippy::disallowed_methods, reason = "the only writer looks before it writes")]
        let bytes = fs::read(&path)?;
        Ok(std::str::from_utf8(&bytes).map_or(Self::Foreign, Self::parse))
    }

    /// Parses a marker. No build wrote one that lists a file outside the folder or one of git's files.
    fn parse(text: &str) -> Self {
        if text == WITHOUT_LIST {
            return Self::WithoutList;
        }
        let Some((format, rest)) = text.strip_prefix(HEAD).and_then(|rest| rest.split_once('\n')) else {
            return Self::Foreign;
        };
        // A higher number is a later version's: taking its list for ours could remove files that it knows to keep.
        if format != FORMAT {
            return if format.parse::<u32>().is_ok() { Self::Newer } else { Self::Foreign };
        }
        // The note is compared as well: a file that merely begins like a marker is not one.
        let Some((NOTE, list)) = rest.split_once("\n\n") else { return Self::Foreign };
        let files: BTreeSet<String> = list.lines().map(str::to_owned).collect();
        if files.iter().all(|file| is_inside(file)) { Self::Lists(files) } else { Self::Foreign }
    }

    /// Whether a build of ours wrote it.
    pub(super) fn is_ours(&self) -> bool {
        match self {
            Self::Lists(_) | Self::WithoutList => true,
            Self::Missing | Self::Newer | Self::Foreign => false,
        }
    }
}

/// The text of the marker that lists these files.
pub(super) fn text<'a>(files: impl IntoIterator<Item = &'a String>) -> String {
    let files: BTreeSet<&String> = files.into_iter().collect();
    let list: String = files.into_iter().flat_map(|file| [file.as_str(), "\n"]).collect();
    format!("{HEAD}{FORMAT}\n{NOTE}\n\n{list}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(files: &[&str]) -> BTreeSet<String> {
        files.iter().map(|file| (*file).to_owned()).collect()
    }

    #[test]
    fn what_is_listed_is_read_again() {
        for files in [&[][..], &["index.html"], &["a b/ü.html", ".nojekyll", "index.html"]] {
            assert_eq!(Marker::parse(&text(&listed(files))), Marker::Lists(listed(files)));
        }
    }

    #[test]
    fn only_what_a_build_writes_is_a_marker() {
        let good = text(&listed(&["index.html"]));
        for forged in ["", "index.html\n", "Written by partner-docs.\n", "partner-docs site, format x\n\n"] {
            assert_eq!(Marker::parse(forged), Marker::Foreign, "{forged:?}");
        }
        for file in ["../x", "/etc/passwd", "a/../../x", ".git/config", "sub/.GIT/hooks/x", "a//b", "."] {
            assert_eq!(Marker::parse(&(good.clone() + file + "\n")), Marker::Foreign, "{file}");
        }
        assert_eq!(Marker::parse("partner-docs site, format 7\nwhatever"), Marker::Newer);
        assert_eq!(Marker::parse(WITHOUT_LIST), Marker::WithoutList);
    }
}
