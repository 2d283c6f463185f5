//! Where files went.
//! In: moves of files, one after the other. Out: for each old path, where that file lies now.
//! Never knows: where moves are remembered.

use std::collections::BTreeMap;

use crate::text::SourcePath;

/// Follows each file through all its moves, which come newest first.
pub(super) fn follow(moves: impl IntoIterator<Item = (SourcePath, SourcePath)>) -> BTreeMap<SourcePath, SourcePath> {
    let mut now: BTreeMap<SourcePath, SourcePath> = BTreeMap::new();
    for (old, new) in moves {
        let last = now.get(&new).cloned().unwrap_or(new);
        // A newer file of that name, or a move there and back, is told by the newer move.
        if last != old {
            now.entry(old).or_insert(last);
        }
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_moved_twice_is_found_where_it_is() {
        let path = |text: &str| SourcePath::new(text).unwrap();
        let moves = [("start/nda.md", "legal/nda.md"), ("nda.md", "start/nda.md")];
        let now = follow(moves.map(|(old, new)| (path(old), path(new))));
        assert_eq!(now[&path("nda.md")], path("legal/nda.md"));
        assert_eq!(now[&path("start/nda.md")], path("legal/nda.md"));
    }
}
