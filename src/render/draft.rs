//! A page before it is put through its template: all that it shows.
//! In: the views of a page and of the site around it. Out: the page's file; or the fingerprints of what it shows, which
//! tell whether it must be rendered again, and why.
//! Never knows: how the views were made.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::SiteFile;
use super::view::{PageContext, PageView, SiteView};
use crate::diagnostic::Diagnostics;
use crate::source::{Span, run_fingerprint};
use crate::theme::Theme;

/// All that a page shows.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(super) theme: &'a Theme,
    pub(super) page: PageView<'a>,
    pub(super) site: SiteView<'a>,
    pub(super) template: &'a str,
    pub(super) path: String,
    pub(super) start: Span,
    pub(super) found: Diagnostics,
}

/// What a page is made from: a fingerprint for each part of what its template sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RenderInputs(BTreeMap<String, u64>);

impl Draft<'_> {
    /// The page's file.
    ///
    /// # Errors
    /// When a template of the project's own theme cannot be used.
    pub fn finish(self) -> Result<SiteFile, Diagnostics> {
        let sees = PageContext { site: &self.site, page: &self.page };
        match self.theme.render(self.template, &sees, self.start) {
            Ok(html) if self.found.is_empty() => {
                let html = if self.page.base.is_some() { with_own_places(&html, &self.path) } else { html };
                Ok(SiteFile { path: self.path, bytes: html.into_bytes() })
            }
            Ok(_) => Err(self.found),
            Err(error) => Err(self.found.into_iter().chain([*error]).collect()),
        }
    }

    /// What it shows, as fingerprints. As long as these and the theme are the same, so are the bytes of the page.
    #[must_use]
    pub fn inputs(&self) -> RenderInputs {
        let mut answers = RenderInputs::default();
        answers.note("template", &self.template);
        answers.note_parts("", &self.page);
        answers.note_parts("site.", &self.site);
        answers
    }
}

impl RenderInputs {
    /// Notes an answer as a whole.
    pub(super) fn note(&mut self, name: &str, view: &impl Serialize) {
        // What has no JSON form is seen by no template either.
        self.0.extend(serde_json::to_value(view).map(|view| (name.to_owned(), run_fingerprint(&view))));
    }

    /// Notes the parts of an answer, each with this before its name.
    pub(super) fn note_parts(&mut self, prefix: &str, view: &impl Serialize) {
        let Ok(Value::Object(parts)) = serde_json::to_value(view) else { return };
        self.0.extend(parts.iter().map(|(name, part)| (format!("{prefix}{name}"), run_fingerprint(part))));
    }

    /// The names of the parts that differ.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let names = self.0.keys().chain(other.0.keys());
        let mut names: Vec<&String> = names.filter(|name| self.0.get(*name) != other.0.get(*name)).collect();
        names.sort();
        names.dedup();
        names.into_iter().cloned().collect()
    }
}

/// Where there is a `<base>`, a fragment alone leads to a place on that address, and not on the page it is on.
fn with_own_places(html: &str, path: &str) -> String {
    html.replace("href=\"#", &format!("href=\"{path}#"))
}
