//! Source texts as they should be: fixes applied, pages moved, anchors renamed.
//! In: findings with their fixes, or a linked site and what to rename. Out: edits, new texts, and diffs.
//! Never knows: the disk, the terminal, who asked.

mod diff;
mod edits;
mod fixes;
mod moving;

pub use diff::unified;
pub use edits::Edits;
pub use fixes::choose;
pub use moving::{Move, move_in_settings, move_links, rename_anchor};
