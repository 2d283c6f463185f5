//! Site to bytes in memory.
//! In: a linked `Site` and a `Theme`. Out: every file of the published site, each made on its own.
//! Never knows: checks, source texts, the disk.

mod content;
mod copies;
mod directive;
mod draft;
mod facts;
mod fill;
mod frame;
mod here;
mod href;
mod map;
mod nav;
mod page;
mod playbook;
mod print;
mod publish;
mod search;
mod settings_style;
mod succession;
mod tags;
mod templates;
mod updated;
pub mod view;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::diagnostic::{Diagnostic, Diagnostics, bug};
use crate::html::escaped;
use crate::markdown::HoleContent;
use crate::page::{EmbedContent, Page};
use crate::site::{MapId, PageContent, PageId, Site};
use crate::theme::Theme;
pub use draft::{Draft, RenderInputs};
use frame::ExtraStyle;
use nav::NavSection;
pub use print::{PrintDocument, PrintDraft};
pub use updated::day;

/// A file of the published site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SiteFile {
    /// Where it is written, relative to the output folder.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Renders the pages of one site. What pages share is made once, when the first of them asks for it.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    shared: Arc<SharedParts>,
}

/// What pages share: the navigation of each section, rendered, and the documents to print. It is valid as long as the
/// site's titles, addresses and theme stay the same.
#[derive(Debug, Default)]
pub struct SharedParts {
    navs: Mutex<HashMap<NavSection, Arc<str>>>,
    documents: OnceLock<print::Documents>,
}

impl SharedParts {
    fn documents(&self, site: &Site) -> &print::Documents {
        self.documents.get_or_init(|| print::Documents::of(site))
    }
}

impl<'a> Renderer<'a> {
    /// For this site, in this theme.
    #[must_use]
    pub fn new(site: &'a Site, theme: &'a Theme) -> Self {
        Self::with_shared(site, theme, Arc::default())
    }

    /// The same, with what was rendered for pages with the same titles and addresses.
    #[must_use]
    pub fn with_shared(site: &'a Site, theme: &'a Theme, shared: Arc<SharedParts>) -> Self {
        Self { site, theme, shared }
    }

    /// A page.
    ///
    /// # Errors
    /// When a template of the project's own theme cannot be used.
    pub fn page(&self, id: PageId) -> Result<SiteFile, Diagnostics> {
        self.draft(id).finish()
    }

