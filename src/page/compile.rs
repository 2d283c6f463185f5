//! Compiles a Markdown file to a `Page`: HTML with holes, anchors, links, maps and diagnostics.

#![allow(clippy::indexing_slicing, reason = "ids index the tables that gave them out")]

use std::collections::BTreeSet;
use std::sync::Arc;

use super::context::FrontMatterContext;
use super::directive::table::Shown;
use super::embed::{self, EmbedContent, Embedded, MapSettings, PageMap};
use super::front_matter::{self, FrontMatter};
use super::template::{self, PageTemplate};

use crate::diagnostic::Parsed;
use crate::markdown::{self, CompileContext, Document, Heading, Link, Options};
use crate::source::{Part as _, SourceId, SourcePath};
use crate::url::Anchor;

/// A Markdown file, compiled. Depends on the file's bytes, the options, and what it includes: on nothing else.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its file.
    pub source: SourceId,
    /// Its metadata.
    pub front: FrontMatter,
    /// Its text.
    pub document: Document,
    /// What it calls itself: its front matter's title, else its first heading of the first level.
    pub title: Option<String>,
    /// All links of the text, then the click targets of its diagrams.
    pub links: Vec<Link>,
    /// Position of the first click target in `links`.
    pub clicks_from: usize,
    /// What each of [`Document::embeds`] is drawn as.
    pub embeds: Vec<EmbedContent>,
    /// Its diagrams.
    pub maps: Vec<PageMap>,
    /// Its text as Markdown again, if it has placeholders to fill in.
    pub manuscript: Option<Arc<PageTemplate>>,
    /// The files that it includes, sorted: links in them are relative to their own file. Set by whoever read the files.
    pub included: Vec<(SourceId, SourcePath)>,
    /// Whether its text could be read; if not, it may contain anything.
    pub is_whole: bool,
    anchors: BTreeSet<Anchor>,
}

impl Page {
    /// A page with this front matter and title, and no text.
    pub(super) fn untexted(source: SourceId, front: FrontMatter, title: Option<String>) -> Self {
        let (document, links, embeds, maps) = (Document::default(), Vec::new(), Vec::new(), Vec::new());
        Self {
            source,
            front,
            document,
            title,
            links,
            clicks_from: 0,
            embeds,
            maps,
            anchors: BTreeSet::new(),
            manuscript: None,
            included: Vec::new(),
            is_whole: false,
        }
    }

    /// What its directives show, and of what: other pages link into some of it.
    pub fn directives(&self) -> impl Iterator<Item = (Shown, &str)> {
        self.embeds.iter().filter_map(|embed| match embed {
            EmbedContent::Directive(directive) => Some((directive.shown, directive.argument.value.as_str())),
            _ => None,
        })
    }

    /// Whether it shows the list of all tags, which has an anchor for each.
    #[must_use]
    pub fn lists_tags(&self) -> bool {
        !self.document.tag_lists.is_empty()
    }

    /// Whether it shows parts of others: of playbooks and templates, maps, or the list of all tags.
    #[must_use]
    pub fn shows_others(&self) -> bool {
        let is_of_others = |embed: &EmbedContent| matches!(embed, EmbedContent::Directive(_));
        self.lists_tags() || self.embeds.iter().any(is_of_others)
    }

    /// Gives back memory that was only needed while it was made.
    pub fn pack(&mut self) {
        // A session holds every page, and vectors that grew by doubling hold up to twice what they need.
        let document = &mut self.document;
        document.html.shrink_to_fit();
        document.holes.shrink_to_fit();
        document.headings.shrink_to_fit();
        document.anchors.shrink_to_fit();
        document.tables.shrink_to_fit();
        for table in &mut document.tables {
            table.header.shrink_to_fit();
            table.rows.shrink_to_fit();
            table.rows.iter_mut().for_each(Vec::shrink_to_fit);
        }
        self.links.shrink_to_fit();
    }

    /// Whether it has this anchor, or may have: a page that could not be read breaks no link.
    #[must_use]
    pub fn has_anchor(&self, anchor: &Anchor) -> bool {
        !self.is_whole || self.anchors.contains(anchor)
    }

