//! `manifest.json`: what a build promises to others: addresses, anchors, files, playbooks, maps.

use serde::Serialize;

use super::feed;
use super::map_entry::{self, MapEntry};
use super::markdown::llms;
use super::target::address;
use crate::site::{PageId, Site};

/// The manifest; its version grows when a field changes its meaning.
#[derive(Serialize)]
struct Manifest<'a> {
    version: u32,
    files: Files,
    pages: Vec<PageEntry<'a>>,
    assets: Vec<&'a str>,
    playbooks: Vec<PlaybookEntry<'a>>,
    maps: Vec<MapEntry<'a>>,
}

/// Files for programs that the site has besides this one.
#[derive(Serialize)]
struct Files {
    llms: Option<String>,
    llms_full: Option<String>,
    feed: Option<String>,
}

impl Files {
    fn of(site: &Site) -> Self {
        let address = |file: &str, is_there: bool| is_there.then(|| format!("/{file}"));
        Self {
            llms: address(llms::LIST, site.config.written.html.markdown),
            llms_full: address(llms::ALL_PAGES, llms::has_all_pages(site)),
            feed: address(feed::FILE, feed::has_feed(site)),
        }
    }
}

#[derive(Serialize)]
struct PageEntry<'a> {
    address: &'a str,
    title: &'a str,
    /// The same page as Markdown.
    markdown: Option<String>,
    source: Option<&'a str>,
    anchors: Vec<&'a str>,
}

#[derive(Serialize)]
struct PlaybookEntry<'a> {
    id: &'a str,
    name: &'a str,
    address: &'a str,
    /// All that it says.
    json: Option<String>,
    steps: Vec<StepEntry<'a>>,
}

#[derive(Serialize)]
struct StepEntry<'a> {
    name: &'a str,
    /// The address of the step itself.
    address: String,
    template: Option<String>,
}

/// The manifest of a site.
pub(in crate::render) fn manifest(site: &Site) -> String {
    let manifest = Manifest {
        version: 1,
        files: Files::of(site),
        pages: site.pages().map(|(id, _)| page(site, id)).collect(),
        assets: site.assets.iter().map(|asset| asset.address.as_str()).collect(),
        playbooks: site.playbooks().map(|(id, _)| playbook(site, id)).collect(),
        maps: map_entry::entries(site).collect(),
    };
    serde_json::to_string_pretty(&manifest).expect("a manifest is plain data") + "\n"
}

fn page(site: &Site, id: PageId) -> PageEntry<'_> {
    let entry = site.page(id);
    PageEntry {
        address: entry.address.as_str(),
        title: &entry.title,
        markdown: site.markdown_file(id).map(|file| file.to_string()),
        source: entry.source.as_ref().map(crate::source::SourcePath::as_str),
        anchors: entry
            .markdown()
            .map(|page| page.anchors().map(crate::url::Anchor::as_str).collect())
            .unwrap_or_default(),
    }
}

fn playbook(site: &Site, id: crate::site::PlaybookId) -> PlaybookEntry<'_> {
    let entry = site.playbook(id);
    let steps = entry.playbook.steps.iter().zip(&entry.templates).enumerate();
    PlaybookEntry {
        id: &entry.playbook.id,
        name: &entry.playbook.name.value,
        address: site.page(entry.page).address.as_str(),
        json: site.playbook_file(id).map(|file| file.to_string()),
        steps: steps
            .map(|(at, (step, template))| StepEntry {
                name: &step.name.value,
                address: site.step_address(entry, at),
                template: template.as_ref().and_then(|template| address(site, &template.target)),
            })
            .collect(),
    }
}
