//! `manifest.json`: what a build promises to others: addresses, anchors, files, playbooks, maps.

use serde::Serialize;

use crate::site::{Content, PageId, Site, Target};

/// The manifest; its version grows when a field changes its meaning.
#[derive(Serialize)]
struct Manifest<'a> {
    version: u32,
    pages: Vec<PageEntry<'a>>,
    assets: Vec<&'a str>,
    playbooks: Vec<PlaybookEntry<'a>>,
}

#[derive(Serialize)]
struct PageEntry<'a> {
    address: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    anchors: Vec<&'a str>,
    maps: Vec<MapEntry<'a>>,
}

#[derive(Serialize)]
struct PlaybookEntry<'a> {
    id: &'a str,
    name: &'a str,
    address: &'a str,
    steps: Vec<StepEntry<'a>>,
}

#[derive(Serialize)]
struct StepEntry<'a> {
    name: &'a str,
    template: Option<String>,
}

#[derive(Serialize)]
struct MapEntry<'a> {
    lanes: Vec<&'a str>,
    nodes: Vec<NodeEntry<'a>>,
}

#[derive(Serialize)]
struct NodeEntry<'a> {
    id: &'a str,
    title: String,
    target: Option<String>,
}

/// The manifest of a site.
pub(in crate::render) fn manifest(site: &Site) -> String {
    let manifest = Manifest {
        version: 1,
        pages: site.pages().map(|(id, _)| page(site, id)).collect(),
        assets: site.assets.iter().map(|asset| asset.address.as_str()).collect(),
        playbooks: site.playbooks().map(|(id, _)| playbook(site, id)).collect(),
    };
    serde_json::to_string_pretty(&manifest).expect("a manifest is plain data") + "\n"
}

fn page(site: &Site, id: PageId) -> PageEntry<'_> {
    let entry = site.page(id);
    let compiled = match &entry.content {
        Content::Markdown(page) => Some(&**page),
        Content::Playbook(_)
        | Content::Playbooks
        | Content::Tags
        | Content::Tag(_)
        | Content::AllPages
        | Content::NotFound => None,
    };
    PageEntry {
        address: entry.address.as_str(),
        title: &entry.title,
        source: entry.source.as_ref().map(crate::text::SourcePath::as_str),
        anchors: compiled.map(|page| page.anchors().map(crate::url::Anchor::as_str).collect()).unwrap_or_default(),
        maps: compiled.map(|page| page.maps.iter().map(|map| self::map(site, id, map)).collect()).unwrap_or_default(),
    }
}

fn map<'a>(site: &'a Site, page: PageId, map: &'a crate::page::PageMap) -> MapEntry<'a> {
    let target = |index: usize| {
        let link = map.links.get(index).copied().flatten()?;
        address(site, &site.links(page)[link as usize].target)
    };
    let nodes = map.graph.nodes.iter().enumerate();
    MapEntry {
        lanes: map.graph.lanes.iter().map(|lane| lane.id.as_str()).collect(),
        nodes: nodes
            .map(|(index, node)| NodeEntry { id: &node.id, title: node.label.title(), target: target(index) })
            .collect(),
    }
}

fn playbook(site: &Site, id: crate::site::PlaybookId) -> PlaybookEntry<'_> {
    let entry = site.playbook(id);
    let steps = entry.playbook.steps.iter().zip(&entry.templates);
    PlaybookEntry {
        id: &entry.playbook.id,
        name: &entry.playbook.name.value,
        address: site.page(entry.page).address.as_str(),
        steps: steps
            .map(|(step, template)| StepEntry {
                name: &step.name.value,
                template: template.as_ref().and_then(|template| address(site, &template.target)),
            })
            .collect(),
    }
}

fn address(site: &Site, target: &Target) -> Option<String> {
    match target {
        Target::Page(id, anchor) => {
            let address = &site.page(*id).address;
            Some(anchor.as_ref().map_or_else(|| address.to_string(), |anchor| format!("{address}#{anchor}")))
        }
        Target::Asset(id, _) => Some(site.asset(*id).address.to_string()),
        Target::External(url) => Some(url.clone()),
        Target::Repository { path, .. } => Some(path.to_string()),
        Target::Nowhere => None,
    }
}
