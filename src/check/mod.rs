//! What is wrong with a site as a whole.
//! In: a linked `Site`. Out: findings, each with its place.
//! Never knows: rendering, report formats, the disk, the web.

pub mod level;
pub mod link;
pub mod nav;
pub mod playbook;
pub mod registry;
pub mod swimlane;
pub mod template;
pub mod url;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Findings};
use crate::markdown::Link;
use crate::page::Page;
use crate::site::{PageId, Problem, Resolution, Site};
use registry::Check;

/// Applies every check to a site. Findings come in no particular order; who reports them sorts.
#[must_use]
pub fn run(site: &Site) -> Findings {
    let pages: Vec<PageId> = site.pages().map(|(id, _)| id).collect();
    let on_pages = pages.into_par_iter().flat_map_iter(|page| {
        let mut found = Findings::new();
        for check in registry::CHECKS {
            if let Check::Page(check) = check {
                check(site, page, &mut found);
            }
        }
        found
    });
    let mut found: Findings = on_pages.collect();
    for check in registry::CHECKS {
        if let Check::Site(check) = check {
            check(site, &mut found);
        }
    }
    found
}

/// A link that has a problem.
struct Broken<'a> {
    link: &'a Link,
    resolution: &'a Resolution,
    problem: &'a Problem,
    /// Whether it is the click target of a node in a diagram.
    is_click: bool,
}

/// The links of a page that have problems. A definition that several references lead through is one cause.
fn broken_links(site: &Site, page: PageId) -> impl Iterator<Item = Broken<'_>> {
    let compiled = site.page(page).markdown();
    let clicks_from = compiled.map_or(0, |page| page.clicks_from);
    let links = compiled.map_or(&[][..], |page: &Page| &page.links);
    let mut seen = HashSet::new();
    links.iter().zip(site.links(page)).enumerate().filter_map(move |(index, (link, resolution))| {
        let problem = resolution.problem.as_ref().filter(|_| seen.insert(link.span))?;
        Some(Broken { link, resolution, problem, is_click: index >= clicks_from })
    })
}

/// Adds a finding where there is one.
fn add(found: &mut Findings, finding: Option<Diagnostic>) {
    found.extend(finding);
}
