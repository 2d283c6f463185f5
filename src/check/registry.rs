//! Every rule, listed once.
//! In: the rules in their homes. Out: the list that checking, explaining and the rules' pages go by.
//! Never knows: how any rule works.

use crate::diagnostic::{Diagnostics, Rule, bug};
use crate::site::{PageId, Site};

use super::{
    asset, external, heading, image, level, link, nav, pages, playbook, settings, suppress, swimlane, template, url,
};
use crate::{map, markdown, outline, page, project, theme};

/// A check over the site, and the rules it looks for when each of them may be off: a check is not run for rules that
/// nobody wants. A check without rules here looks for several, and is run in any case.
pub(super) enum Check {
    /// Looks at one page at a time; pages are looked at in parallel.
    Page(OnPage, &'static [&'static Rule]),
    /// Looks at the site as a whole.
    Site(OnSite, &'static [&'static Rule]),
}

/// Looks at one page.
pub(super) type OnPage = fn(&Site, PageId, &mut Diagnostics);
/// Looks at the site as a whole.
pub(super) type OnSite = fn(&Site, &mut Diagnostics);

/// Every check over the site.
pub(super) static CHECKS: &[Check] = &[
    Check::Page(link::not_found::check, &[&link::not_found::RULE]),
    Check::Page(link::image_not_found::check, &[&link::image_not_found::RULE]),
    Check::Page(link::html_not_found::check, &[&link::html_not_found::RULE]),
    Check::Page(link::anchor_not_found::check, &[&link::anchor_not_found::RULE]),
    Check::Page(link::case_mismatch::check, &[&link::case_mismatch::RULE]),
    Check::Page(link::outside_root::check, &[&link::outside_root::RULE]),
    Check::Page(link::absolute::check, &[&link::absolute::RULE]),
    Check::Page(link::not_published::check, &[&link::not_published::RULE]),
    Check::Page(link::click_not_found::check, &[&link::click_not_found::RULE]),
    Check::Page(link::malformed_url::check, &[&link::malformed_url::RULE]),
    Check::Page(link::unsafe_scheme::check, &[&link::unsafe_scheme::RULE]),
    Check::Page(link::unused_definition::check, &[&link::unused_definition::RULE]),
    Check::Page(link::bare_url::check, &[&link::bare_url::RULE]),
    Check::Page(heading::duplicate_id::check, &[&markdown::DUPLICATE_ID]),
    Check::Page(heading::multiple_h1::check, &[&heading::multiple_h1::RULE]),
    Check::Page(heading::skipped_level::check, &[&heading::skipped_level::RULE]),
    Check::Page(pages::missing_description::check, &[&pages::missing_description::RULE]),
    Check::Page(image::larger_than_shown::check, &[&image::larger_than_shown::RULE]),
    Check::Page(swimlane::click_mismatch::check, &[&swimlane::click_mismatch::RULE]),
    Check::Page(swimlane::not_shown::check, &[]),
    Check::Page(playbook::directive::check, &[]),
    Check::Page(playbook::drift::check, &[]),
    Check::Page(template::missing_key::check, &[&template::missing_key::RULE]),
    Check::Page(template::value::check, &[&template::value::RULE]),
    Check::Site(pages::duplicate_title::check, &[&pages::duplicate_title::RULE]),
    Check::Site(asset::unused::check, &[&asset::unused::RULE]),
    Check::Site(link::asset_link_not_found::check, &[&link::asset_link_not_found::RULE]),
    Check::Site(link::anchor_not_found::check_outline, &[&link::anchor_not_found::RULE]),
    Check::Site(link::not_found::check_settings, &[&link::not_found::RULE]),
    Check::Site(link::unsafe_scheme::check_site, &[&link::unsafe_scheme::RULE]),
    Check::Site(settings::check, &[]),
    Check::Site(nav::page_not_found::check, &[&nav::page_not_found::RULE]),
    Check::Site(nav::orphan::check, &[&nav::orphan::RULE]),
    Check::Site(nav::listed_twice::check, &[&nav::listed_twice::RULE]),
    Check::Site(playbook::template_not_found::check, &[]),
    Check::Site(playbook::next_not_found::check, &[&playbook::next_not_found::RULE]),
    Check::Site(playbook::not_read::check, &[&playbook::not_read::RULE]),
    Check::Site(url::duplicate::check, &[&url::duplicate::RULE]),
    Check::Site(url::redirect_not_found::check, &[]),
    Check::Site(url::redirect_loop::check, &[&url::redirect_loop::RULE]),
];

