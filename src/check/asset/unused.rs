//! `asset/unused`: an image or document that nothing leads to.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostics, Rule};
use crate::site::{Resolution, Site, Target};
use crate::source::{SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule::warning("asset/unused", include_str!("unused.md")).off();

/// Files that are there to be linked or shown. Others are there for browsers, servers or robots.
const LINKED: [&str; 13] =
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "docx", "xlsx", "pptx", "csv", "zip"];

/// Looks for files without a link. The files themselves are no texts: the findings stand at the start of book.toml.
pub fn check(site: &Site, found: &mut Diagnostics) {
    let used = used(site);
    let named: HashSet<&SourcePath> = site.config.published.iter().collect();
    for asset in site.assets.iter() {
        let is_meant = LINKED.contains(&asset.source.extension().to_lowercase().as_str());
        // Browsers ask for `favicon.ico` and its like by name, whatever the pages link.
        let is_icon = asset.source.file_name().starts_with("favicon");
        if is_meant && !is_icon && !used.contains(&asset.source) && !named.contains(&asset.source) {
            let message = format!("unused file `{}`: nothing links to it", asset.source);
            let finding = RULE.at(Span::start_of(site.config.book_toml), message);
            found.push(finding.help("delete the file, or link to it"));
        }
    }
}

/// The files that some page, playbook or file of the site leads to.
fn used(site: &Site) -> HashSet<&SourcePath> {
    let of_pages = site.pages().flat_map(|(id, _)| site.links(id)).map(|resolution| resolution.target.clone());
    let of_playbooks =
        site.playbooks.iter().flat_map(|entry| site.playbook_links(entry).map(|(_, Resolution { target, .. })| target));
    // A drawing is used by the page, and the photo in the drawing by the drawing.
    let of_assets = site
        .assets
        .iter()
        .flat_map(|asset| asset.links.iter().map(|link| site.resolve_in_asset(asset, &link.destination).target));
    let targets = of_pages.chain(of_playbooks).chain(of_assets);
    targets
        .filter_map(|target| match target {
            Target::Asset(id, _) => Some(&site.asset(id).source),
            _ => None,
        })
        .collect()
}
