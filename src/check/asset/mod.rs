//! Files that are published as they are.
//! In: the files of a site. Out: findings about files as such.
//! Never knows: what links them wrongly; that is the links' business.

pub mod active_svg;
pub mod unused;

use super::entry::Check;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] =
    &[Check::site(&[&active_svg::RULE], active_svg::check), Check::site(&[&unused::RULE], unused::check)];
