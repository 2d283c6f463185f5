//! Lists of templates that stand in other pages.
//! In: pages that are templates, and the steps that use them. Out: `TemplatesView`, `MatrixView`.
//! Never knows: front matter, or how a directive is written.

use std::borrow::Cow;

use serde::Serialize;

use super::{Fact, LinkView};
use crate::url::Href;

/// A list of templates.
#[derive(Clone, Debug, Serialize)]
pub struct TemplatesView<'a> {
    /// In the order of their places in the site.
    pub items: Vec<TemplateCard<'a>>,
}

/// A template in a list.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateCard<'a> {
    /// Its name and its page.
    pub page: LinkView<'a>,
    /// One sentence, plain text.
    pub description: Option<Cow<'a, str>>,
    /// What its front matter says beyond that, in the order of the facts on its page.
    pub facts: Vec<Fact<'a>>,
    /// The playbooks that use it, once each.
    pub playbooks: Vec<LinkView<'a>>,
}

/// Templates against playbooks.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView<'a> {
    /// The columns, each playbook after those that lead to it.
    pub playbooks: Vec<LinkView<'a>>,
    /// The rows.
    pub rows: Vec<MatrixRow<'a>>,
    /// How many templates no playbook uses.
    pub unused: usize,
}

/// A template against all playbooks.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow<'a> {
    /// Its name and its page.
    pub template: LinkView<'a>,
    /// For each playbook, the steps that use it.
    pub cells: Vec<Vec<MatrixStep>>,
    /// How many steps use it.
    pub uses: usize,
}

/// A step that uses a template.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixStep {
    /// From 1.
    pub number: usize,
    /// Where the step is told.
    pub href: Href,
}
