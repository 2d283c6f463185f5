//! Images: are they what a page needs?
//! In: the images that pages show, and how large they are. Out: findings where they are shown.
//! Never knows: how sizes are read.

pub mod larger_than_shown;

use super::entry::Check;
use crate::source::SourcePath;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[Check::page(&[&larger_than_shown::RULE], larger_than_shown::check)];

/// Whether a file is an image made of pixels: a drawing has no size of its own.
#[must_use]
pub fn is_picture(file: &SourcePath) -> bool {
    let extension = file.extension().to_ascii_lowercase();
    matches!(extension.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "avif" | "heic")
}
