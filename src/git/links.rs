//! Resolves symbolic links in git trees, without the disk.

use crate::source::SourcePath;

/// The target of a link, relative to the top of the working tree. `None` if it's outside.
pub(super) fn target(link: &str, says: &str) -> Option<String> {
    if says.starts_with('/') {
        return None;
    }
    let folder = SourcePath::new(link).ok()?.parent();
    Some(folder.join(says).ok()?.as_str().to_owned())
}
