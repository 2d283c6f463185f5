//! Where everything is served.
//! In: the mounted paths of pages, files and playbooks. Out: a `Site` whose parts have addresses.
//! Never knows: links, navigation, templates.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::index::{FOLDER_PAGES, Place};
use super::{
    Asset, AssetId, AssetInput, Content, Facts, Lines, PageId, PageInput, Parts, PlaybookId, PlaybookInput, Site,
    SitePage, SitePlaybook, Tag, TagId, Tags, tags,
};
use crate::playbook::{Names, last_part};
use crate::project::choices::UrlStyle;
use crate::project::{Config, Tree};
use crate::text::{OutsideRoot, SourceId, SourcePath};
use crate::url::SitePath;

/// A file that wants an address.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Where it lies in the repository.
    pub path: SourcePath,
    /// Its text, where it was read as one.
    pub source: Option<SourceId>,
}

/// Two sources that would be served at one address: the second loses.
#[derive(Clone, Debug)]
pub struct AddressClash {
    /// The address.
    pub address: SitePath,
    /// The file that is served.
    pub kept: Claim,
    /// The file that is not.
    pub lost: Claim,
}

/// Where the page of a playbook lies in the published tree. One that is called as the page of a folder is has a folder
/// of its own: `index.yaml` does not take the place of the list of all playbooks.
pub(super) fn playbook_place(id: &str) -> Result<SourcePath, OutsideRoot> {
    let stands_for_folder = FOLDER_PAGES.iter().any(|page| page.strip_suffix(".md") == Some(last_part(id)));
    SourcePath::new(&if stands_for_folder { format!("playbooks/{id}/index.md") } else { format!("playbooks/{id}.md") })
}

/// The file for the page that web servers show for addresses that are none.
const NOT_FOUND: &str = "404.md";

/// The address of a Markdown file: `a/b.md` at `/a/b/`, `a/index.md` at `/a/`, and `a/README.md` too where the
/// folder has no `index.md`. `404.md` is where web servers look for it.
pub(super) fn page_address(mounted: &SourcePath, style: UrlStyle, indexed: &HashSet<SourcePath>) -> SitePath {
    let folder = mounted.parent();
    let stem = mounted.stem();
    let prefix = if folder.as_str().is_empty() { String::new() } else { format!("{folder}/") };
    let stands_for_folder = stem == "index" || (stem == "README" && !indexed.contains(&folder));
    if mounted.as_str() == NOT_FOUND {
        return SitePath::new("404.html");
    }
    match style {
        UrlStyle::Directory if stands_for_folder => SitePath::new(&prefix),
        UrlStyle::Directory => SitePath::new(&format!("{prefix}{stem}/")),
        UrlStyle::File if stands_for_folder => SitePath::new(&format!("{prefix}index.html")),
        UrlStyle::File => SitePath::new(&format!("{prefix}{stem}.html")),
    }
}

/// Gives every page, file and playbook its address; where two want the same, the first keeps it.
pub(super) fn place(parts: &Parts) -> Site {
    let Parts { config, pages, assets, playbooks, repository, .. } = parts;
    let mut placer = Placer { taken: HashMap::new(), site: empty(Arc::clone(config), Arc::clone(repository)) };
    let indexed: HashSet<SourcePath> =
        pages.iter().filter(|page| page.mounted.file_name() == "index.md").map(|page| page.mounted.parent()).collect();
    for input in pages {
        placer.add_page(input, &indexed);
    }
    for input in assets {
        placer.add_asset(input);
    }
    placer.add_playbooks(playbooks);
    placer.add_tags();
    placer.add_own_pages();
    placer.site
}

fn empty(config: Arc<Config>, repository: Arc<Tree>) -> Site {
    Site {
        config,
        lines: Lines::default(),
        pages: Vec::new(),
        assets: Arc::default(),
        playbooks: Vec::new(),
        tags: Arc::default(),
        facts: Facts::default(),
        nav: Arc::default(),
        repository,
        changed: Arc::default(),
        places_apart: HashMap::new(),
        image_sizes: HashMap::new(),
        drafts: Arc::default(),
        clashes: Vec::new(),
        redirects: Arc::default(),
        lost_redirects: Vec::new(),
        links: Vec::new(),
        old_addresses: Arc::default(),
        places: Arc::default(),
        uses: Arc::default(),
        templates: Arc::default(),
        maps: Arc::default(),
        index: Arc::default(),
        all_pages: None,
        playbooks_page: None,
        playbook_pages: HashMap::new(),
        names: Arc::default(),
        told: Arc::default(),
    }
}

struct Placer {
    taken: HashMap<SitePath, Claim>,
    site: Site,
}

impl Placer {
    /// Takes an address, unless another source has it already.
    fn take(&mut self, address: &SitePath, path: &SourcePath, source: Option<SourceId>) -> bool {
        let claim = Claim { path: path.clone(), source };
        if let Some(kept) = self.taken.get(address) {
            let clash = AddressClash { address: address.clone(), kept: kept.clone(), lost: claim };
            self.site.clashes.push(clash);
            return false;
        }
        self.taken.insert(address.clone(), claim);
        true
    }

    fn push(&mut self, page: SitePage) -> PageId {
        let id = PageId(count(self.site.pages.len()));
        Arc::make_mut(&mut self.site.index).add(Place::Page(id), page.source.as_ref(), &page.mounted, &page.address);
        self.site.pages.push(Arc::new(page));
        id
    }

