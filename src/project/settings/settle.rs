//! Turns book.toml as written into a `Config`.
//! In: the parsed file, the location of the project, and the names of all files. Out: a `Config` with defaults applied
//! and paths resolved.

use std::collections::BTreeMap;

use super::book_toml::{BookToml, MountTable};
use super::config::{
    AssetPlace, Config, HeaderLink, Mount, OwnAsset, PlaybookSettings, SocialLink, TextDirection, ThemeSettings,
    UrlStyle,
};
use super::fonts::{self, FontSettings};
use super::html_table::HtmlTable;
use super::keys::{AssetSource, PathBase, VALUE, WrittenAsset, WrittenPath};
use super::repository::Repository;
use super::schemes;
use super::theme_table::{FontsTable, LinkTable, SocialTable, ThemeTable};
use crate::diagnostic::{Diagnostics, Edit, Parsed, Rule};
use crate::project::files::file_set::FileSet;
use crate::project::files::glob::{MountTarget, Pattern};
use crate::project::files::scope::is_git;
use crate::project::filesystem::roots::ProjectRoots;
use crate::source::{Located, SourceId, SourcePath, Span};
use crate::url::Schemes;

/// A file or folder in book.toml that doesn't exist.
pub static PATH_NOT_FOUND: Rule = Rule::error("config/path-not-found", include_str!("path_not_found.md"));

/// Right-to-left languages, by primary subtag.
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ps", "sd", "ur", "yi"];

/// Resolves the settings. Invalid values are findings, and their defaults apply.
#[must_use]
pub fn settle(written: &BookToml, book_toml: SourceId, place: &ProjectRoots, tree: &FileSet) -> Parsed<Config> {
    let root = SourcePath::root();
    let mut settling =
        Settling { place, tree, book_toml, root, content: None, published: Vec::new(), found: Vec::new() };
    let config = settling.config(written.clone());
    Parsed { value: config, found: settling.found }
}

/// The state that all steps need.
struct Settling<'a> {
    place: &'a ProjectRoots,
    tree: &'a FileSet,
    book_toml: SourceId,
    root: SourcePath,
    /// The content folder, once it is known.
    content: Option<SourcePath>,
    /// Files that were found for keys whose files are published.
    published: Vec<SourcePath>,
    found: Diagnostics,
}

/// The addresses that may be published, and those that may not.
struct SettledUrls {
    site_url: Option<String>,
    repository: Option<Repository>,
    edit_url_template: Option<String>,
    schemes: Schemes,
    refused: Vec<Located<String>>,
}

/// Where playbooks are by default.
pub(crate) fn playbook_dirs(place: &ProjectRoots) -> impl Iterator<Item = SourcePath> {
    [place.project().clone(), SourcePath::root()].into_iter().filter_map(|folder| folder.join("playbooks").ok())
}

/// Where the project's theme is by default.
pub(crate) fn theme_dir(place: &ProjectRoots) -> Option<SourcePath> {
    place.project().join("theme").ok()
}

