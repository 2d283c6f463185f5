//! What is wrong with a site as a whole.
//! In: a linked `Site`. Out: findings, each with its place.
//! Never knows: rendering, report formats, the disk, the web.

pub mod asset;
mod entry;
pub mod external;
pub mod heading;
pub mod image;
mod leftovers;
pub mod link;
pub mod nav;
mod own_keys;
pub mod pages;
pub mod playbook;
pub mod registry;
pub mod settings;
pub mod severity;
pub mod suppress;
pub mod swimlane;
pub mod template;
pub mod theme;
pub mod unknown_rule;
pub mod url;

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix, bug};
use crate::markdown::{Link, LinkKind};
use crate::page::Page;
use crate::project::Config;
use crate::site::{LinkProblem, PageId, Resolution, Site, Target};
use crate::source::{SourcePath, Span};
use entry::{Check, OnPage, OnSite};

/// The checks that a project wants.
#[derive(Debug)]
pub struct SelectedChecks {
    on_page: Vec<OnPage>,
    on_site: Vec<OnSite>,
}

impl SelectedChecks {
    /// Those whose rules are not all off.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let is_wanted =
            |check: &&Check| check.is_always_run || check.rules.iter().any(|rule| !severity::is_off(config, rule));
        let wanted: Vec<&Check> = registry::checks().filter(is_wanted).collect();
        Self {
            on_page: wanted.iter().filter_map(|check| check.on_page).collect(),
            on_site: wanted.iter().filter_map(|check| check.on_site).collect(),
        }
    }

    /// What is wrong with one page. Whether anything is depends on the page, where its links lead, the playbooks, and
    /// which files and addresses there are; for pages with directives and generated ones, on other pages' front matter
    /// and places too. So a page stays right for as long as these are the same. How a finding reads may depend on the
    /// titles and headings of all pages: on their texts never.
    #[must_use]
    pub fn on_page(&self, site: &Site, page: PageId) -> Diagnostics {
        let mut found = Diagnostics::new();
        for check in &self.on_page {
            // A panic costs this check of this page; what the checks before it found stays.
            let done = bug::contained(|| check(site, page, &mut found));
            found.extend(done.err().map(|bug| bug.finding(site.start_of(page), "checking this page")));
        }
        found
    }

    /// What is wrong with the site as a whole.
    #[must_use]
    pub fn on_site(&self, site: &Site) -> Diagnostics {
        let mut found = Diagnostics::new();
        for check in &self.on_site {
            let done = bug::contained(|| check(site, &mut found));
            let at = Span::start_of(site.config.book_toml);
            found.extend(done.err().map(|bug| bug.finding(at, "checking the site")));
        }
        found
    }
}

/// A link that has a problem.
struct Broken<'a> {
    link: &'a Link,
    target: Target,
    problem: LinkProblem,
    /// Whether it is the click target of a node in a diagram.
    is_click: bool,
    /// The file that it is written in.
    file: Option<&'a SourcePath>,
    /// The folder of that file.
    folder: Option<SourcePath>,
    /// Whether its place holds the destination as it reads: YAML may spell a text with escapes, and then the place is
    /// the whole text.
    is_verbatim: bool,
}

/// The links of a page that have problems, then those in the texts of the playbook it shows. A definition that
/// several references lead through is one cause.
fn broken_links(site: &Site, page: PageId) -> impl Iterator<Item = Broken<'_>> {
    let entry = site.page(page);
    let compiled = entry.markdown();
    let clicks_from = compiled.map_or(0, |page| page.clicks_from);
    let links = compiled.map_or(&[][..], |page: &Page| &page.links);
    // A definition that five references lead through is five links with one place.
    let mut seen = HashSet::new();
    let written = links.iter().zip(site.links(page)).enumerate().filter_map(move |(index, (link, resolution))| {
        // A template keeps its blanks in addresses until somebody fills it in: `https://{{ host }}/` is no mistake
        // there.
        let is_for_form = resolution.problem == Some(LinkProblem::NotFilled) && site.is_template(page);
        let problem = resolution.problem.clone().filter(|_| !is_for_form && seen.insert(link.span))?;
        let file = compiled.and_then(|page| page.included_file_of(link)).or(entry.source.as_ref());
        let folder = file.map(SourcePath::parent);
        Some(Broken {
            link,
            target: resolution.target.clone(),
            problem,
            is_click: index >= clicks_from,
            file,
            folder,
            is_verbatim: true,
        })
    });
    let in_playbook = site.playbook_of(page).into_iter().flat_map(|entry| {
        let folder = entry.source.parent();
        site.playbook_links(entry).filter_map(move |(link, Resolution { target, problem, .. })| {
            // YAML may fold a text over lines or spell it with escapes; then an edit of a part of it would hit other
            // bytes.
            let is_verbatim = link.span.len() == link.destination.len();
            let (file, folder) = (Some(&entry.source), Some(folder.clone()));
            Some(Broken { link, target, problem: problem?, is_click: false, file, folder, is_verbatim })
        })
    });
    written.chain(in_playbook)
}

impl Broken<'_> {
    /// Where a relative path of the link leads, from the project folder: the same for all links to one missing file,
    /// however each of them is written.
    fn leads_to(&self, site: &Site, page: PageId, path: &str) -> Option<String> {
        if matches!(self.link.kind, LinkKind::HtmlHref | LinkKind::HtmlSrc | LinkKind::HtmlOther) {
            return site.page(page).address.follow(path).map(|address| address.to_string());
        }
        let file = self.folder.as_ref()?.join(path).ok()?;
        Some(site.config.place.shown(&file).to_owned())
    }

    /// Offers another destination, or a part of one, where it can be written.
    fn repaired(&self, finding: Diagnostic, fix: Fix) -> Diagnostic {
        if self.is_verbatim { finding.fix(fix) } else { finding }
    }
}

/// Adds a finding where there is one.
fn add(found: &mut Diagnostics, finding: Option<Diagnostic>) {
    found.extend(finding);
}
