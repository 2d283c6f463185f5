//! Tries the example in memory, beside pages that were there before.

use super::look::Surroundings;
use crate::cli::arguments::ProjectOptions;
use crate::cli::project;
use crate::project::{FileSystem as _, ProjectRoots};
use crate::starter::{self, Examples, StarterChoices, StarterFile};

/// How many more findings there would be with the example than without it: a list of all playbooks would lack its
/// playbooks, a title would be there twice.
pub(super) fn added_findings(around: &Surroundings, choices: &StarterChoices) -> usize {
    let without = StarterChoices { examples: Examples::LeftOut, ..choices.clone() };
    let count = |choices| findings(around, &starter::project(&around.found, choices)).unwrap_or_default();
    count(choices).saturating_sub(count(&without))
}

/// How many findings the project would have with these files.
fn findings(around: &Surroundings, files: &[StarterFile]) -> Option<usize> {
    let mut session = project::overlaid(&ProjectOptions::of(&around.folder));
    let place: ProjectRoots = session.disk().place(None).ok()?;
    for file in files.iter().filter(|file| around.folder.join(&file.path).symlink_metadata().is_err()) {
        let path = place.from_project(&file.path).ok()?;
        session.disk_mut().write(&place, path, file.text.clone().into_bytes());
    }
    Some(session.link().ok()?.found.len())
}
