//! What playbooks and templates mean to the site: steps, hand-written copies, lists.
//! In: pages and playbooks. Out: which page shows which step.
//! Never knows: HTML.

pub(super) mod copies;
pub(super) mod playbook_texts;
pub(super) mod steps;
pub(super) mod template_pages;
