//! Every rule, listed once.
//! In: the rules in their homes. Out: the list that checking, explaining and the rules' pages go by.
//! Never knows: how any rule works.

use crate::diagnostic::{Findings, Rule, nearest};
use crate::site::{PageId, Site};

use super::{link, nav, playbook, swimlane, url};

/// A check over the site.
pub(super) enum Check {
    /// Looks at one page at a time; pages are looked at in parallel.
    Page(fn(&Site, PageId, &mut Findings)),
    /// Looks at the site as a whole.
    Site(fn(&Site, &mut Findings)),
}

/// Every check over the site.
pub(super) static CHECKS: &[Check] = &[
    Check::Page(link::not_found::check),
    Check::Page(link::image_not_found::check),
    Check::Page(link::html_not_found::check),
    Check::Page(link::anchor_not_found::check),
    Check::Page(link::case_mismatch::check),
    Check::Page(link::outside_root::check),
    Check::Page(link::absolute::check),
    Check::Page(link::not_published::check),
    Check::Page(link::click_not_found::check),
    Check::Page(swimlane::click_mismatch::check),
    Check::Site(nav::page_not_found::check),
    Check::Site(nav::orphan::check),
    Check::Site(playbook::template_not_found::check),
    Check::Site(playbook::next_not_found::check),
    Check::Site(url::duplicate::check),
    Check::Site(url::redirect_not_found::check),
    Check::Site(url::redirect_loop::check),
];
