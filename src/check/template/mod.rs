//! Rules on the front matter of templates.
//! In: templates, and what the project says that their front matter must hold. Out: findings at the very value.
//! Never knows: what the keys mean.

pub mod missing_key;
pub mod value;

use super::entry::Check;
use crate::page::FrontMatter;
use crate::site::{PageId, Site};

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] =
    &[Check::page(&[&missing_key::RULE], missing_key::check), Check::page(&[&value::RULE], value::check)];

/// The front matter of a page, when it is a template.
fn template(site: &Site, page: PageId) -> Option<&FrontMatter> {
    let compiled = site.page(page).markdown()?;
    (!site.config.written.templates.schema.is_empty() && site.is_template(page)).then_some(&compiled.front)
}
