//! What search leads to: the index, and without a script the list of all pages.
//! In: the linked site. Out: pages as the index wants them; HTML of the list.
//! Never knows: the format of the index, the theme's templates.

mod all_pages;
mod documents;

pub(super) use all_pages::all_pages;
pub(super) use documents::{documents, is_found};