    /// A link, by its place in [`Page::links`].
    #[must_use]
    pub fn link(&self, at: usize) -> &Link {
        &self.links[at]
    }

    /// What a fenced block becomes, by its place in [`Page::embeds`].
    #[must_use]
    pub fn embed(&self, at: usize) -> &EmbedContent {
        &self.embeds[at]
    }

    /// A map, by its place in [`Page::maps`].
    #[must_use]
    pub fn map(&self, at: usize) -> &PageMap {
        &self.maps[at]
    }

    /// The file that contains a link, if it is an included file and not the page's own.
    #[must_use]
    pub fn included_file_of(&self, link: &Link) -> Option<&SourcePath> {
        let at = self.included.binary_search_by_key(&link.span.source, |(id, _)| *id).ok()?;
        self.included.get(at).map(|(_, path)| path)
    }

    /// Whether other pages see the same of it: title, front matter, headings, anchors, directives and included files.
    /// Everything else only shows on the page itself.
    #[must_use]
    pub fn interface_eq(&self, other: &Self) -> bool {
        let heading = |heading: &'_ Heading| (heading.level, heading.text.clone());
        self.title == other.title
            && self.front == other.front
            && self.anchors == other.anchors
            && self.included == other.included
            && self.is_whole == other.is_whole
            // Ruled out rather than compared: every page that one of its steps opens shows a thumbnail of the map.
            && self.maps.is_empty()
            && other.maps.is_empty()
            && self.directives().eq(other.directives())
            && self.lists_tags() == other.lists_tags()
            && self.document.headings.iter().map(heading).eq(other.document.headings.iter().map(heading))
    }

    /// All its anchors, sorted.
    #[must_use]
    pub fn anchors(&self) -> impl ExactSizeIterator<Item = &Anchor> {
        self.anchors.iter()
    }
}

/// Compiles a Markdown file.
pub fn compile(text: &str, source: SourceId, options: &Options, world: &dyn CompileContext) -> Parsed<Page> {
    let front_matter::Front { matter, head, body, mut found } = front_matter::read(text, source);
    // The front matter is read first: its variables and placeholders are valid in the text below it.
    let own = FrontMatterContext::new(&matter, world);
    let compiled = markdown::compile(text.part(body.range()), body, options, &own);
    found.extend(compiled.found);
    let mut front = matter.clone();
    front_matter::substitute(&mut front, text, &own, options, &mut found);
    // Only pages with placeholders keep their text a second time: most have none, and a session holds every page.
    let asks = compiled.value.blanks.iter().any(|blank| own.blanks().asks_for(&blank.name));
    // The template source is expanded separately, with as much room for includes and variables as the page itself.
    let own = FrontMatterContext::new(&matter, world);
    let manuscript = asks.then(|| Arc::new(template::of_page(text, head, body, &front, &own, options)));
    let mut document = compiled.value;
    let mut links = std::mem::take(&mut document.links);
    let clicks_from = links.len();
    let first = document.headings.iter().find(|heading| heading.level == 1);
    let title = front.own_title().or_else(|| first.map(|heading| heading.text.clone()));
    let settings = MapSettings::read(front.map.as_ref(), title.as_deref(), &mut found);
    // Diagrams have no holes: what this run was given is put into their labels before they are drawn.
    let given = |text: &str| own.filled(text);
    let Embedded { embeds, maps } = embed::embed(&document, &settings, &given, &mut links, &mut found);
    let headings = document.headings.iter().map(|heading| heading.id.clone());
    // `#map-1` is in no text: links to drawings would be reported if their ids were not added.
    let drawn = maps.iter().map(|map| Anchor::new(&map.anchor));
    let anchors = headings.chain(document.anchors.iter().map(|anchor| anchor.value.clone())).chain(drawn).collect();
    let (included, is_whole) = (Vec::new(), true);
    let page = Page {
        source,
        front,
        document,
        title,
        links,
        clicks_from,
        embeds,
        maps,
        manuscript,
        included,
        is_whole,
        anchors,
    };
    Parsed { value: page, found }
}
