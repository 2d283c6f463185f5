//! The resolved settings of a project, and what they mean for a single file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::book_toml::BookToml;
pub use super::choices::{ColorScheme, FontStyle, SeverityLevel, TextDirection, UrlStyle, Wanted};
pub use super::fonts::{FontFile, FontSettings};
pub use super::keys::NamedValues;
use super::repository::Repository;
pub use super::templates_table::{SchemaKey, SchemaType};
use crate::diagnostic::Diagnostic;
use crate::project::files::glob::{MountTarget, Pattern};
use crate::project::filesystem::decode::NOT_UTF8;
use crate::project::filesystem::roots::ProjectRoots;
use crate::source::{Located, SourceId, SourcePath};
use crate::url::Schemes;

/// A project's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file that it was read from. Findings without a better location are at its start.
    pub book_toml: SourceId,
    /// Every key as it was written, or as it is by default: what takes no more to know than book.toml.
    pub written: BookToml,
    /// The direction of the text.
    pub text_direction: TextDirection,
    /// The locations of the project and the repository.
    pub place: ProjectRoots,
    /// The content folder. `None` if all pages are mounted.
    pub source: Option<SourcePath>,
    /// Patterns of files in the content folder that are no part of the site.
    pub excluded: Vec<Pattern>,
    /// Patterns of pages, by their paths in the content folder, that need no entry in the navigation.
    pub not_listed: Vec<Pattern>,
    /// The navigation file, if there is one.
    pub summary: Option<SourcePath>,
    /// The list of known findings, if there is one.
    pub baseline: Option<SourcePath>,
    /// The page for addresses that don't exist, if there is one.
    pub not_found: Option<SourcePath>,
    /// What addresses look like.
    pub url_style: UrlStyle,
    /// Whether quotes and dashes are made typographic.
    pub smart_punctuation: bool,
    /// Where the site will be published, with a trailing slash.
    pub site_url: Option<String>,
    /// The repository on the web.
    pub repository: Option<Repository>,
    /// The URL to edit a page, with `{path}` in it; see [`Config::edit_url`].
    pub edit_url_template: Option<String>,
    /// The allowed schemes.
    pub schemes: Schemes,
    /// Addresses in book.toml that must not be published. They are treated as missing.
    pub refused: Vec<Located<String>>,
    /// Files from elsewhere, in order of precedence.
    pub mounts: Vec<Mount>,
    /// Where playbooks are, and how to run them.
    pub playbooks: PlaybookSettings,
    /// The values of `{{ name }}`.
    pub variables: BTreeMap<String, String>,
    /// The values of `{{ name }}` for this run, which override project and pages.
    pub given: BTreeMap<String, String>,
    /// Whether these fill in documents: then they are plain text, not Markdown.
    pub fills_in: bool,
    /// What the look of the site is made from.
    pub theme: ThemeSettings,
    /// The files that keys of book.toml name and the site publishes, wherever they lie.
    pub published: Vec<SourcePath>,
    /// Folders where included files are looked for, in order.
    pub include_paths: Vec<SourcePath>,
    /// Files that are added to every page, in order.
    pub appended: Vec<SourcePath>,
}

/// Where playbooks are, and how to run them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlaybookSettings {
    /// Their folder, if there is one.
    pub dir: Option<SourcePath>,
    /// The command that runs a playbook, with `{id}` for its id.
    pub run: Option<Located<String>>,
}

/// What the look of the site is made from, as far as it takes the files to know.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ThemeSettings {
    /// The folder with files that replace the built-in theme's, if there is one.
    pub folder: Option<SourcePath>,
    /// The image in the header.
    pub logo: Option<Located<SourcePath>>,
    /// The icon for the browser tab.
    pub favicon: Option<Located<SourcePath>>,
    /// The image for link previews.
    pub image: Option<Located<SourcePath>>,
    /// The fonts.
    pub fonts: FontSettings,
    /// The links in the header.
    pub links: Vec<HeaderLink>,
    /// The links in the footer, shown as icons.
    pub social: Vec<SocialLink>,
    /// Style sheets to load after the theme's.
    pub css: Vec<OwnAsset>,
    /// Scripts to load after the theme's.
    pub js: Vec<OwnAsset>,
}

