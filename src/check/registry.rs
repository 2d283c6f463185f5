//! Every rule, and the check that looks for it.
//! In: the lists of the families. Out: the list that checking, explaining and the reference go by.
//! Never knows: how any rule works.

use crate::diagnostic::{Rule, bug};

use super::entry::Check;
use super::{
    asset, external, heading, image, leftovers, link, nav, pages, playbook, settings, suppress, swimlane, template,
    unknown_rule, url,
};
use crate::{map, markdown, outline, page, project, theme};

/// The rules of each folder, which its `mod.rs` lists. Rules that are found while files are read stand in the list of
/// their own room.
static FAMILIES: &[&[Check]] = &[
    asset::CHECKS,
    external::CHECKS,
    heading::CHECKS,
    image::CHECKS,
    link::CHECKS,
    nav::CHECKS,
    pages::CHECKS,
    playbook::CHECKS,
    suppress::CHECKS,
    swimlane::CHECKS,
    template::CHECKS,
    super::theme::CHECKS,
    url::CHECKS,
    OWN,
];

/// The rules of files that lie in no folder.
static OWN: &[Check] = &[
    // Finds `config/value`, which `project` lists: only here is it known which icons the theme has.
    Check::site(&[], settings::check).always(),
    // Finds rules that `markdown` lists: only here is it known how many places there are.
    Check::site(&[], leftovers::check).always(),
    Check::elsewhere(&[&unknown_rule::RULE]),
];

/// All checks.
pub(super) fn checks() -> impl Iterator<Item = &'static Check> {
    FAMILIES.iter().copied().flatten()
}

/// The rules that are found while files are read, as their rooms list them.
static ROOMS: &[&[&Rule]] = &[
    project::RULES,
    markdown::RULES,
    outline::RULES,
    page::RULES,
    map::RULES,
    crate::playbook::RULES,
    theme::RULES,
    &[&bug::PANIC],
];

/// Every rule there is, in no particular order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    checks().map(|check| check.rules).chain(ROOMS.iter().copied()).flatten().copied()
}

/// The rule of this name.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}