/// The rules of the checks over the site.
static SITE_RULES: &[&Rule] = &[
    &suppress::UNKNOWN_ALLOW,
    &suppress::UNUSED_ALLOW,
    &asset::unused::RULE,
    &heading::multiple_h1::RULE,
    &heading::skipped_level::RULE,
    &image::larger_than_shown::RULE,
    &level::UNKNOWN_RULE,
    &link::absolute::RULE,
    &link::anchor_not_found::RULE,
    &link::asset_link_not_found::RULE,
    &link::bare_url::RULE,
    &link::case_mismatch::RULE,
    &link::click_not_found::RULE,
    &link::html_not_found::RULE,
    &link::image_not_found::RULE,
    &link::malformed_url::RULE,
    &link::not_found::RULE,
    &link::not_published::RULE,
    &link::outside_root::RULE,
    &link::unsafe_scheme::RULE,
    &link::unused_definition::RULE,
    &nav::listed_twice::RULE,
    &nav::orphan::RULE,
    &nav::page_not_found::RULE,
    &pages::duplicate_title::RULE,
    &pages::missing_description::RULE,
    &playbook::directive::NO_MATCH,
    &playbook::directive::UNKNOWN_PLAYBOOK,
    &playbook::drift::HAND_WRITTEN,
    &playbook::next_not_found::RULE,
    &playbook::not_read::RULE,
    &playbook::template_not_found::RULE,
    &swimlane::click_mismatch::RULE,
    &swimlane::not_shown::LANE,
    &swimlane::not_shown::MAP,
    &swimlane::not_shown::STAGE,
    &template::missing_key::RULE,
    &template::value::RULE,
    &super::theme::unknown_template::RULE,
    &url::duplicate::RULE,
    &url::redirect_loop::RULE,
    &url::redirect_not_found::RULE,
];

/// The rules that are looked for only when somebody asks.
static ON_DEMAND: &[&Rule] = &[
    &external::ANCHOR,
    &external::DEAD,
    &external::MOVED,
    &external::REFUSED,
    &external::UNREACHABLE,
    &url::vanished::ANCHOR,
    &url::vanished::ASSET,
    &url::vanished::PAGE,
];

/// The rules that are a matter of taste: off unless the project gives them a level, or somebody asks for them by name.
static OFF: &[&Rule] = &[
    &asset::unused::RULE,
    &image::larger_than_shown::RULE,
    &link::bare_url::RULE,
    &pages::missing_description::RULE,
    &markdown::MISSING_CELL,
];

/// Whether every check looks for this rule.
#[must_use]
pub fn is_always_checked(rule: &Rule) -> bool {
    !ON_DEMAND.contains(&rule)
}

/// Whether this rule is off unless somebody wants it.
#[must_use]
pub fn is_off(rule: &Rule) -> bool {
    OFF.contains(&rule)
}

/// Every rule there is, those found while reading among them, in no particular order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let read = project::RULES.iter().chain(&markdown::RULES).chain(&outline::RULES).chain(&page::RULES);
    let always = [&bug::PANIC];
    let drawn = map::RULES.iter().chain(&crate::playbook::RULES).chain(&theme::RULES);
    SITE_RULES.iter().chain(ON_DEMAND).chain(read).chain(drawn).copied().chain(always)
}

/// The rule of this name.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}
