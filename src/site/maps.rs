//! Workflow maps of the site: their names, their SVG files, and the pages that their steps open.

use std::collections::{BTreeMap, HashMap};

use super::{PageId, Site, Target};
use crate::diagnostic::Vocabulary;
use crate::markdown::LinkKind;
use crate::page::PageMap;
use crate::source::SourcePath;
use crate::url::SitePath;

/// A map of this site.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MapId {
    /// The page it is drawn on.
    pub page: PageId,
    /// Position in the page's maps.
    pub number: usize,
}

/// A step of a map that a page is the first action of.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct NodeUse {
    /// The map.
    pub map: MapId,
    /// Position of the step in its graph.
    pub node: u32,
}

/// Why a name means no map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MapNotFound {
    /// No map has this name.
    Unknown,
    /// Several are.
    Ambiguous(Vec<MapId>),
}

/// Names and uses of all maps.
#[derive(Debug, Default)]
pub(super) struct Maps {
    /// By name in lower case.
    named: BTreeMap<String, Vec<MapId>>,
    uses: HashMap<PageId, Vec<NodeUse>>,
    /// The first one that has a thumbnail.
    first_small: Option<MapId>,
    /// Their names, for "did you mean".
    vocabulary: Vocabulary,
}

impl Maps {
    /// Looks at all maps of a site whose links are resolved.
    pub(super) fn of(site: &Site) -> Self {
        let mut maps = Self::default();
        let is_given = |id: &MapId| site.map(*id).is_some_and(|map| map.name.is_some());
        // Given names go first, so that a page whose file has the same name does not make them ambiguous.
        let (given, others): (Vec<MapId>, Vec<MapId>) = site.maps().map(|(id, _)| id).partition(is_given);
        for id in given {
            maps.named.entry(site.map_name(id).to_lowercase()).or_default().push(id);
        }
        for id in others {
            let named = maps.named.entry(site.map_name(id).to_lowercase()).or_default();
            if !named.iter().any(is_given) {
                named.push(id);
            }
        }
        for (id, map) in site.maps() {
            for (node, link) in (0u32..).zip(&map.links) {
                let target = link.map(|link| &site.link(id.page, link as usize).target);
                // A step that opens a heading of its own page doesn't count: the page would show itself on its own map.
                if let Some(Target::Page(page, _)) = target
                    && *page != id.page
                {
                    maps.uses.entry(*page).or_default().push(NodeUse { map: id, node });
                }
            }
        }
        maps.first_small = site.maps().find(|(_, map)| map.thumbnail.is_some()).map(|(id, _)| id);
        maps.vocabulary = maps.named.keys().map(String::as_str).collect();
        maps
    }
}

impl Site {
    /// All maps, by page.
    pub fn maps(&self) -> impl Iterator<Item = (MapId, &PageMap)> {
        self.pages().flat_map(|(page, entry)| {
            let maps = entry.markdown().map_or(&[][..], |page| &page.maps);
            maps.iter().enumerate().map(move |(number, map)| (MapId { page, number }, map))
        })
    }

    /// The first map that has a thumbnail, in the order of pages.
    #[must_use]
    pub fn first_small_map(&self) -> Option<MapId> {
        self.maps.first_small
    }

    /// A map.
    #[must_use]
    pub fn map(&self, id: MapId) -> Option<&PageMap> {
        self.page(id.page).markdown()?.maps.get(id.number)
    }

    /// The name of a map that was probably meant, if only one is near.
    #[must_use]
    pub fn map_named_nearly(&self, name: &str) -> Option<&str> {
        self.maps.vocabulary.nearest(&name.to_lowercase())
    }

    /// What other pages call a map: the name its page gives it, else the page's file name; from the second map of a
    /// page on with its number: `workflow`, `workflow-2`.
    #[must_use]
    pub fn map_name(&self, id: MapId) -> String {
        let page = self.page(id.page);
        if let Some(name) = self.map(id).and_then(|map| map.name.as_ref()) {
            return name.value.clone();
        }
        let given = page.markdown().and_then(|page| page.maps.first()).and_then(|map| map.name.as_ref());
        let file = page.mounted.stem();
        let folder = page.mounted.parent();
        // `onboarding/index.md` lends the folder's name; otherwise every such map would be called `index`.
        let of_file = match file {
            "index" | "README" if !folder.file_name().is_empty() => folder.file_name(),
            file => file,
        };
        let base = given.map_or(of_file, |name| &name.value);
        if id.number == 0 { base.to_owned() } else { format!("{base}-{}", id.number + 1) }
    }

    /// The names of all maps, sorted.
    pub fn map_names(&self) -> impl Iterator<Item = &str> {
        self.maps.named.keys().map(String::as_str)
    }

    /// The map that a page means by a name, or by the path of the page that draws it. Without a name it is the only
    /// map of the site.
    ///
    /// # Errors
    /// When it means none, or several.
    pub fn map_called(&self, from: PageId, name: &str) -> Result<MapId, MapNotFound> {
        if name.is_empty() {
            // Two are enough to know that the name must be given; no site is read to its last map for that.
            let all: Vec<MapId> = self.maps().map(|(id, _)| id).take(2).collect();
            return match all[..] {
                [only] => Ok(only),
                [] => Err(MapNotFound::Unknown),
                _ => Err(MapNotFound::Ambiguous(Vec::new())),
            };
        }
        // Names before paths: `workflow` still means the map when somebody adds a folder `workflow/`.
        match self.maps.named.get(&name.to_lowercase()).map(Vec::as_slice) {
            Some([only]) => return Ok(*only),
            Some(several) => return Err(MapNotFound::Ambiguous(several.to_vec())),
            None => {}
        }
        if let Target::Page(page, anchor) = self.resolve(from, LinkKind::Markdown, name).target {
            let maps = self.page(page).markdown().map_or(&[][..], |page| &page.maps);
            let wanted = |map: &PageMap| anchor.as_ref().is_none_or(|anchor| anchor.as_str() == map.anchor);
            return maps.iter().position(wanted).map(|number| MapId { page, number }).ok_or(MapNotFound::Unknown);
        }
        Err(MapNotFound::Unknown)
    }

    /// The steps of maps that a page is the first action of, in the order of maps.
    #[must_use]
    pub fn map_uses(&self, page: PageId) -> &[NodeUse] {
        self.maps.uses.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Where a map is published as a separate file: next to its page. `None` if something else has that address.
    #[must_use]
    pub fn map_file(&self, id: MapId) -> Option<SitePath> {
        let anchor = &self.map(id)?.anchor;
        let page = self.page(id.page).address.output_file();
        let page = page.strip_suffix(".html").unwrap_or(&page);
        let base = match page.strip_suffix("index") {
            // `reindex.html` ends in `index` too, but is not a folder's page.
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
            _ => format!("{page}."),
        };
        // An anchor made of a long title can be longer than file names may be.
        let file = SitePath::new(&format!("/{base}{}.svg", super::navigation::tags::shortened(anchor.as_str())));
        self.has_room_for(&file.output_file()).then_some(file)
    }

    /// The file that draws a map, for messages.
    #[must_use]
    pub fn map_source(&self, id: MapId) -> Option<&SourcePath> {
        self.page(id.page).source.as_ref()
    }
}
