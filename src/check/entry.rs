//! What the lists of rules are made of: rules, and the function that looks for them.

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{PageId, Site};

/// Looks at one page.
pub(super) type OnPage = fn(&Site, PageId, &mut Diagnostics);
/// Looks at the site as a whole.
pub(super) type OnSite = fn(&Site, &mut Diagnostics);

/// Rules, and the functions that look for them.
pub(super) struct Check {
    /// What is found. A check is not run for rules that are all off: on a large site, every look at every page counts.
    pub(super) rules: &'static [&'static Rule],
    /// Run for each page; pages are checked in parallel.
    pub(super) on_page: Option<OnPage>,
    /// Run once, for the site as a whole.
    pub(super) on_site: Option<OnSite>,
    /// Whether it finds rules of other rooms besides, and is run in any case.
    pub(super) is_always_run: bool,
}

impl Check {
    pub(super) const fn page(rules: &'static [&'static Rule], check: OnPage) -> Self {
        Self { on_page: Some(check), ..Self::elsewhere(rules) }
    }

    pub(super) const fn site(rules: &'static [&'static Rule], check: OnSite) -> Self {
        Self { on_site: Some(check), ..Self::elsewhere(rules) }
    }

    /// Looked for by what is no check of the site alone: it takes the theme, the site as it was, or answers of the web.
    pub(super) const fn elsewhere(rules: &'static [&'static Rule]) -> Self {
        Self { rules, on_page: None, on_site: None, is_always_run: false }
    }

    pub(super) const fn and_site(self, check: OnSite) -> Self {
        Self { on_site: Some(check), ..self }
    }

    pub(super) const fn always(self) -> Self {
        Self { is_always_run: true, ..self }
    }
}
