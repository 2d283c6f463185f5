//! Reads assets, the outline and the theme.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, bug};
use crate::html::RawHtmlPolicy;
use crate::markdown::{active_part, raw_links, without_active_parts};
use crate::outline::{self, Outline};
use crate::pipeline::Session;
use crate::pipeline::session::state::ThemeInput;
use crate::project::files::unread;
use crate::project::filesystem::decode;
use crate::project::{Config, DiskError, FileSet, FileSystem, Mounted, open};
use crate::site::{ActiveDrawing, AssetInput};
use crate::source::{Located, SourceId, SourcePath, Span, run_fingerprint};
use crate::theme::{FileContent, Theme, ThemeFile};

/// Files that the settings name, which are published wherever they lie.
pub(crate) fn named_in_settings(config: &Config) -> impl Iterator<Item = &SourcePath> {
    config.published.iter()
}

/// Where the files of the site that are copied come from and go to. Style sheets, scripts and images that the settings
/// name are among them, wherever they lie.
fn copied(config: &Config, tree: &FileSet, files: &[Mounted]) -> Vec<(SourcePath, SourcePath)> {
    let mounted = files.iter().filter(|file| !file.source.is_markdown());
    let mut copied: Vec<(SourcePath, SourcePath)> =
        mounted.map(|file| (file.source.clone(), file.site_path.clone())).collect();
    for file in named_in_settings(config).filter(|file| tree.contains(file)) {
        // A logo below `src` is copied already, to the place that its folder gives it.
        let known = copied.iter().any(|(source, _)| source == file);
        if let (false, Ok(place)) = (known, SourcePath::new(&format!("assets/{}", file.file_name()))) {
            copied.push((file.clone(), place));
        }
    }
    copied.sort_by(|a, b| a.1.cmp(&b.1));
    copied
}

/// A small drawing in `currentColor`, from its first element on. As an image of its own it would be black, on dark
/// ground as well. What is named in it could be named on the page, too: then it stays an image.
fn coloured_by_text(svg: &str) -> Option<&str> {
    const SMALL: usize = 4 << 10;
    let drawing = svg.get(svg.find("<svg")?..)?.trim_end();
    // On the page, what runs or styles in it would do so on every page, and a strict policy forbids it.
    let stands_alone = drawing.len() <= SMALL
        && !["<style", " id=", "style="].iter().any(|part| drawing.contains(part))
        && active_part(drawing).is_none();
    (stands_alone && drawing.contains("currentColor")).then_some(drawing)
}

/// What runs in a drawing, and the drawing without it where the site publishes no HTML as it is.
fn active(config: &Config, source: SourceId, svg: &str) -> ActiveDrawing {
    let part = active_part(svg).map(|part| Located::new(part.what, Span::new(source, part.at)));
    let is_sanitized = part.is_some() && config.written.html.raw_html != RawHtmlPolicy::Allow;
    ActiveDrawing { part, sanitized: is_sanitized.then(|| without_active_parts(svg).into()) }
}

impl<D: FileSystem> Session<D> {
    /// The files of the site that are copied as they are; those that are markup are read for their links.
    pub(super) fn read_assets(
        &mut self,
        config: &Config,
        tree: &FileSet,
        files: &[Mounted],
        found: &mut Diagnostics,
    ) -> Vec<AssetInput> {
        let (mut assets, mut unread) = (Vec::new(), Vec::new());
        for (source, mounted) in copied(config, tree, files) {
            let is_markup = matches!(&*source.extension().to_ascii_lowercase(), "svg" | "html" | "htm");
            let text = is_markup.then(|| self.read_text(config, &source, found)).flatten();
            if unread::is_unread(&source)
                && let Some((id, _)) = self.read_text(config, &source, found)
            {
                unread.push((source.clone(), Span::start_of(id)));
            }
            // Only the logo is put into the page: it is on every page, and must follow the colours of light and dark.
            let is_logo = config.theme.logo.as_ref().is_some_and(|logo| logo.value == source);
            let inline = text.as_ref().filter(|_| is_logo).and_then(|(_, text)| coloured_by_text(text)).map(Arc::from);
            let drawing = text.as_ref().filter(|_| source.extension().eq_ignore_ascii_case("svg"));
            let active = drawing.map(|(id, svg)| active(config, *id, svg)).unwrap_or_default();
            let (text, links) = match text {
                Some((id, text)) => {
                    let links = bug::contained(|| raw_links(&text, id)).unwrap_or_else(|bug| {
                        found.push(bug.finding(Span::start_of(id), "looking for links in this file"));
                        Vec::new()
                    });
                    (id, links)
                }
                // Pages may include it: then its text is known already.
                None => (self.sources.id(&source).unwrap_or_else(|| self.set_text(&source, "")), Vec::new()),
            };
            assets.push(AssetInput { source, mounted, text, links, inline, active });
        }
        found.extend(unread::findings(&unread));
        assets
    }

