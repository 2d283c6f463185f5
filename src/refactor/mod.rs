//! Changes source files: applies fixes, moves files, renames anchors.
//! In: findings with their fixes, or a linked site and what to rename. Out: edits, new text, and a diff.

mod diff;
mod edits;
mod fixes;
mod moving;

pub use diff::unified;
pub use edits::Edits;
pub use fixes::choose;
pub use moving::{Move, move_in_settings, move_links, rename_anchor};
