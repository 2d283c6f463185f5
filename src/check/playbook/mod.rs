//! Playbooks: are their templates there, and do the pages that speak of them still agree with them?
//! In: playbooks with resolved templates, and the hand-written copies on pages. Out: findings.
//! Never knows: how playbooks are read or shown.

pub mod directive;
pub mod drift;
pub mod next_not_found;
pub mod not_read;
pub mod template_not_found;
