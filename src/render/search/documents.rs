//! Splits every page into titles, sections of plain text and facets for the search index.

use rayon::prelude::*;

use crate::map::graph::{Endpoint, Graph, Label};
use crate::page::Page;
use crate::search::{SearchDocument, SearchSection, SectionKind, passages};
use crate::site::{PageContent, PageId, Site, SitePlaybook};
use crate::source::Located;
use crate::yaml;

/// Keys of front matter that readers narrow a search by.
const FACETS: [&str; 2] = ["phase", "tier"];

/// All pages that can be found, sorted by address.
pub(in crate::render) fn documents(site: &Site) -> Vec<SearchDocument> {
    let mut pages: Vec<PageId> = site.pages().map(|(id, _)| id).filter(|id| is_found(site, *id)).collect();
    pages.sort_by(|a, b| site.page(*a).address.as_str().cmp(site.page(*b).address.as_str()));
    pages.into_par_iter().map(|id| document(site, id)).collect()
}

/// `search: { exclude: true }` in the front matter leaves a page out.
fn is_found(site: &Site, id: PageId) -> bool {
    let page = site.page(id);
    match &page.content {
        PageContent::Markdown(page) => {
            let Some(search) = page.front.extra.get("search") else { return true };
            let yaml::NodeContent::Mapping(search) = &search.value.content else { return true };
            search.get("exclude").and_then(|entry| entry.value.as_text()) != Some("true")
        }
        PageContent::Playbook(_) | PageContent::Playbooks | PageContent::Tag(_) => true,
        PageContent::AllPages | PageContent::NotFound | PageContent::Tags => false,
    }
}

fn document(site: &Site, id: PageId) -> SearchDocument {
    let page = site.page(id);
    let mut document = SearchDocument {
        address: page.address.as_str().trim_start_matches('/').to_owned(),
        title: page.title.clone(),
        trail: trail(site, id),
        ..SearchDocument::default()
    };
    match &page.content {
        PageContent::Markdown(markdown) => add_text(&mut document, markdown),
        PageContent::Playbook(playbook) => add_playbook(&mut document, site, site.playbook(*playbook)),
        // A tag often has the name of a page; the trail tells the two hits apart.
        PageContent::Tag(_) => document.trail.extend(site.tags.overview.map(|id| site.page(id).title.clone())),
        PageContent::Playbooks | PageContent::Tags | PageContent::AllPages | PageContent::NotFound => {}
    }
    // Readers also search for the name that they saw in the navigation.
    let entry = site.nav.of_page(id).map(|entry| site.nav.entry(entry).title.as_str());
    if let Some(name) = entry.filter(|name| *name != document.title) {
        document.keywords = format!("{name} {}", document.keywords);
    }
    // A page without text is found by its title, and a hit needs a section to lead to.
    if document.sections.is_empty() {
        document.sections.push(SearchSection::default());
    }
    for playbook in site.uses(id).iter().map(|step| site.playbook(step.playbook)) {
        add_facet(&mut document, "playbook", &playbook.playbook.name.value);
    }
    document
}

/// The titles above a page in the navigation, outermost first.
fn trail(site: &Site, id: PageId) -> Vec<String> {
    let path = site.nav.of_page(id).map(|entry| site.nav.path(entry)).unwrap_or_default();
    let above = path.split_last().map_or(&[][..], |(_, above)| above);
    above.iter().map(|entry| site.nav.entry(*entry).title.clone()).collect()
}

fn add_facet(document: &mut SearchDocument, key: &str, value: &str) {
    let facet = (key.to_owned(), value.to_owned());
    // A template used by three steps of a playbook belongs to it once.
    if !value.is_empty() && !document.facets.contains(&facet) {
        document.facets.push(facet);
    }
}

