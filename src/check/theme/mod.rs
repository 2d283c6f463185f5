//! What pages and mounts ask the theme for.
//! In: a site and its theme. Out: findings at the names that the theme does not have.
//! Never knows: what a template says.

pub mod unknown_template;

use super::entry::Check;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[Check::elsewhere(&[&unknown_template::RULE])];
