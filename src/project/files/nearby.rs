//! Finds the file that a broken path probably means: one with the same name, or a similar name.
//! One answer doesn't look at all files.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Vocabulary, distance};
use crate::source::SourcePath;

/// How many files with the same name to look at for one path.
const MOST_LOOKS: usize = 200;

/// Files by name, and names by folder.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    /// The indexes of the files with each name, in lower case.
    by_name: HashMap<String, Vec<usize>>,
    /// The same by name and folders, and again without each of the folders.
    by_folders: HashMap<(String, Vec<String>), Vec<usize>>,
    /// The stems of the files in a folder that have an extension, with their paths.
    beside: HashMap<(SourcePath, String), FolderStems>,
}

#[derive(Debug)]
struct FolderStems {
    stems: Vocabulary,
    paths: BTreeMap<String, SourcePath>,
}

impl Nearby {
    /// Creates it from all files, in order. `all` are the files and their folders.
    pub(crate) fn of<'a>(files: &[SourcePath], all: impl Iterator<Item = &'a SourcePath>) -> Self {
        let mut by_name = HashMap::<String, Vec<usize>>::new();
        let mut by_folders = HashMap::<_, Vec<usize>>::new();
        for (at, file) in files.iter().enumerate() {
            let name = file.file_name().to_lowercase();
            for folders in with_one_left_out(&folders(file)) {
                by_folders.entry((name.clone(), folders)).or_default().push(at);
            }
            // In lower case, as a name that differs by case alone is the likeliest slip.
            by_name.entry(name).or_default().push(at);
        }
        let mut stems = HashMap::<_, BTreeMap<String, SourcePath>>::new();
        for path in all {
            let place = (path.parent(), path.extension().to_owned());
            let known = stems.entry(place).or_default().entry(path.stem().to_owned()).or_insert_with(|| path.clone());
            if path < known {
                *known = path.clone();
            }
        }
        let beside = |(place, paths): (_, BTreeMap<String, SourcePath>)| {
            (place, FolderStems { stems: paths.keys().cloned().collect(), paths })
        };
        Self { by_name, by_folders, beside: stems.into_iter().map(beside).collect() }
    }

    /// See [`crate::project::Tree::nearest`].
    pub(crate) fn nearest<'a>(&'a self, wanted: &SourcePath, files: &'a [SourcePath]) -> Option<&'a SourcePath> {
        let name = wanted.file_name().to_lowercase();
        match self.by_name.get(&name).map(Vec::as_slice) {
            Some([only]) => files.get(*only),
            Some(_) => self.nearly_there(wanted, &name, files),
            None => {
                // Only the name can be misspelt: shared folders would make any two paths look similar, and a file of
                // another type is never meant.
                let beside = self.beside.get(&(wanted.parent(), wanted.extension().to_owned()))?;
                let stems = &beside.stems;
                beside.paths.get(stems.nearest(wanted.stem()).or_else(|| stems.reworded(wanted.stem()))?)
            }
        }
    }

    /// The only file with this name whose path has one folder more, one less, or a different one.
    fn nearly_there<'a>(&self, wanted: &SourcePath, name: &str, files: &'a [SourcePath]) -> Option<&'a SourcePath> {
        let own = folders(wanted);
        let mut found: Option<usize> = None;
        for key in with_one_left_out(&own) {
            let same = self.by_folders.get(&(name.to_owned(), key)).map_or(&[][..], Vec::as_slice);
            // Two hundred files called `README.md` with a folder in common: any answer would be a guess.
            if same.len() > MOST_LOOKS {
                return None;
            }
            let is_near =
                |at: &&usize| files.get(**at).is_some_and(|file| distance(&folders(file), &own, 1) == Some(1));
            for at in same.iter().filter(is_near) {
                if found.is_some_and(|found| found != *at) {
                    return None;
                }
                found = Some(*at);
            }
        }
        files.get(found?)
    }
}

/// The names of the folders above a file.
fn folders(path: &SourcePath) -> Vec<String> {
    path.parent().as_str().split('/').map(str::to_owned).collect()
}

/// The folders themselves, and the folders without each of them. Two paths that differ in one folder have one of these
/// in common.
fn with_one_left_out(folders: &[String]) -> Vec<Vec<String>> {
    let without = |at: usize| folders.iter().enumerate().filter(move |(own, _)| *own != at).map(|(_, folder)| folder);
    std::iter::once(folders.to_vec()).chain((0..folders.len()).map(|at| without(at).cloned().collect())).collect()
}
