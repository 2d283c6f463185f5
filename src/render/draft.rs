//! A page before it is put through its template: all that it shows.
//! In: the views of a page and of the site around it. Out: the page's file; or the fingerprints of what it shows, which
//! tell whether it must be rendered again, and why.
//! Never knows: how the views were made.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::Value;

use super::File;
use super::view::{PageContext, PageView, SiteView};
use crate::diagnostic::Findings;
use crate::text::Span;
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
    pub(super) found: Findings,
}

/// The site's answers to all that a page asked: a fingerprint for each part of what its template sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers(BTreeMap<String, u64>);

impl Draft<'_> {
    /// The page's file.
    ///
    /// # Errors
    /// When a template of the project's own theme cannot be used.
    pub fn finish(self) -> Result<File, Findings> {
        let sees = PageContext { site: &self.site, page: &self.page };
        match self.theme.render(self.template, &sees, self.start) {
            Ok(html) if self.found.is_empty() => {
                let html = if self.page.base.is_some() { with_own_places(&html, &self.path) } else { html };
                Ok(File { path: self.path, bytes: html.into_bytes() })
            }
            Ok(_) => Err(self.found),
            Err(error) => Err(self.found.into_iter().chain([*error]).collect()),
        }
    }

    /// What it shows, as fingerprints. As long as these and the theme are the same, so are the bytes of the page.
    #[must_use]
    pub fn answers(&self) -> Answers {
        let mut answers = BTreeMap::from([("template".to_owned(), fingerprint(&Value::from(self.template)))]);
        let mut note = |prefix: &str, view: serde_json::Result<Value>| {
            // What has no JSON form is seen by no template either.
            let Ok(Value::Object(parts)) = view else { return };
            answers.extend(parts.iter().map(|(name, part)| (format!("{prefix}{name}"), fingerprint(part))));
        };
        note("", serde_json::to_value(&self.page));
        note("site.", serde_json::to_value(&self.site));
        Answers(answers)
    }
}

impl Answers {
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

fn fingerprint(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
