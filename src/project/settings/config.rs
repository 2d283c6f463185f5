//! book.toml as meant.
//! In: settings that are settled. Out: `Config`, and what follows from it for a single file.
//! Never knows: how the settings were written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::book_toml::BookToml;
pub use super::choices::{ColorScheme, FontStyle, Print, SeverityLevel, TextDirection, UrlStyle};
pub use super::fonts::{FontFile, FontSettings};
use super::repository::Repository;
pub use super::templates_table::{SchemaKey, SchemaType};
use crate::diagnostic::Diagnostic;
use crate::project::files::mount::Mount;
use crate::project::filesystem::decode::NOT_UTF8;
use crate::project::filesystem::roots::ProjectRoots;
use crate::source::{Located, SourceId, SourcePath};
use crate::url::Schemes;

/// A project's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file all this was read from; findings that have no better place stand at its start.
    pub book_toml: SourceId,
    /// Every key as it was written, or as it is by default: what takes no more to know than book.toml.
    pub written: BookToml,
    /// Which way texts run.
    pub text_direction: TextDirection,
    /// Where project and repository lie.
    pub place: ProjectRoots,
    /// The folder of the pages; none where all pages come from mounts.
    pub source: Option<SourcePath>,
    /// The navigation, where somebody wrote one.
    pub summary: Option<SourcePath>,
    /// The page for addresses that are none, where there is one.
    pub not_found: Option<SourcePath>,
    /// Where the site will live, with a slash at the end.
    pub site_url: Option<String>,
    /// The repository on the web.
    pub repository: Option<Repository>,
    /// Where a page is edited, with `{path}` in it; see [`Config::edit_url`].
    pub edit_url_template: Option<String>,
    /// Which schemes addresses may have.
    pub schemes: Schemes,
    /// Addresses in book.toml that must not be published, and count as if nobody had written them.
    pub refused: Vec<Located<String>>,
    /// Files from elsewhere, in order of precedence.
    pub mounts: Vec<Mount>,
    /// Where playbooks are, and how they are run.
    pub playbooks: PlaybookSettings,
    /// What `{{ name }}` stands for.
    pub variables: BTreeMap<String, String>,
    /// What `{{ name }}` stands for in this run, whatever project and pages say.
    pub given: BTreeMap<String, String>,
    /// Whether these are to fill in documents: then every one of them is text, not Markdown.
    pub fills_in: bool,
    /// What the look of the site is made from.
    pub theme: ThemeSettings,
    /// The files that keys of book.toml name and the site publishes, wherever they lie.
    pub published: Vec<SourcePath>,
}

/// Where playbooks are, and how they are run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlaybookSettings {
    /// Their folder, where there is one.
    pub dir: Option<SourcePath>,
    /// The command that runs one; `{id}` in it is the playbook's.
    pub run: Option<Located<String>>,
}

/// What the look of the site is made from, as far as it takes the files to know.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ThemeSettings {
    /// Folder with files in place of the built-in theme's, where there is one.
    pub folder: Option<SourcePath>,
    /// Image in the header.
    pub logo: Option<Located<SourcePath>>,
    /// Image for the browser's tab.
    pub favicon: Option<Located<SourcePath>>,
    /// Image for previews of links.
    pub image: Option<Located<SourcePath>>,
    /// What texts are set in.
    pub fonts: FontSettings,
    /// Links in the header.
    pub links: Vec<HeaderLink>,
    /// Links in the footer, shown as icons.
    pub social: Vec<SocialLink>,
    /// Style sheets after the theme's.
    pub css: Vec<Located<SourcePath>>,
    /// Scripts after the theme's.
    pub js: Vec<Located<SourcePath>>,
}

/// A link in the header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderLink {
    /// What readers see.
    pub text: Located<String>,
    /// A page, as a path from the folder of the pages, or a web address.
    pub href: Located<String>,
}

/// A link in the footer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SocialLink {
    /// Name of an icon.
    pub icon: Located<String>,
    /// A web address.
    pub href: Located<String>,
    /// What the icon stands for.
    pub text: String,
}

impl Config {
    /// Whether a finding says that book.toml is no text: then nobody knows what it says.
    #[must_use]
    pub fn is_no_text(&self, found: &Diagnostic) -> bool {
        found.rule == &NOT_UTF8 && found.span.source == self.book_toml
    }

    /// Folders and files on disk that the site is made from: no output must go there.
    #[must_use]
    pub fn sources_on_disk(&self) -> Vec<PathBuf> {
        let own = [&self.source, &self.summary, &self.playbooks.dir, &self.theme.folder].into_iter().flatten().cloned();
        // What a pattern from the root on matches lies anywhere; that no output holds the root is known anyway.
        let bases = self.mounts.iter().map(|mount| mount.from.value.base()).filter(|base| !base.is_empty());
        own.chain(bases.filter_map(|base| SourcePath::new(base).ok())).map(|path| self.place.on_disk(&path)).collect()
    }

    /// Where the file at `path` is edited on the web; files of a project apart from its repository are not.
    #[must_use]
    pub fn edit_url(&self, path: &SourcePath) -> Option<String> {
        let template = self.edit_url_template.as_ref()?;
        // The host of the repository does not have these files.
        if self.place.is_beside_root(path) {
            return None;
        }
        let root = SourcePath::root();
        let base = if self.place.is_apart() { &root } else { self.place.project() };
        Some(template.replace("{path}", &path.relative_to(base)))
    }

    /// The id of the playbook that a file is: its path below the folder of the playbooks, without its ending, which may
    /// be written in any case. Nothing for any other file.
    #[must_use]
    pub fn playbook_id<'f>(&self, file: &'f SourcePath) -> Option<&'f str> {
        let below = file.below(self.playbooks.dir.as_ref()?)?;
        let (id, ending) = below.rsplit_once('.')?;
        let is_yaml = ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known));
        let is_named = id.rsplit('/').next().is_some_and(|name| !name.is_empty() && !name.starts_with('.'));
        (is_yaml && is_named).then_some(id)
    }

    /// Where a file that no mount brings in is in the site tree: what lies in the folder of the pages, at its place
    /// there, but for hidden files and those that are not content.
    #[must_use]
    pub fn own_place(&self, file: &SourcePath) -> Option<SourcePath> {
        let below = file.below(self.source.as_ref()?)?;
        let is_in = |folder: &Option<SourcePath>| folder.as_ref().is_some_and(|folder| file.below(folder).is_some());
        // The web has one hidden folder of its own, for files that others look for.
        // What begins with a dot is often private: editors' folders, `.env`, drafts.
        let is_hidden = below.split('/').any(|name| name.starts_with('.') && name != ".well-known");
        let is_playbook = self.playbook_id(file).is_some();
        let is_book_toml = self.place.project().join("book.toml").as_ref() == Ok(file);
        let is_settings = is_book_toml || self.summary.as_ref() == Some(file) || is_in(&self.theme.folder);
        if is_hidden || is_playbook || is_settings {
            return None;
        }
        SourcePath::new(below).ok()
    }
}
