//! From book.toml as written to book.toml as meant.
//! In: what was written, where the project lies, and the names of all files. Out: a `Config` with all defaults
//! settled and all paths as `SourcePath`s.
//! Never knows: what is in the files.

use std::collections::BTreeMap;

use super::book_toml::{BookToml, HtmlTable, MountTable};
use super::config::{
    Config, ExternalSettings, HeaderLink, MarkdownSettings, PlaybookSettings, SocialLink, TemplateSettings,
    TextDirection, ThemeSettings,
};
use super::fonts::{self, FontSettings};
use super::keys::VALUE;
use super::repository::Repository;
use super::schemes;
use super::theme_table::{FontsTable, LinkTable, SocialTable, ThemeTable};
use crate::diagnostic::{Diagnostics, Edit, Fix, Parsed, Rule};
use crate::project::files::file_set::FileSet;
use crate::project::files::glob::{MountTarget, Pattern};
use crate::project::files::mount::Mount;
use crate::project::files::scope::is_git;
use crate::project::filesystem::roots::ProjectRoots;
use crate::source::{Located, SourceId, SourcePath, Span};
use crate::url::Schemes;

/// A file or folder that book.toml names and nobody has.
pub static PATH_NOT_FOUND: Rule = Rule::error("config/path-not-found", include_str!("rule_path_not_found.md"));

/// Languages that are written from right to left, by the first part of their names.
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "ha", "he", "khw", "ks", "ps", "sd", "ur", "yi"];

/// Settles what was written. Whatever cannot be meant is a finding, and its default holds.
#[must_use]
pub fn settle(written: &BookToml, book_toml: SourceId, place: &ProjectRoots, tree: &FileSet) -> Parsed<Config> {
    let mut settling = Settling { place, tree, book_toml, found: Vec::new() };
    let config = settling.config(written.clone());
    Parsed { value: config, found: settling.found }
}

/// What settling needs all the time.
struct Settling<'a> {
    place: &'a ProjectRoots,
    tree: &'a FileSet,
    book_toml: SourceId,
    found: Diagnostics,
}

/// Addresses that may be published, and those that may not.
struct SettledUrls {
    site_url: Option<String>,
    repository: Option<Repository>,
    edit_url_template: Option<String>,
    schemes: Schemes,
    refused: Vec<Located<String>>,
}

/// Where playbooks are looked for when book.toml does not say.
pub(crate) fn playbook_dirs(place: &ProjectRoots) -> impl Iterator<Item = SourcePath> {
    [place.project().clone(), SourcePath::root()].into_iter().filter_map(|folder| folder.join("playbooks").ok())
}

/// Where the project's own theme is looked for when book.toml does not say.
pub(crate) fn theme_dir(place: &ProjectRoots) -> Option<SourcePath> {
    place.project().join("theme").ok()
}