    /// All that a page shows, before it is put through its template.
    #[must_use]
    pub fn draft(&self, id: PageId) -> Draft<'_> {
        let mut found = Diagnostics::new();
        let entry = self.site.page(id);
        let content = self.text(id, &mut found);
        let nav = self.shared_nav(id, &mut found).map(|shared| nav::mark_current(self.site, id, &shared));
        let fill = fill::view(self.site, &self.theme.fill, id);
        let print = self.shared.documents(self.site).of_page(self.site, id);
        let page = page::view(self.site, id, page::PreparedPage { content, nav, fill, print });
        let shown =
            if page.hero.is_some() || map::is_shown(self.site, id) { ExtraStyle::Maps } else { ExtraStyle::Text };
        let site = frame::view(self.site, self.theme, &entry.address, shown);
        let template = self.template(id).unwrap_or(page.kind.template());
        Draft {
            theme: self.theme,
            page,
            site,
            template,
            path: entry.address.output_file(),
            start: self.site.start_of(id),
            found,
        }
    }

    /// Everything but pages and copied files: the theme's assets, redirects, the SVG files of maps, the manifest and
    /// the sitemap.
    #[must_use]
    pub fn others(&self) -> Vec<SiteFile> {
        let text = |path: &str, text: String| SiteFile { path: path.to_owned(), bytes: text.into_bytes() };
        // An author's file at the same path wins over the theme's.
        let assets = self.theme.assets.iter().filter(|asset| self.site.has_room_for(&asset.path));
        let mut files: Vec<SiteFile> =
            assets.map(|asset| SiteFile { path: asset.path.clone(), bytes: asset.bytes.to_vec() }).collect();
        let redirects = publish::redirects::redirects(self.site, self.theme).into_iter();
        let home = publish::redirects::home(self.site, self.theme).into_iter();
        files.extend(home.map(|(address, html)| text(&address.output_file(), html)));
        files.extend(redirects.map(|(address, html)| text(&address.output_file(), html)));
        let maps = map::files(self.site).into_iter();
        files.extend(maps.map(|(address, svg)| text(&address.output_file(), svg)));
        files.push(text("manifest.json", publish::manifest::manifest(self.site)));
        files.extend(publish::sitemap::sitemap(self.site).map(|xml| text("sitemap.xml", xml)));
        files.extend(publish::robots::robots(self.site).map(|rules| text("robots.txt", rules)));
        files.extend(publish::feed::feed(self.site).map(|xml| text(publish::feed::FILE, xml)));
        files.extend(settings_style::style(self.site).map(|(address, css)| text(&address.output_file(), css)));
        // Without it, GitHub Pages leaves out files that start with an underscore.
        files.push(text(".nojekyll", String::new()));
        files.extend(self.site.config.written.html.cname.as_ref().map(|host| text("CNAME", format!("{host}\n"))));
        files
    }

    /// The search index, when the site can be searched: of all its pages, so it is made once and late.
    #[must_use]
    pub fn search(&self) -> Vec<SiteFile> {
        if self.site.all_pages().is_none() {
            return Vec::new();
        }
        let index = crate::search::index(search::documents(self.site));
        index.into_iter().map(|file| SiteFile { path: file.path, bytes: file.text.into_bytes() }).collect()
    }

    /// What a page says, whatever it is made from.
    fn text(&self, id: PageId, found: &mut Diagnostics) -> String {
        match &self.site.page(id).content {
            PageContent::Markdown(page) => self.content(id, page, found),
            PageContent::AllPages => search::all_pages(self.site, id),
            PageContent::Tags => tags::overview(self.site, id),
            PageContent::Tag(tag) => tags::of_tag(self.site, id, *tag),
            PageContent::Playbook(_) | PageContent::Playbooks | PageContent::NotFound => String::new(),
        }
    }

    /// The page's HTML with its maps and parts of playbooks in place.
    fn content(&self, id: PageId, page: &Page, found: &mut Diagnostics) -> String {
        // Drawing goes on after a failure, so that all broken partials of a page are reported at once.
        let failures = Mutex::new(Diagnostics::new());
        let draw = |hole: HoleContent| {
            let drawn = match hole {
                HoleContent::Embed(index) => self.embed(id, page, index as usize),
                HoleContent::Table(index) => self.above_table(id, page, index as usize),
                HoleContent::Address(_) | HoleContent::Tags | HoleContent::Blank(_) | HoleContent::Attributes(_) => {
                    Ok(String::new())
                }
            };
            drawn.unwrap_or_else(|error| {
                bug::lock(&failures).push(*error);
                String::new()
            })
        };
        let html = content::fill(self.site, id, page, &draw);
        found.extend(bug::unlocked(failures));
        html
    }

    fn embed(&self, id: PageId, page: &Page, index: usize) -> Result<String, Box<Diagnostic>> {
        match page.embed(index) {
            EmbedContent::Map(number) => self.map(id, page, *number),
            EmbedContent::Drawn { name, svg } => Ok(format!(
                "<figure class=\"diagram\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">{svg}</figure>\n",
                escaped(name)
            )),
            EmbedContent::Source { kind, text } => Ok(format!(
                "<figure class=\"diagram\"><pre tabindex=\"0\"><code>{}</code></pre><figcaption>{}</figcaption></figure>\n",
                escaped(text),
                escaped(kind)
            )),
            EmbedContent::Directive(directive) => self.directive(id, directive, index),
        }
    }

    fn map(&self, id: PageId, page: &Page, number: usize) -> Result<String, Box<Diagnostic>> {
        let view = map::at_home(self.site, MapId { page: id, number }, page);
        self.partial("partials/map.html", "map", &view, id)
    }

    /// The map that a table draws by itself, and the id by which a map names its table.
    fn above_table(&self, id: PageId, page: &Page, index: usize) -> Result<String, Box<Diagnostic>> {
        let mut html = String::new();
        // Several diagrams may share a table, so each brings its own id.
        for (number, map) in page.maps.iter().enumerate().filter(|(_, map)| map.table == Some(index)) {
            if map.is_above_table {
                html += &self.map(id, page, number)?;
            }
            html.extend(["<span id=\"", &escaped(&map.table_id()), "\"></span>"]);
        }
        Ok(html)
    }

    /// A template that is rendered on its own and sees one name.
    fn partial(
        &self,
        template: &str,
        name: &str,
        view: &impl serde::Serialize,
        id: PageId,
    ) -> Result<String, Box<Diagnostic>> {
        self.theme.render(template, &HashMap::from([(name, view)]), self.site.start_of(id))
    }

    fn shared_nav(&self, id: PageId, found: &mut Diagnostics) -> Option<Arc<str>> {
        let section = nav::section(self.site, id);
        let known = |navs: &HashMap<NavSection, Arc<str>>| navs.get(&section).cloned();
        // The lock is not held while a template runs. Two threads may render one section at the same time: the result
        // is the same, and rendering others is not held up.
        if let Some(shared) = known(&bug::lock(&self.shared.navs)) {
            return Some(shared);
        }
        match self.partial("partials/nav.html", "nav", &nav::view(self.site, section), id) {
            Ok(html) => {
                let shared: Arc<str> = html.into();
                bug::lock(&self.shared.navs).insert(section, Arc::clone(&shared));
                Some(shared)
            }
            Err(error) => {
                found.push(*error);
                None
            }
        }
    }

    /// The template a page asks for in its front matter, or its mount for it, when the theme has it.
    fn template(&self, id: PageId) -> Option<&str> {
        let entry = self.site.page(id);
        let own = entry.markdown().and_then(|page| page.front.template.as_ref()).map(|template| &template.value);
        // The page overrules its mount, which speaks for a whole folder.
        let wanted = own.or(entry.template.as_ref())?;
        self.theme.has_template(wanted).then_some(wanted)
    }
}
