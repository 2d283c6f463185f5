//! Which addresses are taken and which are impossible: the one place that decides which files can exist side by side.
//!
//! A site built on one system must be whole on others: names that differ only in capitalization, or in how an accent
//! is encoded, are one file on a Mac; on Windows, those that differ in capitalization are.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::HashMap;
use std::fmt;

use crate::source::{SourcePath, Span, composed, folded, folders_above};
use crate::url::SitePath;

/// What wants an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddressClaim {
    /// What would be served there.
    pub owner: Owner,
    /// Where its author says so; nowhere for what every site has.
    pub span: Option<Span>,
}

/// What is served at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Owner {
    /// What is made from a file, or its copy.
    File(SourcePath),
    /// The page of a tag.
    Tag(String),
    /// A redirect from what its author wrote.
    Redirect(String),
    /// Something that every site of this kind has.
    Site(&'static str),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "`{path}`"),
            Self::Tag(name) => write!(f, "the tag `{name}`"),
            Self::Redirect(from) => write!(f, "the redirect from `{from}`"),
            Self::Site(what) => f.write_str(what),
        }
    }
}

/// What is wrong with a claimed address.
#[derive(Clone, Debug)]
pub struct AddressClash {
    /// The address.
    pub address: SitePath,
    /// Who wants it.
    pub claim: AddressClaim,
    /// Why it cannot be served there, or not everywhere.
    pub obstacle: Obstacle,
}

/// What is in the way of an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// It has this address already.
    Taken(AddressClaim),
    /// It is a file, and the address is below it.
    BelowFile(AddressClaim),
    /// It is below the address, which is a file.
    AboveFile(AddressClaim),
    /// Its name differs only on some disks.
    Alike(AddressClaim, Difference),
    /// The name of a folder on the way differs only on some disks.
    FolderAlike {
        /// Who is in the other folder.
        claim: AddressClaim,
        /// The folder, as the address has it, and as the other one is spelt.
        folders: [String; 2],
        /// What tells the two apart.
        difference: Difference,
    },
    /// No disk holds a file of this name.
    Impossible(Flaw),
}

impl Obstacle {
    /// Whether nothing can be served at the address, on any system.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        match self {
            Self::Taken(_) | Self::BelowFile(_) | Self::AboveFile(_) | Self::Impossible(_) => true,
            Self::Alike(..) | Self::FolderAlike { .. } => false,
        }
    }

    /// Who else wants to be there.
    #[must_use]
    pub fn other(&self) -> Option<&AddressClaim> {
        match self {
            Self::Taken(claim)
            | Self::BelowFile(claim)
            | Self::AboveFile(claim)
            | Self::Alike(claim, _)
            | Self::FolderAlike { claim, .. } => Some(claim),
            Self::Impossible(_) => None,
        }
    }
}

/// What tells two names apart, for some disks only.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Capitalization.
    Case,
    /// Whether an accent and its letter are one character or two.
    Accents,
}

impl Difference {
    fn between(one: &str, other: &str) -> Self {
        if composed(one) == composed(other) { Self::Accents } else { Self::Case }
    }
}

/// Why no disk holds a file of some name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// A part of its path is longer than names can be.
    LongName,
    /// Its path is longer than paths can be.
    LongPath,
    /// It holds this character, which ends names, or parts them on other systems.
    Character(char),
    /// This name has a meaning of its own: of disks, of git, or of the writer.
    Reserved(String),
}

/// No disk holds longer names, in bytes.
const LONGEST_NAME: usize = 255;
/// macOS opens paths of up to 1,024 bytes, and the output folder's own path comes first.
const LONGEST_PATH: usize = 1000;

/// Why no disk holds a file of this path.
#[must_use]
pub(super) fn flaw(file: &str) -> Option<Flaw> {
    // On Linux a name may contain a backslash; on Windows it separates folders.
    if let Some(character) = file.chars().find(|letter| *letter == '\\' || letter.is_control()) {
        return Some(Flaw::Character(character));
    }
    if file.split('/').any(|part| part.len() > LONGEST_NAME) {
        return Some(Flaw::LongName);
    }
    // Git tracks nothing called `.git`, in any case, so a site that is published from a branch would lose it.
    let is_reserved =
        |part: &&str| matches!(*part, "" | "." | "..") || part.eq_ignore_ascii_case(".git") || is_of_writer(part);
    if let Some(reserved) = file.split('/').find(is_reserved) {
        return Some(Flaw::Reserved(reserved.to_owned()));
    }
    (file.len() > LONGEST_PATH).then_some(Flaw::LongPath)
}