impl Settling<'_> {
    fn config(&mut self, written: BookToml) -> Config {
        let BookToml {
            book,
            build,
            html,
            mounts,
            playbooks,
            markdown,
            templates,
            theme,
            variables,
            check,
            external,
            terms,
        } = written;
        let mounts: Vec<Mount> = mounts.into_iter().flat_map(|table| self.mounts(table.value)).collect();
        let source = self.source(book.src.as_ref(), &mounts);
        let addresses = self.addresses(&html);
        let language = plain(book.language).unwrap_or_else(|| "en".to_owned());
        let direction = book.text_direction.map(|direction| direction.value);
        Config {
            book_toml: self.book_toml,
            title: plain(book.title).unwrap_or_else(|| "Documentation".to_owned()),
            description: plain(book.description),
            authors: book.authors.into_iter().map(|author| author.value).collect(),
            text_direction: direction.unwrap_or_else(|| direction_of(&language)),
            language,
            place: self.place.clone(),
            summary: self.summary(book.summary.as_ref(), source.as_ref()),
            not_found: self.not_found(&html, source.as_ref()),
            build_dir: plain(build.build_dir).unwrap_or_else(|| "book".to_owned()),
            site_url: addresses.site_url,
            cname: plain(html.cname.clone()),
            repository: addresses.repository,
            edit_url_template: addresses.edit_url_template,
            schemes: addresses.schemes,
            refused: addresses.refused,
            url_style: html.url_style.as_ref().map(|style| style.value).unwrap_or_default(),
            heading_ids: html.heading_ids.as_ref().map(|style| style.value).unwrap_or_default(),
            markdown: MarkdownSettings {
                math: is_on(markdown.math.as_ref(), false),
                smart_punctuation: is_on(html.smart_punctuation.as_ref(), false),
            },
            mounts,
            playbooks: PlaybookSettings { dir: self.playbook_dir(playbooks.dir.as_ref()), run: playbooks.run },
            variables: variables.into_iter().map(|(name, value)| (name.value, value.value)).collect(),
            given: BTreeMap::new(),
            fills_in: false,
            templates: TemplateSettings { placeholders: templates.placeholders, schema: templates.schema },
            levels: check,
            terms,
            external: ExternalSettings {
                include: external.include.into_iter().map(|pattern| pattern.value).collect(),
                exclude: external.exclude.into_iter().map(|pattern| pattern.value).collect(),
            },
            redirects: html.redirect.clone(),
            search: is_on(html.search.as_ref(), true),
            print: html.print.as_ref().map(|flag| flag.value).into(),
            theme: self.theme(&html, theme, source.as_ref()),
            source,
        }
    }

    /// The addresses of the site as a whole, as far as they may be published.
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
        SettledUrls {
            site_url: vetted(&html.site_url).map(|url| format!("{}/", url.trim_end_matches('/'))),
            repository: vetted(&html.git_repository_url).map(|url| Repository::new(&url, branch)),
            edit_url_template: vetted(&html.edit_url_template),
            refused,
            schemes,
        }
    }

    fn source(&mut self, written: Option<&Located<String>>, mounts: &[Mount]) -> Option<SourcePath> {
        if let Some(src) = written {
            return self.folder(src, "src", self.place.from_project(&src.value).ok().as_ref());
        }
        let default = ["content", "src"].iter().filter_map(|name| self.place.project().join(name).ok());
        let default = default.into_iter().find(|folder| self.tree.has_folder(folder));
        if default.is_none() && mounts.is_empty() {
            let help = "put the pages in `content`, or set their folder: `src = \"docs\"` in `[book]`";
            let message = "content folder not found: neither `content` nor `src` contains a file";
            self.found.push(PATH_NOT_FOUND.at(Span::start_of(self.book_toml), message).help(help));
        }
        default
    }

    fn summary(&mut self, written: Option<&Located<String>>, source: Option<&SourcePath>) -> Option<SourcePath> {
        if let Some(summary) = written {
            let path = self.place.from_project(&summary.value).ok();
            return self.file(summary, "summary", path.as_slice()).map(|summary| summary.value);
        }
        let folders = source.into_iter().chain([self.place.project()]);
        folders.filter_map(|folder| folder.join("SUMMARY.md").ok()).find(|path| self.tree.contains(path))
    }

    fn not_found(&mut self, html: &HtmlTable, source: Option<&SourcePath>) -> Option<SourcePath> {
        match &html.input_404 {
            // mdBook's way to say that there shall be none.
            Some(written) if written.value.is_empty() => None,
            Some(written) => {
                let path = source.and_then(|source| source.join(&written.value).ok());
                self.file(written, "input-404", path.as_slice()).map(|file| file.value)
            }
            None => source.and_then(|source| source.join("404.md").ok()).filter(|path| self.tree.contains(path)),
        }
    }

    fn playbook_dir(&mut self, written: Option<&Located<String>>) -> Option<SourcePath> {
        if let Some(dir) = written {
            return self.folder(dir, "dir", SourcePath::new(&dir.value).ok().as_ref());
        }
        playbook_dirs(self.place).find(|dir| self.tree.has_folder(dir))
    }

    fn mounts(&mut self, table: MountTable) -> Vec<Mount> {
        let mut mounts = Vec::new();
        for from in table.from {
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

    fn theme(&mut self, html: &HtmlTable, theme: ThemeTable, source: Option<&SourcePath>) -> ThemeSettings {
        let folder = match &html.theme {
            Some(written) => self.folder(written, "theme", self.place.from_project(&written.value).ok().as_ref()),
            None => theme_dir(self.place).filter(|folder| self.tree.has_folder(folder)),
        };
        ThemeSettings {
            folder,
            scheme: html.default_theme.as_ref().map(|scheme| scheme.value).unwrap_or_default(),
            accent: theme.accent,
            logo: theme.logo.as_ref().and_then(|logo| self.asset(logo, "logo", source)),
            favicon: theme.favicon.as_ref().and_then(|favicon| self.asset(favicon, "favicon", source)),
            image: theme.image.as_ref().and_then(|image| self.asset(image, "image", source)),
            fonts: self.fonts(theme.fonts, source),
            announcement: theme.announcement,
            footer: theme.footer,
            links: theme.links.into_iter().filter_map(|table| header_link(table.value)).collect(),
            social: theme.social.into_iter().filter_map(|table| social_link(table.value)).collect(),
            css: html.additional_css.iter().filter_map(|css| self.asset(css, "additional-css", source)).collect(),
            js: html.additional_js.iter().filter_map(|js| self.asset(js, "additional-js", source)).collect(),
        }
    }

    fn fonts(&mut self, written: FontsTable, source: Option<&SourcePath>) -> FontSettings {
        let Parsed { value, found } = fonts::settle(written, |file| self.asset(file, "file", source));
        self.found.extend(found);
        value
    }

    /// A file that may lie beside book.toml, in the folder of the pages, or in the repository, looked up in this
    /// order.
    fn asset(
        &mut self,
        written: &Located<String>,
        key: &str,
        source: Option<&SourcePath>,
    ) -> Option<Located<SourcePath>> {
        let beside = self.place.from_project(&written.value).ok();
        let in_source = source.and_then(|source| source.join(&written.value).ok());
        let in_root = SourcePath::new(&written.value).ok();
        let paths: Vec<SourcePath> = [beside, in_source, in_root].into_iter().flatten().collect();
        self.file(written, key, &paths)
    }

    fn file(&mut self, written: &Located<String>, key: &str, paths: &[SourcePath]) -> Option<Located<SourcePath>> {
        let existing = paths.iter().find(|path| self.tree.contains(path));
        if existing.is_none() {
            self.not_there(written, key, paths.first(), "file");
        }
        existing.map(|path| Located::new(path.clone(), written.span))
    }

    fn folder(&mut self, written: &Located<String>, key: &str, path: Option<&SourcePath>) -> Option<SourcePath> {
        let existing = path.filter(|path| self.tree.has_folder(path));
        if existing.is_none() {
            self.not_there(written, key, path, "folder");
        }
        existing.cloned()
    }

    fn not_there(&mut self, written: &Located<String>, key: &str, path: Option<&SourcePath>, kind: &str) {
        let Some(path) = path else {
            let message = format!("`{key}` is outside the repository: `{}`", written.value);
            let help = "nothing outside the repository is read; `root` in `[book]` sets its location";
            self.found.push(VALUE.at(written.span, message).help(help));
            return;
        };
        let real = self.tree.real_case(path.as_str()).map(SourcePath::as_str);
        let near = real.or_else(|| self.tree.nearest(path.as_str())).and_then(|near| SourcePath::new(near).ok());
        // In the same terms as it was written: from the root, or from book.toml.
        let from_root = SourcePath::new(&written.value).as_ref() == Ok(path) || self.place.is_apart();
        let base = if from_root { &SourcePath::root() } else { self.place.project() };
        let near = near.map(|near| near.relative_to(base));
        let message = format!("{kind} not found for `{key}`: `{}` does not exist or contains no files", written.value);
        let message = if kind == "file" { format!("file not found for `{key}`: `{}`", written.value) } else { message };
        let finding = PATH_NOT_FOUND.at(written.span, message);
        self.found.push(match near {
            Some(near) => {
                let edits = vec![Edit { span: written.span, replacement: format!("\"{near}\"") }];
                finding.help(format!("did you mean `{near}`?")).fix(Fix::suggested(edits))
            }
            None => finding,
        });
    }
}

fn header_link(table: LinkTable) -> Option<HeaderLink> {
    Some(HeaderLink { text: table.text?, href: table.href? })
}

fn social_link(table: SocialTable) -> Option<SocialLink> {
    let icon = table.icon?;
    let text = plain(table.text).unwrap_or_else(|| icon.value.clone());
    Some(SocialLink { icon, href: table.href?, text })
}

fn plain(value: Option<Located<String>>) -> Option<String> {
    value.map(|value| value.value)
}

fn is_on(flag: Option<&Located<bool>>, default: bool) -> bool {
    flag.map_or(default, |flag| flag.value)
}

fn direction_of(language: &str) -> TextDirection {
    let first = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if RIGHT_TO_LEFT.contains(&first.as_str()) { TextDirection::RightToLeft } else { TextDirection::LeftToRight }
}
