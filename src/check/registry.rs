//! Every rule, listed once, and the check that looks for it.
//! In: the rules in their homes. Out: the list that checking, explaining and the reference go by.
//! Never knows: how any rule works.

use crate::diagnostic::{Diagnostics, Rule, bug};
use crate::site::{PageId, Site};

use super::{
    asset, external, heading, image, link, nav, pages, playbook, settings, suppress, swimlane, template, unknown_rule,
    url,
};
use crate::{map, markdown, outline, page, project, theme};

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
    const fn page(rules: &'static [&'static Rule], check: OnPage) -> Self {
        Self { on_page: Some(check), ..Self::elsewhere(rules) }
    }

    const fn site(rules: &'static [&'static Rule], check: OnSite) -> Self {
        Self { on_site: Some(check), ..Self::elsewhere(rules) }
    }

    /// Looked for by what is no check of the site alone: it takes the theme, the site as it was, or answers of the web.
    const fn elsewhere(rules: &'static [&'static Rule]) -> Self {
        Self { rules, on_page: None, on_site: None, is_always_run: false }
    }

    const fn and_site(self, check: OnSite) -> Self {
        Self { on_site: Some(check), ..self }
    }

    const fn always(self) -> Self {
        Self { is_always_run: true, ..self }
    }
}

/// Every rule of this folder with its check, a line each. Rules that are found while files are read stand in the list
/// of their own room.
pub(super) static CHECKS: &[Check] = &[
    Check::site(&[&asset::unused::RULE], asset::unused::check),
    Check::elsewhere(external::RULES),
    // Two ids that an author gave are found while the page is read, so the rule is listed by `markdown`.
    Check::page(&[], heading::duplicate_id::check).always(),
    Check::page(&[&heading::multiple_h1::RULE], heading::multiple_h1::check),
    Check::page(&[&heading::skipped_level::RULE], heading::skipped_level::check),
    Check::page(&[&image::larger_than_shown::RULE], image::larger_than_shown::check),
    Check::page(&[&link::absolute::RULE], link::absolute::check),
    Check::page(&[&link::anchor_not_found::RULE], link::anchor_not_found::check)
        .and_site(link::anchor_not_found::check_outline),
    Check::site(&[&link::asset_link_not_found::RULE], link::asset_link_not_found::check),
    Check::page(&[&link::bare_url::RULE], link::bare_url::check),
    Check::page(&[&link::case_mismatch::RULE], link::case_mismatch::check),
    Check::page(&[&link::click_not_found::RULE], link::click_not_found::check),
    Check::page(&[&link::html_not_found::RULE], link::html_not_found::check),
    Check::page(&[&link::image_not_found::RULE], link::image_not_found::check),
    Check::page(&[&link::malformed_url::RULE], link::malformed_url::check),
    Check::page(&[&link::not_found::RULE], link::not_found::check).and_site(link::not_found::check_settings),
    Check::page(&[&link::not_published::RULE], link::not_published::check),
    Check::page(&[&link::outside_root::RULE], link::outside_root::check),
    Check::page(&[&link::unsafe_scheme::RULE], link::unsafe_scheme::check).and_site(link::unsafe_scheme::check_site),
    Check::page(&[&link::unused_definition::RULE], link::unused_definition::check),
    Check::site(&[&nav::listed_twice::RULE], nav::listed_twice::check),
    Check::site(&[&nav::orphan::RULE], nav::orphan::check),
    Check::site(&[&nav::page_not_found::RULE], nav::page_not_found::check),
    Check::site(&[&pages::duplicate_title::RULE], pages::duplicate_title::check),
    Check::page(&[&pages::missing_description::RULE], pages::missing_description::check),
    Check::page(&[&playbook::directive::NO_MATCH, &playbook::directive::UNKNOWN_PLAYBOOK], playbook::directive::check)
        .always(),
    // What differs between a copy and its playbook is listed by `playbook`; this rule is about copies that agree.
    Check::page(&[&playbook::drift::HAND_WRITTEN], playbook::drift::check).always(),
    Check::site(&[&playbook::next_not_found::RULE], playbook::next_not_found::check),
    Check::site(&[&playbook::not_read::RULE], playbook::not_read::check),
    Check::site(&[&playbook::template_not_found::RULE], playbook::template_not_found::check),
    // Finds `config/value`, which `project` lists: only here is it known which icons the theme has.
    Check::site(&[], settings::check).always(),
    Check::elsewhere(&[&suppress::unknown::RULE]),
    Check::elsewhere(&[&suppress::unused::RULE]),
    Check::page(&[&swimlane::click_mismatch::RULE], swimlane::click_mismatch::check),
    Check::page(
        &[&swimlane::not_shown::LANE, &swimlane::not_shown::MAP, &swimlane::not_shown::STAGE],
        swimlane::not_shown::check,
    ),
    Check::page(&[&template::missing_key::RULE], template::missing_key::check),
    Check::page(&[&template::value::RULE], template::value::check),
    Check::elsewhere(&[&super::theme::unknown_template::RULE]),
    Check::elsewhere(&[&unknown_rule::RULE]),
    Check::site(&[&url::duplicate::RULE], url::duplicate::check),
    Check::site(&[&url::redirect_loop::RULE], url::redirect_loop::check),
    Check::site(&[&url::redirect_not_found::RULE], url::redirect_not_found::check),
    Check::elsewhere(&[&url::vanished::ANCHOR, &url::vanished::ASSET, &url::vanished::PAGE]),
];

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
    CHECKS.iter().map(|check| check.rules).chain(ROOMS.iter().copied()).flatten().copied()
}

/// The rule of this name.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}