impl Settling<'_> {
    fn config(&mut self, written: BookToml) -> Config {
        let mounts: Vec<Mount> = written.mounts.iter().flat_map(|table| self.mounts(&table.value)).collect();
        let source = self.source(written.book.src.as_ref(), &mounts);
        self.content.clone_from(&source);
        let SettledUrls { site_url, repository, edit_url_template, schemes, refused } = self.addresses(&written.html);
        let summary = self.summary(written.book.summary.as_ref());
        let is_mdbook = self.is_mdbook(summary.as_ref());
        let url_style = written.html.url_style.unwrap_or(if is_mdbook { UrlStyle::File } else { UrlStyle::Directory });
        let direction = written.book.text_direction.as_ref().map(|direction| direction.value);
        let variables = written.variables.iter().map(|(name, value)| (name.value.clone(), value.value.clone()));
        Config {
            book_toml: self.book_toml,
            text_direction: direction.unwrap_or_else(|| direction_of(&written.book.language)),
            place: self.place.clone(),
            excluded: self.patterns("exclude", &written.book.exclude),
            not_listed: self.patterns("not-listed", &written.nav.not_listed),
            summary,
            url_style,
            // As in mdBook since 0.5.
            smart_punctuation: written.html.smart_punctuation.unwrap_or(is_mdbook),
            baseline: written.check.baseline.as_ref().and_then(|file| self.file(file)).map(|file| file.value),
            not_found: self.not_found(written.html.input_404.as_ref()),
            site_url,
            repository,
            edit_url_template,
            schemes,
            refused,
            mounts,
            playbooks: PlaybookSettings {
                dir: self.playbook_dir(written.playbooks.dir.as_ref()),
                run: written.playbooks.run.clone(),
            },
            variables: variables.collect(),
            given: BTreeMap::new(),
            fills_in: false,
            theme: self.theme(&written.html, &written.theme),
            include_paths: written.markdown.include_paths.iter().filter_map(|folder| self.folder(folder)).collect(),
            appended: {
                let files = written.markdown.append.iter().filter_map(|file| self.file(file));
                files.map(|file| file.value).collect()
            },
            published: std::mem::take(&mut self.published),
            source,
            written,
        }
    }

    /// The addresses of the site as a whole, if they may be published.
    fn addresses(&mut self, html: &HtmlTable) -> SettledUrls {
        let Parsed { value: schemes, found } = schemes::settle(&html.allowed_schemes);
        self.found.extend(found);
        let mut refused = Vec::new();
        let mut vetted = |address: &Option<Located<String>>| {
            let (safe, unsafe_one) = schemes::vet(address.as_ref(), &schemes);
            refused.extend(unsafe_one);
            safe
        };
        let branch = html.git_branch.as_ref().map(|branch| branch.value.as_str());
        // A host of one's own serves the site at its root.
        let at_host = |host: &String| format!("https://{host}/");
        SettledUrls {
            // With one slash at the end, as addresses of pages are put behind it.
            site_url: vetted(&html.site_url)
                .map(|url| format!("{}/", url.trim_end_matches('/')))
                .or_else(|| html.cname.as_ref().map(at_host)),
            repository: vetted(&html.git_repository_url).map(|url| Repository::new(&url, branch)),
            edit_url_template: vetted(&html.edit_url_template),
            refused,
            schemes,
        }
    }

    fn source(&mut self, written: Option<&WrittenPath>, mounts: &[Mount]) -> Option<SourcePath> {
        if let Some(written) = written {
            return self.folder(written);
        }
        let default = ["content", "src"].iter().filter_map(|name| self.place.project().join(name).ok());
        let default = default.into_iter().find(|folder| self.tree.has_folder(folder));
        // A project that takes all pages from mounts has no folder of its own, and needs none.
        if default.is_none() && mounts.is_empty() {
            let help = "put the pages in `content`, or set their folder: `src = \"docs\"` in `[book]`";
            let message = "content folder not found: neither `content` nor `src` contains a file";
            self.found.push(PATH_NOT_FOUND.at(Span::start_of(self.book_toml), message).help(help));
        }
        default
    }

    fn summary(&mut self, written: Option<&WrittenPath>) -> Option<SourcePath> {
        if let Some(written) = written {
            return self.file(written).map(|file| file.value);
        }
        let folders = self.content.iter().chain([self.place.project()]);
        folders.filter_map(|folder| folder.join("SUMMARY.md").ok()).find(|path| self.tree.contains(path))
    }

    /// The patterns of a key; one that can't be read is a finding.
    fn patterns(&mut self, key: &str, written: &[Located<String>]) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for Located { value, span } in written {
            match Pattern::new(value) {
                Ok(pattern) => patterns.push(pattern),
                Err(reason) => {
                    self.found.push(VALUE.at(*span, format!("invalid pattern `{value}` in `{key}`: {reason}")));
                }
            }
        }
        patterns
    }

    /// Whether this is a project of mdBook, whose defaults then hold. It is one by its folder, and not by its keys: those
    /// that are added or deleted later must not move every page.
    fn is_mdbook(&self, summary: Option<&SourcePath>) -> bool {
        let content = self.content.as_ref().filter(|content| content.file_name() != "content");
        matches!((content, summary), (Some(content), Some(summary)) if summary.parent() == *content)
    }

    fn not_found(&mut self, written: Option<&WrittenPath>) -> Option<SourcePath> {
        match written {
            // mdBook's way of turning it off.
            Some(none) if none.written.value.is_empty() => None,
            Some(written) => self.file(written).map(|file| file.value),
            None => self.content.as_ref()?.join("404.md").ok().filter(|path| self.tree.contains(path)),
        }
    }

    fn playbook_dir(&mut self, written: Option<&WrittenPath>) -> Option<SourcePath> {
        match written {
            Some(written) => self.folder(written),
            None => playbook_dirs(self.place).find(|dir| self.tree.has_folder(dir)),
        }
    }

    fn mounts(&mut self, table: &MountTable) -> Vec<Mount> {
        let mut mounts = Vec::new();
        for WrittenPath { written: from, .. } in &table.from {
            // Before the pattern is read: `.git/config` may hold the token of a CI run.
            if from.value.split('/').any(is_git) {
                let message = format!("cannot mount `{}`: git's own files are never published", from.value);
                self.found.push(VALUE.at(from.span, message).help("they may contain a token; remove this line"));
                continue;
            }
            let pattern = match Pattern::new(&from.value) {
                Ok(pattern) => pattern,
                Err(reason) => {
                    self.found.push(VALUE.at(from.span, format!("cannot mount `{}`: {reason}", from.value)));
                    continue;
                }
            };
            // Without `to`, a file keeps the path that its links in the repository already have.
            let to = table.to.as_ref().map_or(from.value.as_str(), |to| to.value.as_str());
            match MountTarget::new(to, &pattern) {
                Ok(to) => {
                    mounts.push(Mount { from: Located::new(pattern, from.span), to, template: table.template.clone() });
                }
                Err(reason) => {
                    let span = table.to.as_ref().map_or(from.span, |to| to.span);
                    let message = format!("cannot mount `{}` at `{to}`: {reason}", from.value);
                    self.found.push(VALUE.at(span, message));
                }
            }
        }
        mounts
    }

    fn theme(&mut self, html: &HtmlTable, theme: &ThemeTable) -> ThemeSettings {
        let folder = match &html.theme {
            Some(written) => self.folder(written),
            None => theme_dir(self.place).filter(|folder| self.tree.has_folder(folder)),
        };
        // In the order of the keys, so that findings at one place keep their order.
        let mut file = |written: &Option<WrittenPath>| self.file(written.as_ref()?);
        let (logo, favicon, image) = (file(&theme.logo), file(&theme.favicon), file(&theme.image));
        ThemeSettings {
            folder,
            logo,
            favicon,
            image,
            fonts: self.fonts(&theme.fonts),
            links: theme.links.iter().filter_map(|table| header_link(&table.value)).collect(),
            social: theme.social.iter().filter_map(|table| social_link(&table.value)).collect(),
            css: html.additional_css.iter().filter_map(|css| self.asset(css)).collect(),
            js: html.additional_js.iter().filter_map(|js| self.asset(js)).collect(),
        }
    }

    fn fonts(&mut self, written: &FontsTable) -> FontSettings {
        let Parsed { value, found } = fonts::settle(written, |file| self.file(file));
        self.found.extend(found);
        value
    }

    fn asset(&mut self, written: &WrittenAsset) -> Option<OwnAsset> {
        let place = match &written.source {
            AssetSource::File(path) => AssetPlace::File(self.file(path)?),
            AssetSource::Web(address) => AssetPlace::Web(address.value.clone()),
        };
        Some(OwnAsset { place, is_module: written.is_module, is_async: written.is_async })
    }

    /// The file that a key names, where its declaration says that it is looked for.
    fn file(&mut self, named: &WrittenPath) -> Option<Located<SourcePath>> {
        let paths: Vec<SourcePath> = self.folders(named.base).filter_map(|folder| named.from_folder(folder)).collect();
        let existing = paths.iter().find(|path| self.tree.contains(path)).cloned();
        match &existing {
            Some(file) if named.base == PathBase::Anywhere => self.published.push(file.clone()),
            Some(_) => {}
            None => self.not_there(named, paths.first(), "file"),
        }
        existing.map(|path| Located::new(path, named.written.span))
    }

    /// The folder that a key names.
    fn folder(&mut self, named: &WrittenPath) -> Option<SourcePath> {
        let path = self.folders(named.base).find_map(|folder| named.from_folder(folder));
        let existing = path.as_ref().filter(|path| self.tree.has_folder(path));
        if existing.is_none() {
            self.not_there(named, path.as_ref(), "folder");
        }
        existing.cloned()
    }

    /// The folders that a path may begin at, in the order in which it is looked for.
    fn folders(&self, base: PathBase) -> impl Iterator<Item = &SourcePath> {
        let is = |other: PathBase| base == other || base == PathBase::Anywhere;
        let project = Some(self.place.project()).filter(|_| is(PathBase::Project));
        let content = self.content.as_ref().filter(|_| is(PathBase::Content));
        let root = Some(&self.root).filter(|_| is(PathBase::Repository));
        [project, content, root].into_iter().flatten()
    }

    fn not_there(&mut self, named: &WrittenPath, path: Option<&SourcePath>, kind: &str) {
        let WrittenPath { key, written, .. } = named;
        let Some(path) = path else {
            let message = format!("`{key}` is outside the repository: `{}`", written.value);
            let help = "nothing outside the repository is read; `root` in `[book]` sets its location";
            self.found.push(VALUE.at(written.span, message).help(help));
            return;
        };
        // The same path in another case is surer than any that is spelt nearly so.
        let real = self.tree.real_case(path.as_str()).map(SourcePath::as_str);
        let near = real.or_else(|| self.tree.nearest(path.as_str())).and_then(|near| SourcePath::new(near).ok());
        // In the same form as it was written: relative to the root, or to book.toml.
        let from_root = SourcePath::new(&written.value).as_ref() == Ok(path) || self.place.is_apart();
        let base = if from_root { &SourcePath::root() } else { self.place.project() };
        let near = near.map(|near| near.relative_to(base));
        let message = format!("{kind} not found for `{key}`: `{}` does not exist or contains no files", written.value);
        let message = if kind == "file" { format!("file not found for `{key}`: `{}`", written.value) } else { message };
        let finding = PATH_NOT_FOUND.at(written.span, message);
        self.found.push(match near {
            Some(near) => {
                let replacement = format!("\"{near}\"");
                finding.suggest_edit(near, Edit { span: written.span, replacement })
            }
            None => finding,
        });
    }
}

fn header_link(table: &LinkTable) -> Option<HeaderLink> {
    Some(HeaderLink { text: table.text.clone()?, href: table.href.clone()? })
}

fn social_link(table: &SocialTable) -> Option<SocialLink> {
    let icon = table.icon.clone()?;
    let text = table.text.as_ref().unwrap_or(&icon).value.clone();
    Some(SocialLink { icon, href: table.href.clone()?, text })
}

fn direction_of(language: &str) -> TextDirection {
    let first = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if RIGHT_TO_LEFT.contains(&first.as_str()) { TextDirection::RightToLeft } else { TextDirection::LeftToRight }
}
