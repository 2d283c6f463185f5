//! The columns of a node-reference table, and the headings that a page gives them.

use crate::source::Located;

/// Headings that a page names itself, for tables that call their columns otherwise.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ColumnNames {
    /// The node's id.
    pub id: Option<Located<String>>,
    /// Who does the step.
    pub lane: Option<Located<String>>,
    /// The step's title.
    pub step: Option<Located<String>>,
    /// Why the step matters.
    pub why: Option<Located<String>>,
    /// The stage it belongs to.
    pub stage: Option<Located<String>>,
    /// What to open first.
    pub first_action: Option<Located<String>>,
    /// The steps that follow.
    pub next: Option<Located<String>>,
}

/// The column of each meaning, counted from 0.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Columns {
    /// The node's id.
    pub id: Option<usize>,
    /// Who does the step.
    pub lane: Option<usize>,
    /// The step's title.
    pub step: Option<usize>,
    /// Why the step matters.
    pub why: Option<usize>,
    /// The stage it belongs to.
    pub stage: Option<usize>,
    /// What to open first.
    pub first_action: Option<usize>,
    /// The steps that follow.
    pub next: Option<usize>,
}
