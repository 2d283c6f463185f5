//! `templates` and `matrix`: lists of templates that directives put into pages.

use std::borrow::Cow;

use serde::Serialize;

use super::{Fact, LinkView};
use crate::url::Href;

/// A list of templates.
#[derive(Clone, Debug, Serialize)]
pub struct TemplatesView<'a> {
    /// The templates, in the order of the site.
    pub items: Vec<TemplateCard<'a>>,
}

/// A template in a list.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateCard<'a> {
    /// Its name and page.
    pub page: LinkView<'a>,
    /// One sentence, as plain text.
    pub description: Option<Cow<'a, str>>,
    /// The other facts from its front matter, in the same order as on its page.
    pub facts: Vec<Fact<'a>>,
    /// The playbooks that use it, without duplicates.
    pub playbooks: Vec<LinkView<'a>>,
}

/// A matrix of templates and playbooks.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView<'a> {
    /// The columns: each playbook after those that lead to it.
    pub playbooks: Vec<LinkView<'a>>,
    /// The rows.
    pub rows: Vec<MatrixRow<'a>>,
    /// The number of templates that no playbook uses.
    pub unused: usize,
}

/// A row of the matrix: one template.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow<'a> {
    /// Its name and page.
    pub template: LinkView<'a>,
    /// For each playbook, the steps that use it.
    pub cells: Vec<Vec<MatrixStep>>,
    /// The number of steps that use it.
    pub uses: usize,
}

/// A step that uses a template.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixStep {
    /// The number, starting at 1.
    pub number: usize,
    /// The step itself.
    pub href: Href,
}
