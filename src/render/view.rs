//! What a template gets: the theme's whole contract, and with its comments the theme's reference.
//! In: the site's model, borrowed. Out: values that serialise under the names templates use.
//! Never knows: how a template uses them.
//!
//! A page's template sees three names: `site` ([`SiteView`]), `page` ([`PageView`]) and nothing else; the
//! templates that are rendered on their own say in their first line what they see: `partials/nav.html` sees `nav`
//! ([`NavView`]), `partials/flow.html` sees `flow` ([`FlowView`]), `partials/map.html` sees `map` ([`MapView`]),
//! `partials/steps.html`, `partials/step_table.html` and `partials/criteria.html` see `playbook` ([`PlaybookView`]),
//! `partials/cards.html` sees `playbooks` ([`PlaybooksView`]), `partials/templates.html` sees `templates`
//! ([`TemplatesView`]), `partials/matrix.html` sees `matrix` ([`MatrixView`]).
//! The template of a document to print, `print.html`, sees `site` and `document` ([`DocumentView`]).
//!
//! Every field is always there; what a page does not have is `null`, empty or `false`. Texts are escaped when a
//! template writes them. Fields of type [`SafeHtml`] are markup already: write them with `| safe`. Addresses are
//! relative to the page being rendered and ready for an attribute.

mod fill;
mod map;
mod nav;
mod page;
mod playbook;
mod print;
mod site;
mod templates;

pub use fill::{FillField, FillView};
pub use map::{HereStep, HereView, MapStep, MapView, TitleStrip};
pub use nav::{NavItem, NavKind, NavView};
pub use page::{Day, Fact, FactValue, HeadingView, Hidden, MovedPart, PageKind, PageView, TabView, TocEntry, UsedBy};
pub use playbook::{FlowStep, FlowView, PlaybookCard, PlaybookView, PlaybooksView, StepView};
pub use print::{ChapterView, DocumentKind, DocumentView, PartView, PrintView, ValueView};
pub use site::{ColorSchemeView, RepositoryView, ScriptView, SearchView, SiteView, SocialLinkView, TextDirectionView};
pub use templates::{MatrixRow, MatrixStep, MatrixView, TemplateCard, TemplatesView};

use std::borrow::Cow;

use serde::Serialize;

use crate::url::Href;

/// Markup that is safe to write as it is: `{{ page.content | safe }}`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct SafeHtml<'a>(pub Cow<'a, str>);

impl<'a> SafeHtml<'a> {
    /// Marks a text as markup. Whoever calls this has escaped what authors wrote.
    #[must_use]
    pub fn new(markup: impl Into<Cow<'a, str>>) -> Self {
        Self(markup.into())
    }
}

/// A link, or a name without one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LinkView<'a> {
    /// The text that readers see.
    pub title: Cow<'a, str>,
    /// The target; `null` for a name without a page, such as a folder in the breadcrumbs.
    pub href: Option<Href>,
}

impl<'a> LinkView<'a> {
    /// A link.
    #[must_use]
    pub fn new(title: impl Into<Cow<'a, str>>, href: Href) -> Self {
        Self { title: title.into(), href: Some(href) }
    }

    /// A name without a page.
    #[must_use]
    pub fn unlinked(title: impl Into<Cow<'a, str>>) -> Self {
        Self { title: title.into(), href: None }
    }
}

/// What the template of a page sees.
#[derive(Clone, Debug, Serialize)]
pub struct PageContext<'a> {
    /// The same on every page of a folder depth.
    pub site: &'a SiteView<'a>,
    /// This page.
    pub page: &'a PageView<'a>,
}

#[cfg(test)]
mod tests;
