//! Templates that were filled in, as one document to print.
//! In: a `Linked` site whose templates have their values. Out: HTML that needs no other file.
//! Never knows: where values come from, where the document goes.

use super::BuiltSite;
use crate::diagnostic::Diagnostics;
use crate::fill::Job;
use crate::render::Renderer;

/// The day of a moment, in seconds since 1970, as readers read it.
#[must_use]
pub fn day(seconds: i64) -> String {
    crate::render::day(seconds).text
}

/// All documents of a job in one; `values` are what they were filled in with, for its cover.
///
/// # Errors
/// When a template of the project's own theme cannot be used.
pub fn printed(linked: &BuiltSite, job: &Job, values: &[(String, String)]) -> Result<Vec<u8>, Diagnostics> {
    Ok(Renderer::new(&linked.site, &linked.theme).filled(job, values).finish()?.bytes)
}
