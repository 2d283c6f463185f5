//! What is probably not meant: syntax of other tools, lists that start again, words to avoid.
//! In: texts that readers will see. Out: findings.
//! Never knows: how a text is written as HTML.

pub(super) mod leaked;
pub(super) mod list_restart;
pub(super) mod migration;
pub(super) mod swallowed;
pub(super) mod term;