/// Whether the writer of sites calls its own files so.
fn is_of_writer(name: &str) -> bool {
    name.starts_with(".partner-docs")
}

/// Every address that is taken.
#[derive(Clone, Debug, Default)]
pub struct AddressTable {
    claims: Vec<AddressClaim>,
    /// Folded paths of files: the path as it is, and whose it is.
    files: HashMap<String, (String, usize)>,
    /// Folded paths of their folders: the first spelling, and who is in it.
    folders: HashMap<String, (String, usize)>,
}

impl AddressTable {
    fn claim(&self, at: usize) -> AddressClaim {
        self.claims[at].clone()
    }

    /// What is in the way of a file.
    #[must_use]
    pub fn obstacle(&self, file: &str) -> Option<Obstacle> {
        if let Some(flaw) = flaw(file) {
            return Some(Obstacle::Impossible(flaw));
        }
        // One folded table serves every kind of disk. The spelling kept with it tells whether all of them agree.
        let own = folded(file);
        if let Some((path, at)) = self.files.get(&own) {
            let claim = self.claim(*at);
            let is_same = path == file;
            return Some(if is_same {
                Obstacle::Taken(claim)
            } else {
                Obstacle::Alike(claim, Difference::between(path, file))
            });
        }
        if let Some((_, at)) = self.folders.get(&own) {
            return Some(Obstacle::AboveFile(self.claim(*at)));
        }
        // The other way round: a file without extension, `license`, is where `license/index.html` needs a folder.
        let below = folders_above(&own).find_map(|folder| self.files.get(folder));
        below.map(|(_, at)| Obstacle::BelowFile(self.claim(*at)))
    }

    /// A folder on the way to a file that only some disks tell from another.
    #[must_use]
    pub fn folder_alike(&self, file: &str) -> Option<Obstacle> {
        folders_above(file).find_map(|folder| {
            let (path, at) = self.folders.get(&folded(folder)).filter(|(path, _)| path != folder)?;
            let difference = Difference::between(path, folder);
            let folders = [folder.to_owned(), path.clone()];
            Some(Obstacle::FolderAlike { claim: self.claim(*at), folders, difference })
        })
    }

    /// Takes the path of a file. The first to take it keeps it.
    pub fn add(&mut self, file: &str, claim: AddressClaim) {
        let at = self.claims.len();
        self.claims.push(claim);
        // Only the first spelling is kept: later ones are compared with it, so three spellings make two findings.
        for folder in folders_above(file) {
            let key = folded(folder);
            self.folders.entry(key).or_insert_with(|| (folder.to_owned(), at));
        }
        self.files.entry(folded(file)).or_insert_with(|| (file.to_owned(), at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(path: &str) -> AddressClaim {
        AddressClaim { owner: Owner::File(SourcePath::new(path).unwrap()), span: None }
    }

    #[test]
    fn what_stands_in_the_way_is_found_from_either_side() {
        let mut taken = AddressTable::default();
        for file in ["guide/index.html", "license", "r\u{e9}sum\u{e9}/index.html"] {
            taken.add(file, claim(file));
        }
        let guide = || claim("guide/index.html");
        assert_eq!(taken.obstacle("guide/other.html"), None);
        assert_eq!(taken.obstacle("guide/index.html"), Some(Obstacle::Taken(guide())));
        assert_eq!(taken.obstacle("guide/Index.html"), Some(Obstacle::Alike(guide(), Difference::Case)));
        assert_eq!(taken.obstacle("GUIDE"), Some(Obstacle::AboveFile(guide())));
        assert_eq!(taken.obstacle("License/index.html"), Some(Obstacle::BelowFile(claim("license"))));
        let accents = taken.obstacle("re\u{301}sume\u{301}/index.html");
        assert!(matches!(accents, Some(Obstacle::Alike(_, Difference::Accents))), "{accents:?}");
        let folder = taken.folder_alike("Guide/other.html");
        assert!(matches!(folder, Some(Obstacle::FolderAlike { difference: Difference::Case, .. })), "{folder:?}");
    }

    #[test]
    fn names_that_no_disk_holds_are_known() {
        let long = "t".repeat(256);
        for bad in ["a\\b", "a\nb", "../x", "a//b", "./x", "sub/.Git/x", ".partner-docs", &long, &"deep/".repeat(300)] {
            assert!(flaw(bad).is_some(), "{bad}");
        }
        for good in ["a b/ü.html", ".nojekyll", ".well-known/x", "é/ß", &long[1..]] {
            assert_eq!(flaw(good), None, "{good}");
        }
    }
}
