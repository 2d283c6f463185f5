//! Playbooks: are their templates there, and do the pages that speak of them still agree with them?
//! In: playbooks with resolved templates, and the hand-written copies on pages. Out: findings.
//! Never knows: how playbooks are read or shown.

pub mod directive;
pub mod drift;
pub mod next_not_found;
pub mod not_read;
pub mod own_keys;
pub mod template_not_found;

use super::entry::Check;

/// The rules of this folder with their checks, a line each.
pub(super) static CHECKS: &[Check] = &[
    Check::page(&[&directive::NO_MATCH, &directive::UNKNOWN_PLAYBOOK], directive::check).always(),
    // What differs between a copy and its playbook is listed by `playbook`; this rule is about copies that agree.
    Check::page(&[&drift::HAND_WRITTEN], drift::check).always(),
    Check::site(&[&next_not_found::RULE], next_not_found::check),
    Check::site(&[&not_read::RULE], not_read::check),
    Check::site(&[&own_keys::MISSING_KEY, &own_keys::VALUE], own_keys::check),
    Check::site(&[&template_not_found::RULE], template_not_found::check),
];