fn add_text(document: &mut SearchDocument, page: &Page) {
    let front = &page.front;
    let description = front.description.as_ref().map(|text| text.value.as_str());
    let tags = front.tags.iter().map(|tag| tag.value.as_str());
    let more = front.extra.get("keywords").map(|entry| entry.value.as_texts()).unwrap_or_default();
    document.keywords = description.into_iter().chain(tags).chain(more).collect::<Vec<_>>().join(" ");
    for key in FACETS {
        let values = front.extra.get(key).map(|entry| entry.value.as_texts()).unwrap_or_default();
        for value in values {
            add_facet(document, key, value);
        }
    }
    for tag in &front.tags {
        add_facet(document, "tag", &tag.value);
    }

    let headings = &page.document.headings;
    let own = headings.iter().find(|heading| heading.level == 1);
    // From the compiled HTML and not from the Markdown: readers search for what they see.
    for passage in passages(&page.document.html) {
        let heading = headings.iter().find(|heading| heading.id.as_str() == passage.anchor);
        // The page's own heading is its title; what follows it is about the whole page.
        if heading.is_none() || heading.map(|heading| &heading.id) == own.map(|own| &own.id) {
            match document.sections.first_mut() {
                Some(first) => {
                    first.text.push(' ');
                    first.text.push_str(&passage.text);
                }
                None => document.sections.push(SearchSection { text: passage.text, ..SearchSection::default() }),
            }
            continue;
        }
        let heading = heading.map(|heading| heading.text.clone()).unwrap_or_default();
        document.sections.push(SearchSection {
            anchor: passage.anchor,
            heading,
            text: passage.text,
            kind: SectionKind::Text,
        });
    }
    for map in &page.maps {
        document.sections.extend(nodes(&map.graph));
    }
}

/// The steps of a map, each with its lane and the steps that its arrows lead to.
fn nodes(graph: &Graph) -> impl Iterator<Item = SearchSection> + '_ {
    graph.nodes.iter().enumerate().filter(|(_, node)| node.declared).map(|(index, node)| {
        let lane = node.lane.map(|lane| plain(&graph.lane(lane).title));
        let next = graph.edges.iter().filter_map(|edge| match (edge.from, edge.to) {
            (Endpoint::Node(from), Endpoint::Node(to)) if from.0 as usize == index => Some(graph.node(to)),
            _ => None,
        });
        let next = next.map(|node| plain(&node.label));
        let text: Vec<String> = lane.into_iter().chain(next.map(|title| format!("→ {title}"))).collect();
        SearchSection {
            anchor: String::new(),
            heading: plain(&node.label),
            kind: SectionKind::Node,
            text: text.join(" · "),
        }
    })
}

fn plain(label: &Label) -> String {
    let lines = label.lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect::<String>());
    lines.collect::<Vec<_>>().join(" ")
}

fn add_playbook(document: &mut SearchDocument, site: &Site, entry: &SitePlaybook) {
    let playbook = &*entry.playbook;
    let text = |field: &Option<Located<String>>| field.as_ref().map(|field| field.value.clone());
    let all = |fields: &[Located<String>]| fields.iter().map(|field| field.value.clone()).collect::<Vec<_>>();
    let names = vec!["playbook".to_owned(), playbook.id.clone()];
    let keywords = [names, text(&playbook.description).into_iter().collect(), all(&playbook.tags)];
    document.keywords = keywords.concat().join(" ");
    add_facet(document, "playbook", &playbook.name.value);
    for tag in &playbook.tags {
        add_facet(document, "tag", &tag.value);
    }
    let about: Vec<String> =
        [&playbook.description, &playbook.purpose, &playbook.recurring].into_iter().filter_map(text).collect();
    let about = [about, all(&playbook.prerequisites), all(&playbook.warnings), all(&playbook.success_criteria)];
    document.sections.push(SearchSection { text: about.concat().join(" "), ..SearchSection::default() });
    for (index, step) in playbook.steps.iter().enumerate() {
        let fields = [&step.label, &step.description, &step.when, &step.prompt].into_iter().filter_map(text).collect();
        let people = step.people().map(|person| person.value.clone()).collect();
        document.sections.push(SearchSection {
            anchor: site.step_place(entry.page, entry, index).map(|place| place.anchor.to_string()).unwrap_or_default(),
            heading: step.name.value.clone(),
            kind: SectionKind::Step,
            text: [fields, people, all(&step.inputs), all(&step.outputs), all(&step.checklist), all(&step.kpis)]
                .concat()
                .join(" "),
        });
    }
}