/// A style sheet or script of the site's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnAsset {
    /// Where it is.
    pub place: AssetPlace,
    /// Whether a script is a module.
    pub is_module: bool,
    /// Whether a script runs as soon as it is there.
    pub is_async: bool,
}

/// Where a style sheet or script is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AssetPlace {
    /// In the site.
    File(Located<SourcePath>),
    /// On the web.
    Web(String),
}

/// A link in the header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderLink {
    /// The text that readers see.
    pub text: Located<String>,
    /// A page, as a path relative to the content folder, or a URL.
    pub href: Located<String>,
}

/// A link in the footer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SocialLink {
    /// The name of an icon.
    pub icon: Located<String>,
    /// A URL.
    pub href: Located<String>,
    /// Its name for screen readers.
    pub text: String,
}

/// Files that are added to the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mount {
    /// The files, by their paths in the repository.
    pub from: Located<Pattern>,
    /// Their paths in the site.
    pub to: MountTarget,
    /// The page template to use instead of the default.
    pub template: Option<Located<String>>,
}

impl Config {
    /// Folders that the paths of includes begin at, after that of the file with the directive.
    #[must_use]
    pub fn include_folders(&self) -> Vec<SourcePath> {
        // Python-Markdown's tools begin where their settings are.
        let usual = [self.place.project().clone(), SourcePath::root()];
        self.include_paths.iter().cloned().chain(usual).collect()
    }

    /// Whether book.toml isn't valid UTF-8, so that its content is unknown.
    #[must_use]
    pub fn is_no_text(&self, found: &Diagnostic) -> bool {
        found.rule == &NOT_UTF8 && found.span.source == self.book_toml
    }

    /// The folders and files on disk that the site is built from. No output may be written there.
    #[must_use]
    pub fn sources_on_disk(&self) -> Vec<PathBuf> {
        let own = [&self.source, &self.summary, &self.playbooks.dir, &self.theme.folder].into_iter().flatten().cloned();
        // A pattern that starts at the root can match anywhere; the root itself is excluded as an output folder anyway.
        let bases = self.mounts.iter().map(|mount| mount.from.value.base()).filter(|base| !base.is_empty());
        own.chain(bases.filter_map(|base| SourcePath::new(base).ok())).map(|path| self.place.on_disk(&path)).collect()
    }

    /// The URL to edit the file at `path`. `None` for files of a project that is separate from its repository.
    #[must_use]
    pub fn edit_url(&self, path: &SourcePath) -> Option<String> {
        // The host of the repository does not have these files.
        if self.place.is_beside_root(path) {
            return None;
        }
        let Some(template) = &self.edit_url_template else { return self.repository.as_ref()?.edit_url(path) };
        let root = SourcePath::root();
        let base = if self.place.is_apart() { &root } else { self.place.project() };
        Some(template.replace("{path}", &path.relative_to(base)))
    }

    /// The playbook id of a file: its path inside the playbooks folder, without its extension, in upper or lower case.
    /// `None` for any other file.
    #[must_use]
    pub fn playbook_id<'f>(&self, file: &'f SourcePath) -> Option<&'f str> {
        let below = file.below(self.playbooks.dir.as_ref()?)?;
        let (id, ending) = below.rsplit_once('.')?;
        let is_yaml = ["yaml", "yml"].iter().any(|known| ending.eq_ignore_ascii_case(known));
        let is_named = id.rsplit('/').next().is_some_and(|name| !name.is_empty() && !name.starts_with('.'));
        (is_yaml && is_named).then_some(id)
    }

    /// The path in the site tree of a file that isn't mounted: for files in the content folder, their path there,
    /// except for hidden files and those that aren't content.
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
        let is_excluded = self.excluded.iter().any(|pattern| pattern.matches(below).is_some());
        if is_hidden || is_playbook || is_settings || is_excluded {
            return None;
        }
        SourcePath::new(below).ok()
    }
}
