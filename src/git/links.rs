//! Symbolic links as git keeps them.
//! In: where a link lies and what it says. Out: the path it leads to.
//! Never knows: the disk.

use crate::source::SourcePath;

/// The path that a link leads to, from the top of the working tree; `None` when it leads out of it.
pub(super) fn target(link: &str, says: &str) -> Option<String> {
    if says.starts_with('/') {
        return None;
    }
    let folder = SourcePath::new(link).ok()?.parent();
    Some(folder.join(says).ok()?.as_str().to_owned())
}