    /// The outline, when somebody wrote one, and where it lies.
    pub(super) fn read_outline(
        &mut self,
        config: &Config,
        found: &mut Diagnostics,
    ) -> Option<(Arc<Outline>, SourcePath)> {
        let path = config.summary.as_ref()?;
        let (source, text) = self.read_text(config, path, found)?;
        match bug::contained(|| outline::parse(&text, source)) {
            Ok(parsed) => {
                found.extend(parsed.found);
                Some((Arc::new(parsed.value), path.clone()))
            }
            Err(bug) => {
                found.push(bug.finding(Span::start_of(source), "reading this navigation"));
                None
            }
        }
    }

    /// The theme: the built-in one, with the files of the project's theme folder over it; and what it is made from.
    pub(super) fn read_theme(&mut self, config: &Config, tree: &FileSet, before: Option<ThemeInput>) -> ThemeInput {
        let mut found = Diagnostics::new();
        let mut files = Vec::new();
        let folder = config.theme.folder.as_ref();
        for path in folder.map_or(&[][..], |folder| tree.below(folder)) {
            let below = folder.and_then(|folder| path.below(folder)).unwrap_or_default().to_owned();
            files.extend(self.theme_file(config, path, &mut found).map(|content| ThemeFile { path: below, content }));
        }
        // Loading a theme parses forty templates. A build that finds the same files keeps it, and with it, by its pointer,
        // every page that was rendered.
        let made_from = run_fingerprint(format!("{files:?}").as_bytes());
        match before {
            Some(before) if before.made_from == made_from => before,
            _ => {
                let loaded = bug::contained(|| Theme::load(files)).unwrap_or_else(|bug| {
                    found.push(bug.finding(Span::start_of(config.book_toml), "reading the theme of the site"));
                    Theme::load(Vec::new())
                });
                found.extend(loaded.found);
                ThemeInput { theme: Arc::new(loaded.value), made_from, found }
            }
        }
    }

    /// A file of the theme folder: a text where findings may point into it.
    fn theme_file(&mut self, config: &Config, path: &SourcePath, found: &mut Diagnostics) -> Option<FileContent> {
        if matches!(path.extension(), "html" | "css" | "js" | "svg") {
            let (source, text) = self.read_text(config, path, found)?;
            return Some(FileContent::Text(source, text));
        }
        match self.disk.read(&config.place, path) {
            Ok(bytes) => Some(FileContent::Bytes(bytes.into())),
            Err(error) => {
                found.push(self.unreadable(path, &error));
                None
            }
        }
    }

    pub(super) fn read_text(
        &mut self,
        config: &Config,
        path: &SourcePath,
        found: &mut Diagnostics,
    ) -> Option<(SourceId, Arc<str>)> {
        match self.disk.read(&config.place, path) {
            Ok(bytes) => {
                let decoded = decode::decode(bytes);
                let source = self.set_text(path, &decoded.text);
                found.extend(decoded.broken.map(|broken| broken.finding(source)));
                Some((source, self.sources.get(source).shared_text()))
            }
            Err(error) => {
                found.push(self.unreadable(path, &error));
                None
            }
        }
    }

    /// Gives a text its place; the same text keeps the place it has.
    pub(crate) fn set_text(&mut self, path: &SourcePath, text: &str) -> SourceId {
        let known = self.sources.id(path).filter(|id| self.sources.get(*id).text() == text);
        known.unwrap_or_else(|| self.sources.set(path.clone(), text))
    }

    pub(crate) fn unreadable(&mut self, path: &SourcePath, error: &DiskError) -> Diagnostic {
        let source = self.sources.set(path.clone(), "");
        let message = format!("`{}` cannot be read: {}", path.file_name(), error.reason);
        open::NOT_READABLE.at(Span::start_of(source), message)
    }
}