    fn add_page(&mut self, input: &PageInput, indexed: &HashSet<SourcePath>) {
        let address = page_address(&input.mounted, self.site.config.url_style, indexed);
        if self.take(&address, &input.source, Some(input.page.source)) {
            self.push(SitePage {
                content: Content::Markdown(Arc::clone(&input.page)),
                source: Some(input.source.clone()),
                mounted: input.mounted.clone(),
                address,
                title: input.page.title.clone().unwrap_or_else(|| title_from_name(&input.mounted)),
                template: input.template.clone(),
            });
        } else if let Some(kept) = self.site.index.at_address(&address) {
            // Links to the file that lost are not what is wrong.
            Arc::make_mut(&mut self.site.index).add_lost(kept, &input.source, &input.mounted);
        }
    }

    fn add_asset(&mut self, input: &AssetInput) {
        let AssetInput { source, mounted, links, inline } = input;
        let address = SitePath::new(mounted.as_str());
        if self.take(&address, source, None) {
            let id = AssetId(count(self.site.assets.len()));
            Arc::make_mut(&mut self.site.index).add(Place::Asset(id), Some(source), mounted, &address);
            Arc::make_mut(&mut self.site.assets).push(Asset {
                source: source.clone(),
                address,
                links: links.clone(),
                inline: inline.clone(),
            });
        }
    }

    /// Generated pages at `playbooks/ID/`. A page that an author wrote at that place stands in for it. Of two playbooks
    /// with one id, the first is in the site.
    fn add_playbooks(&mut self, playbooks: &[PlaybookInput]) {
        let none = HashSet::new();
        let mut first_with: HashMap<String, &PlaybookInput> = HashMap::new();
        for input in playbooks {
            let id = PlaybookId(count(self.site.playbooks.len()));
            let Ok(mounted) = playbook_place(&input.playbook.id) else { continue };
            // Disks that do not tell `A` from `a` would keep one of the two pages.
            let first = first_with.entry(input.playbook.id.to_lowercase()).or_insert(input);
            if first.source != input.source {
                let claim = |input: &PlaybookInput| Claim {
                    path: input.source.clone(),
                    source: Some(input.playbook.start.source),
                };
                let address = page_address(&mounted, self.site.config.url_style, &none);
                self.site.clashes.push(AddressClash { address, kept: claim(first), lost: claim(input) });
                continue;
            }
            let address = page_address(&mounted, self.site.config.url_style, &none);
            let page = self.written_or(&address, |address| SitePage {
                content: Content::Playbook(id),
                source: Some(input.source.clone()),
                mounted: mounted.clone(),
                address,
                title: input.playbook.name.value.clone(),
                template: None,
            });
            // A link to the playbook's file leads to its page, whoever wrote that.
            Arc::make_mut(&mut self.site.index).add_source(Place::Page(page), &input.source);
            self.site.playbook_pages.entry(page).or_insert(id);
            self.site.playbooks.push(SitePlaybook {
                playbook: Arc::clone(&input.playbook),
                texts: Arc::clone(&input.texts),
                source: input.source.clone(),
                page,
                templates: Vec::new(),
            });
        }
        self.site.names = Arc::new(Names::of(self.site.playbooks.iter().map(|entry| &*entry.playbook)));
        if let (false, Ok(mounted)) = (playbooks.is_empty(), SourcePath::new("playbooks/index.md")) {
            let address = page_address(&mounted, self.site.config.url_style, &none);
            let page = self.written_or(&address, |address| SitePage {
                content: Content::Playbooks,
                source: None,
                mounted,
                address,
                title: "Playbooks".to_owned(),
                template: None,
            });
            self.site.playbooks_page = Some(page);
        }
    }

    /// A page for every tag, and one that lists them.
    fn add_tags(&mut self) {
        let mut added = Tags::default();
        for (slug, (name, pages)) in tags::collect(&self.site) {
            let id = TagId(count(added.all.len()));
            let Some(page) = self.add_own((&format!("tags/{slug}.md"), &name), Content::Tag(id)) else { continue };
            added.all.push(Tag { name, page, pages });
            added.by_slug.insert(slug, id);
        }
        if !added.all.is_empty() {
            added.overview = self.add_own(("tags/index.md", "Tags"), Content::Tags);
        }
        self.site.tags = Arc::new(added);
    }

    /// The pages that every site has: the list of all pages, when it can be searched, and the one that web servers
    /// show for addresses that are none.
    fn add_own_pages(&mut self) {
        if self.site.config.search {
            self.site.all_pages = self.add_own(("search.md", "All pages"), Content::AllPages);
        }
        self.add_own((NOT_FOUND, "Page not found"), Content::NotFound);
    }

    fn add_own(&mut self, (file, title): (&str, &str), content: Content) -> Option<PageId> {
        let mounted = SourcePath::new(file).ok()?;
        let address = page_address(&mounted, self.site.config.url_style, &HashSet::new());
        Some(self.written_or(&address, |address| SitePage {
            content,
            source: None,
            mounted,
            address,
            title: title.to_owned(),
            template: None,
        }))
    }

    fn written_or(&mut self, address: &SitePath, generate: impl FnOnce(SitePath) -> SitePage) -> PageId {
        match self.site.index.at_address(address) {
            Some(Place::Page(id)) if self.site.page(id).address == *address => id,
            _ => self.push(generate(address.clone())),
        }
    }
}

/// `02-set-up_your-machine.md` reads `Set up your machine`.
pub(super) fn title_from_name(mounted: &SourcePath) -> String {
    let folder = mounted.parent();
    let name = if matches!(mounted.stem(), "index" | "README") { folder.file_name() } else { mounted.stem() };
    let words = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ']);
    let text = if words.is_empty() { name } else { words }.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(|| "Home".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32 pages")
}
