//! Gives every page, file and playbook its address; the first to want one keeps it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::playbook::{PlaybookNames, last_part};
use crate::project::settings::choices::UrlStyle;
use crate::project::{Config, FileSet};
use crate::site::claims::{AddressClaim, AddressClash, AddressTable, Obstacle, Owner};
use crate::site::evidence::Gathered;
use crate::site::links::index::{FOLDER_PAGES, PublishedPlace};
use crate::site::navigation::tags;
use crate::site::{
    Asset, AssetId, AssetInput, Facts, PageContent, PageId, PageInput, PageTag, Parts, PlaybookId, PlaybookInput, Site,
    SitePage, SitePlaybook, SiteSnippets, TagId, Tags,
};
use crate::source::{OutsideRoot, SourcePath, Span};
use crate::url::SitePath;
use crate::wording::Wording;

/// The path of a playbook's page in the published tree. A playbook named like an index page gets its own folder:
/// `index.yaml` does not replace the list of all playbooks.
pub(super) fn playbook_place(id: &str) -> Result<SourcePath, OutsideRoot> {
    let stands_for_folder = FOLDER_PAGES.iter().any(|page| page.strip_suffix(".md") == Some(last_part(id)));
    SourcePath::new(&if stands_for_folder { format!("playbooks/{id}/index.md") } else { format!("playbooks/{id}.md") })
}

/// The file for the page that web servers show for missing addresses.
const NOT_FOUND: &str = "404.md";

