//! Maps: do diagram and table lead to the same documents? Are the maps there that pages show?
//! In: maps with resolved links. Out: findings. What diagram and table say about anything else is compared where
//! maps are read, since it needs no other page.
//! Never knows: how maps are read or drawn.

pub mod click_mismatch;
pub mod not_shown;

use super::entry::Check;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    Check::page(&[&click_mismatch::RULE], click_mismatch::check),
    Check::page(&[&not_shown::LANE, &not_shown::MAP, &not_shown::STAGE], not_shown::check),
];
