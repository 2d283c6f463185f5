//! What a new page is to be called: a title and a path, from what was typed.

use std::fmt;

use crate::url::SlugStyle;

/// A name for a new page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewName {
    /// What readers see.
    pub title: String,
    /// Its path without an ending: `legal/mutual-nda`.
    pub path: String,
}

/// A name that no file can have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnusableName(String);

impl fmt::Display for UnusableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a name; write words or a path, such as \"Discovery call\" or `legal/nda`", self.0)
    }
}

impl std::error::Error for UnusableName {}

impl NewName {
    /// Reads a title or a path, with or without an ending: `Discovery call`, `legal/nda.md`.
    ///
    /// # Errors
    /// If nothing of it can be the name of a file, or it leads out of its folder.
    pub fn new(written: &str) -> Result<Self, UnusableName> {
        let unusable = || UnusableName(written.to_owned());
        let written = written.trim().replace('\\', "/");
        let file = [".md", ".yaml", ".yml"].iter().find_map(|ending| written.strip_suffix(ending));
        let name = file.unwrap_or(&written);
        let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        // Names of files and folders stay: on some disks `Legal` and `legal` are one folder, on others they are two.
        let is_typed = |at: usize| file.is_some() || at + 1 < parts.len();
        let segment =
            |(at, part): (usize, &&str)| if is_typed(at) && is_plain(part) { (*part).to_owned() } else { slug(part) };
        let path: Vec<String> = parts.iter().enumerate().map(segment).collect();
        if path.iter().any(String::is_empty) {
            return Err(unusable());
        }
        let last = parts.last().ok_or_else(unusable)?.trim();
        Ok(Self { title: title(last), path: path.join("/") })
    }

    /// The last part of the path: what a playbook of this name is called elsewhere.
    #[must_use]
    pub fn id(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The same, seen from a folder that the path may begin with: a shell completes `content/legal/nda`.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        let below = self.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
        Self { path: below.unwrap_or(self.path), ..self }
    }
}

/// Whether this can be the name of a file on every system, and in a link.
fn is_plain(part: &str) -> bool {
    !part.starts_with('.') && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A name of a file or folder, in small letters.
fn slug(part: &str) -> String {
    let slug = SlugStyle::Github.slug(part);
    // `Terms & conditions` would get two hyphens, which nobody types.
    slug.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// A title: as it was typed, unless that was the name of a file.
fn title(name: &str) -> String {
    if name.contains(char::is_whitespace) || name.chars().any(char::is_uppercase) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