/// The address of a Markdown file: `a/b.md` at `/a/b/`, `a/index.md` at `/a/`, and `a/README.md` too where the
/// folder has no `index.md`. `404.md` is where web servers look for it.
pub(super) fn page_address(mounted: &SourcePath, style: UrlStyle, indexed: &HashSet<SourcePath>) -> SitePath {
    let folder = mounted.parent();
    let stem = mounted.stem();
    let prefix = if folder.as_str().is_empty() { String::new() } else { format!("{folder}/") };
    let stands_for_folder = stem == "index" || (stem == "README" && !indexed.contains(&folder));
    // Before the style is asked: as `/404/` no web server would find it.
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
pub(crate) fn place(parts: &Parts) -> Site {
    let Parts { config, pages, assets, playbooks, repository, .. } = parts;
    let site = empty(Arc::clone(config), Arc::clone(repository));
    let mut placer = AddressAllocator { taken: AddressTable::default(), told: HashSet::new(), site };
    let indexed: HashSet<SourcePath> =
        pages.iter().filter(|page| page.mounted.file_name() == "index.md").map(|page| page.mounted.parent()).collect();
    // Pages first, then files, then what is generated: at one address the first wins, and it should be the one that
    // somebody wrote.
    for input in pages {
        placer.add_page(input, &indexed);
    }
    for input in assets {
        placer.add_asset(input);
    }
    placer.add_playbooks(playbooks);
    // These ask whether an author wrote the page already, so all written pages have to be there.
    placer.add_tags();
    placer.add_own_pages();
    placer.add_files();
    let AddressAllocator { taken, mut site, .. } = placer;
    site.addresses = Arc::new(taken);
    site
}

fn empty(config: Arc<Config>, repository: Arc<FileSet>) -> Site {
    Site {
        config,
        lines: SiteSnippets::default(),
        pages: Vec::new(),
        assets: Arc::default(),
        playbooks: Vec::new(),
        tags: Arc::default(),
        facts: Facts::default(),
        nav: Arc::default(),
        repository,
        changed: Arc::default(),
        evidence: Gathered::default(),
        drafts: Arc::default(),
        clashes: Vec::new(),
        addresses: Arc::default(),
        redirects: Arc::default(),
        lost_redirects: Vec::new(),
        redirected: Arc::default(),
        unserved: Arc::default(),
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

struct AddressAllocator {
    taken: AddressTable,
    /// Folders that were reported already as differing from another only on some disks.
    told: HashSet<String>,
    site: Site,
}

/// Where something is made from a file.
fn of_file(path: &SourcePath, span: Span) -> AddressClaim {
    AddressClaim { owner: Owner::File(path.clone()), span: Some(span) }
}

impl AddressAllocator {
    /// Takes an address, unless something is in its way on every system: then returns the claim that was first.
    fn take(&mut self, address: &SitePath, claim: AddressClaim) -> Result<(), Option<AddressClaim>> {
        let file = address.output_file();
        match self.taken.obstacle(&file) {
            Some(obstacle) if obstacle.is_everywhere() => {
                let other = obstacle.other().cloned();
                self.clash(address, claim, obstacle);
                return Err(other);
            }
            // `Guide.html` next to `guide.html` is fine on Linux and one file on a Mac: both are built, and the clash
            // is reported.
            Some(obstacle) => self.clash(address, claim.clone(), obstacle),
            None => self.look_at_folders(address, &file, &claim),
        }
        self.taken.add(&file, claim);
        Ok(())
    }

    /// Reports a folder that some disks confuse with another.
    fn look_at_folders(&mut self, address: &SitePath, file: &str, claim: &AddressClaim) {
        // Once per folder, or a folder of a hundred pages would be reported a hundred times.
        if let Some(Obstacle::FolderAlike { claim: other, folders, difference }) = self.taken.folder_alike(file)
            && self.told.insert(folders[0].clone())
        {
            self.clash(address, claim.clone(), Obstacle::FolderAlike { claim: other, folders, difference });
        }
    }

    /// Reports what is in the way. A file where a folder must be is reported once, not for each page in that folder.
    fn clash(&mut self, address: &SitePath, claim: AddressClaim, obstacle: Obstacle) {
        if matches!(obstacle, Obstacle::BelowFile(_)) && self.site.clashes.iter().any(|told| told.obstacle == obstacle)
        {
            return;
        }
        self.site.clashes.push(AddressClash { address: address.clone(), claim, obstacle });
    }

    /// Lets links to a file that lost its address lead to the one that has it: the links are not what is wrong.
    fn lose(&mut self, source: &SourcePath, mounted: &SourcePath, kept: AddressClaim) {
        let index = Arc::make_mut(&mut self.site.index);
        if let Owner::File(path) = kept.owner
            && let Some(place) = index.of_source(&path)
        {
            index.add_lost(place, source, mounted);
        }
    }

    /// Adds a page, be it served or not.
    fn push(&mut self, page: SitePage, is_served: bool) -> PageId {
        let id = PageId(count(self.site.pages.len()));
        if !is_served {
            Arc::make_mut(&mut self.site.unserved).insert(id);
        }
        Arc::make_mut(&mut self.site.index).add(
            PublishedPlace::Page(id),
            page.source.as_ref(),
            &page.mounted,
            &page.address,
        );
        self.site.pages.push(Arc::new(page));
        id
    }

    fn add_page(&mut self, input: &PageInput, indexed: &HashSet<SourcePath>) {
        let address = page_address(&input.mounted, self.site.config.url_style, indexed);
        let claim = of_file(&input.source, Span::start_of(input.page.source));
        let taken = self.take(&address, claim);
        if let Err(Some(kept)) = taken {
            return self.lose(&input.source, &input.mounted, kept);
        }
        // If no disk can hold the file, nobody else has its place. The page stays in the site, unserved, so that
        // links to it are not reported as well.
        let page = SitePage {
            content: PageContent::Markdown(Arc::clone(&input.page)),
            source: Some(input.source.clone()),
            mounted: input.mounted.clone(),
            address,
            title: input.page.title.clone().unwrap_or_else(|| title_from_name(&input.mounted)),
            template: input.template.clone(),
        };
        self.push(page, taken.is_ok());
    }

    fn add_asset(&mut self, input: &AssetInput) {
        let AssetInput { source, mounted, text, links, inline, active } = input;
        let address = SitePath::new(mounted.as_str());
        if let Err(Some(kept)) = self.take(&address, of_file(source, Span::start_of(*text))) {
            return self.lose(source, mounted, kept);
        }
        let id = AssetId(count(self.site.assets.len()));
        Arc::make_mut(&mut self.site.index).add(PublishedPlace::Asset(id), Some(source), mounted, &address);
        Arc::make_mut(&mut self.site.assets).push(Asset {
            source: source.clone(),
            address,
            links: links.clone(),
            inline: inline.clone(),
            active: active.clone(),
        });
    }

    /// Generated pages at `playbooks/ID/`. A page that an author wrote for that address replaces it. Of two playbooks
    /// with one id, the first is in the site.
    fn add_playbooks(&mut self, playbooks: &[PlaybookInput]) {
        let none = HashSet::new();
        let mut first_with: HashMap<String, &PlaybookInput> = HashMap::new();
        for input in playbooks {
            let id = PlaybookId(count(self.site.playbooks.len()));
            let Ok(mounted) = playbook_place(&input.playbook.id) else { continue };
            // On disks that ignore case, `A` and `a` would be one page.
            let first = first_with.entry(input.playbook.id.to_lowercase()).or_insert(input);
            if first.source != input.source {
                let address = page_address(&mounted, self.site.config.url_style, &none);
                let (kept, lost) = (claim_of_playbook(first), claim_of_playbook(input));
                self.clash(&address, lost, Obstacle::Taken(kept));
                continue;
            }
            let address = page_address(&mounted, self.site.config.url_style, &none);
            let page = self.written_or(&address, claim_of_playbook(input), |address| SitePage {
                content: PageContent::Playbook(id),
                source: Some(input.source.clone()),
                mounted: mounted.clone(),
                address,
                title: input.playbook.name.value.clone(),
                template: None,
            });
            // A link to the YAML file opens the playbook's page, even if an author wrote that page.
            Arc::make_mut(&mut self.site.index).add_source(PublishedPlace::Page(page), &input.source);
            self.site.playbook_pages.entry(page).or_insert(id);
            self.site.playbooks.push(SitePlaybook {
                playbook: Arc::clone(&input.playbook),
                texts: Arc::clone(&input.texts),
                source: input.source.clone(),
                page,
                templates: Vec::new(),
            });
        }
        self.site.names = Arc::new(PlaybookNames::of(self.site.playbooks.iter().map(|entry| &*entry.playbook)));
        if let (false, Ok(mounted)) = (playbooks.is_empty(), SourcePath::new("playbooks/index.md")) {
            let address = page_address(&mounted, self.site.config.url_style, &none);
            let claim = AddressClaim { owner: Owner::Site("the list of all playbooks"), span: None };
            let page = self.written_or(&address, claim, |address| SitePage {
                content: PageContent::Playbooks,
                source: None,
                mounted,
                address,
                title: Wording::english().say("own_pages.playbooks").to_owned(),
                template: None,
            });
            self.site.playbooks_page = Some(page);
        }
    }

    /// A page for every tag, and one that lists them.
    fn add_tags(&mut self) {
        let mut added = Tags::default();
        for tag in tags::collect(&self.site) {
            let id = TagId(count(added.all.len()));
            let claim = AddressClaim { owner: Owner::Tag(tag.name.clone()), span: Some(tag.span) };
            let file = format!("tags/{}.md", tag.slug);
            let Some(page) = self.add_own(&file, &tag.name, PageContent::Tag(id), claim) else { continue };
            added.all.push(PageTag { name: tag.name, page, pages: tag.pages });
            added.by_key.insert(tag.key, id);
            added.slugs.insert(tag.slug);
        }
        if !added.all.is_empty() {
            let claim = AddressClaim { owner: Owner::Site("the list of all tags"), span: None };
            added.overview =
                self.add_own("tags/index.md", Wording::english().say("own_pages.tags"), PageContent::Tags, claim);
        }
        self.site.tags = Arc::new(added);
    }

    /// The pages that every site has: the list of all pages, when it can be searched, and the one that web servers
    /// show for missing addresses.
    fn add_own_pages(&mut self) {
        let of_site = |what| AddressClaim { owner: Owner::Site(what), span: None };
        if self.site.config.written.html.search {
            let claim = of_site("the list of all pages");
            self.site.all_pages =
                self.add_own("search.md", Wording::english().say("own_pages.all_pages"), PageContent::AllPages, claim);
        }
        self.add_own(
            NOT_FOUND,
            Wording::english().say("own_pages.not_found"),
            PageContent::NotFound,
            of_site("the page for missing pages"),
        );
    }

    /// The files that every site has. An author's own file at the same path replaces them.
    fn add_files(&mut self) {
        let config = &self.site.config;
        let files = [
            ("manifest.json", "the manifest", true),
            ("sitemap.xml", "the sitemap", config.site_url.is_some()),
            ("robots.txt", "the `robots.txt` file", config.site_url.is_some()),
            ("feed.xml", "the feed", config.site_url.is_some()),
            ("CNAME", "the `CNAME` file", config.written.html.cname.is_some()),
            (".nojekyll", "the `.nojekyll` file", true),
            ("search/index.js", "the search index", config.written.html.search),
        ];
        for (file, what, is_wanted) in files {
            let obstacle = self.taken.obstacle(file);
            // An author's own `CNAME` is published in place of ours. A folder of that name can't be, so that is
            // reported.
            if is_wanted && !matches!(obstacle, Some(Obstacle::Taken(_))) {
                let claim = AddressClaim { owner: Owner::Site(what), span: None };
                // `take` has noted what is in the way; nobody links to these files, so nothing else is affected.
                let _ = self.take(&SitePath::new(file), claim);
            }
        }
    }

    fn add_own(&mut self, file: &str, title: &str, content: PageContent, claim: AddressClaim) -> Option<PageId> {
        let mounted = SourcePath::new(file).ok()?;
        let address = page_address(&mounted, self.site.config.url_style, &HashSet::new());
        Some(self.written_or(&address, claim, |address| SitePage {
            content,
            source: None,
            mounted,
            address,
            title: title.to_owned(),
            template: None,
        }))
    }

    /// The page that an author wrote at this address, else a generated one. Anything else there is reported.
    fn written_or(
        &mut self,
        address: &SitePath,
        claim: AddressClaim,
        generate: impl FnOnce(SitePath) -> SitePage,
    ) -> PageId {
        match self.site.index.at_address(address) {
            // `at_address` also knows other spellings of an address. A page found by one of them is served elsewhere.
            Some(PublishedPlace::Page(id)) if self.site.page(id).address == *address => id,
            _ => {
                let is_served = self.take(address, claim).is_ok();
                self.push(generate(address.clone()), is_served)
            }
        }
    }
}

fn claim_of_playbook(input: &PlaybookInput) -> AddressClaim {
    of_file(&input.source, input.playbook.start)
}

/// `02-set-up_your-machine.md` reads `Set up your machine`.
pub(crate) fn title_from_name(mounted: &SourcePath) -> String {
    let folder = mounted.parent();
    let name = if matches!(mounted.stem(), "index" | "README") { folder.file_name() } else { mounted.stem() };
    // The number is there to sort by. A name that is only a number, such as `2024.md`, keeps it.
    let words = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ']);
    let text = if words.is_empty() { name } else { words }.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(|| "Home".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32 pages")
}
