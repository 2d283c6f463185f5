//! Paths of files inside the repository, normalized so that they never point outside its root.

use std::fmt;
use std::sync::Arc;

/// A file or folder in the repository: UTF-8, `/`-separated, without `.` or `..`, relative to the root.
/// The root itself is the empty path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourcePath(Arc<str>);

/// A path that points outside the repository.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutsideRoot;

impl SourcePath {
    /// The repository's root.
    #[must_use]
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// A path relative to the root.
    ///
    /// # Errors
    /// If it points outside the root.
    pub fn new(path: &str) -> Result<Self, OutsideRoot> {
        Self::root().join(path)
    }

    /// Resolves `relative` against this folder.
    ///
    /// # Errors
    /// If it points outside the root.
    pub fn join(&self, relative: &str) -> Result<Self, OutsideRoot> {
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    // An error, and no path at the root: `../../secret` must not be served as `secret`.
                    parts.pop().ok_or(OutsideRoot)?;
                }
                name => parts.push(name),
            }
        }
        Ok(Self(Arc::from(parts.join("/"))))
    }

    /// The path as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parent folder. The root is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(Arc::from(self.0.rsplit_once('/').map_or("", |(folder, _)| folder)))
    }

    /// The last segment.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last segment without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// The extension: what follows the last dot of the name. Empty if there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// The path relative to `folder`, or `None` if it isn't inside it.
    #[must_use]
    pub fn below(&self, folder: &Self) -> Option<&str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        let rest = self.0.strip_prefix(&*folder.0)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    /// Whether the name is that of a Markdown file.
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        matches!(self.extension().to_ascii_lowercase().as_str(), "md" | "markdown")
    }

    /// The shortest relative path from the folder `from` to this file.
    #[must_use]
    pub fn relative_to(&self, from: &Self) -> String {
        let folder: Vec<&str> = from.0.split('/').filter(|part| !part.is_empty()).collect();
        let own: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        // By whole names: `docs` and `docs-old` have no folder in common.
        let shared = folder.iter().zip(&own).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", folder.len() - shared);
        up.chain(own.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SourcePath {
        SourcePath::new(text).unwrap()
    }

    #[test]
    fn joining_normalises_and_stays_inside() {
        assert_eq!(path("docs/a.md").parent().join("../QUICKSTART.md"), Ok(path("QUICKSTART.md")));
        assert_eq!(path("./docs//a/./b.md").as_str(), "docs/a/b.md");
        assert_eq!(SourcePath::new("docs/../../secret"), Err(OutsideRoot));
    }

    #[test]
    fn relative_paths_lead_back() {
        let (from, to) = (path("docs/start/deliver"), path("docs/assets/map.svg"));
        assert_eq!(to.relative_to(&from), "../../assets/map.svg");
        assert_eq!(from.join(&to.relative_to(&from)), Ok(to));
    }

    #[test]
    fn names_have_stems_and_extensions() {
        let chatmode = path(".github/chatmodes/add-tool.chatmode.md");
        assert_eq!((chatmode.stem(), chatmode.extension()), ("add-tool.chatmode", "md"));
        assert_eq!((path(".gitignore").stem(), path(".gitignore").extension()), (".gitignore", ""));
    }
}
