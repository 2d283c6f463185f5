//! Changes to the sources themselves: fixes, moves, renamed anchors.
//! In: a session and what to change. Out: edited texts, for whoever writes them.
//! Never knows: the disk.

pub(super) mod attempt;
pub(super) mod fix;
pub(super) mod relocate;
