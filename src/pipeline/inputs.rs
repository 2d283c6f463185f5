//! What a site is made of, read and compiled.
//! In: the names of a project's files. Out: pages, playbooks, the outline, the theme; each from its own bytes, pages
//! in parallel.
//! Never knows: addresses, links, how pages look.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::Session;
use super::cache::{Cache, Fingerprint, Kept, fingerprint};
use super::world::{PageWorld, Shared, blanks};
use crate::diagnostic::{Diagnostic, Findings};
use crate::markdown::summary::{self, Outline};
use crate::markdown::{Differences, Options, raw_links};
use crate::page;
use crate::project::choices::Level;
use crate::project::{Config, Disk, DiskError, Mounted, Tree, decode, open};
use crate::site::{AssetInput, PageInput};
use crate::text::{Located, SourceId, SourcePath, Span};
use crate::theme::{FileContent, Theme, ThemeFile};

/// Where the files of the site that are copied come from and go to. Style sheets, scripts and images that the settings
/// name are among them, wherever they lie.
fn copied(config: &Config, tree: &Tree, files: &[Mounted]) -> Vec<(SourcePath, SourcePath)> {
    let mounted = files.iter().filter(|file| !file.source.is_markdown());
    let mut copied: Vec<(SourcePath, SourcePath)> =
        mounted.map(|file| (file.source.clone(), file.site_path.clone())).collect();
    let theme = &config.theme;
    let named = theme.css.iter().chain(&theme.js).chain(&theme.logo).chain(&theme.favicon);
    for file in named.map(|file| &file.value).filter(|file| tree.contains(file)) {
        let known = copied.iter().any(|(source, _)| source == file);
        if let (false, Ok(place)) = (known, SourcePath::new(&format!("assets/{}", file.file_name()))) {
            copied.push((file.clone(), place));
        }
    }
    copied.sort_by(|a, b| a.1.cmp(&b.1));
    copied
}

/// A page's file as it was read.
struct Read<'a> {
    file: &'a Mounted,
    source: SourceId,
    text: Arc<str>,
    made_from: Fingerprint,
    broken: Option<Diagnostic>,
}

impl<D: Disk> Session<D> {
    /// All pages in the order of their mounted paths; those that did not change are the ones from before.
    pub(super) fn compile_pages(
        &mut self,
        config: &Config,
        tree: &Tree,
        files: &[Mounted],
        found: &mut Findings,
    ) -> Vec<PageInput> {
        let options = options(config, &self.asked);
        let read = self.read_pages(config, files, settings_fingerprint(config, &self.asked), found);
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let blanks = blanks(config);
        let shared = Shared { disk: &self.disk, config, tree, sources: &sources, blanks: &blanks };
        let compiled: Vec<(Kept, bool)> =
            read.par_iter().map(|read| compile(&self.cache, &shared, &options, read)).collect();
        self.sources = sources.into_inner().unwrap_or_else(PoisonError::into_inner);

        let fresh = compiled.iter().filter(|(_, fresh)| *fresh).count();
        let mut pages = Vec::with_capacity(read.len());
        for (read, (kept, _)) in read.iter().zip(&compiled) {
            found.extend(kept.found.iter().cloned());
            let (source, mounted) = (read.file.source.clone(), read.file.site_path.clone());
            let template = read.file.template.as_ref().map(|template| template.value.clone());
            pages.push(PageInput { source, mounted, page: Arc::clone(&kept.page), template });
        }
        let paths = read.iter().map(|read| read.file.source.clone());
        self.cache.replace(paths.zip(compiled.iter().map(|(kept, _)| kept.clone())), fresh);
        pages.sort_by(|a, b| a.mounted.cmp(&b.mounted));
        pages
    }

    /// Reads all pages in parallel and gives each text its place.
    fn read_pages<'a>(
        &mut self,
        config: &Config,
        files: &'a [Mounted],
        settings: Fingerprint,
        found: &mut Findings,
    ) -> Vec<Read<'a>> {
        let disk = &self.disk;
        let pages: Vec<&Mounted> = files.iter().filter(|file| file.source.is_markdown()).collect();
        let bytes: Vec<Result<Vec<u8>, DiskError>> =
            pages.par_iter().map(|file| disk.read(&config.place, &file.source)).collect();
        let mut read = Vec::with_capacity(pages.len());
        for (file, bytes) in pages.into_iter().zip(bytes) {
            let bytes = bytes.unwrap_or_else(|error| {
                found.push(self.unreadable(&file.source, &error));
                Vec::new()
            });
            let made_from = fingerprint(&bytes, settings);
            let decoded = decode::decode(bytes);
            let source = self.set_text(&file.source, &decoded.text);
            let broken = decoded.broken.map(|broken| broken.finding(source));
            read.push(Read { file, source, text: self.sources.get(source).shared_text(), made_from, broken });
        }
        read
    }

    /// The files of the site that are copied as they are; those that are markup are read for their links.
    pub(super) fn read_assets(
        &mut self,
        config: &Config,
        tree: &Tree,
        files: &[Mounted],
        found: &mut Findings,
    ) -> Vec<AssetInput> {
        let mut assets = Vec::new();
        for (source, mounted) in copied(config, tree, files) {
            let is_markup = matches!(source.extension(), "svg" | "html" | "htm");
            let text = is_markup.then(|| self.read_text(config, &source, found)).flatten();
            let links = text.map(|(id, text)| raw_links(&text, id)).unwrap_or_default();
            assets.push(AssetInput { source, mounted, links });
        }
        assets
    }

    /// The outline, when somebody wrote one, and where it lies.
    pub(super) fn read_outline(&mut self, config: &Config, found: &mut Findings) -> Option<(Arc<Outline>, SourcePath)> {
        let path = config.summary.as_ref()?;
        let (source, text) = self.read_text(config, path, found)?;
        let parsed = summary::parse(&text, source);
        found.extend(parsed.found);
        Some((Arc::new(parsed.value), path.clone()))
    }

    /// The theme: the built-in one, with the files of the project's theme folder over it.
    pub(super) fn read_theme(&mut self, config: &Config, tree: &Tree, found: &mut Findings) -> Theme {
        let mut files = Vec::new();
        let folder = config.theme.folder.as_ref();
        for path in folder.map_or(&[][..], |folder| tree.below(folder)) {
            let below = folder.and_then(|folder| path.below(folder)).unwrap_or_default().to_owned();
            files.extend(self.theme_file(config, path, found).map(|content| ThemeFile { path: below, content }));
        }
        let loaded = Theme::load(files);
        found.extend(loaded.found);
        loaded.value
    }

    /// A file of the theme folder: a text where findings may point into it.
    fn theme_file(&mut self, config: &Config, path: &SourcePath, found: &mut Findings) -> Option<FileContent> {
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
        found: &mut Findings,
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
    fn set_text(&mut self, path: &SourcePath, text: &str) -> SourceId {
        let known = self.sources.id(path).filter(|id| self.sources.get(*id).text() == text);
        known.unwrap_or_else(|| self.sources.set(path.clone(), text))
    }

    fn unreadable(&mut self, path: &SourcePath, error: &DiskError) -> Diagnostic {
        let source = self.sources.set(path.clone(), "");
        let message = format!("`{}` cannot be read: {}", path.file_name(), error.reason);
        open::NOT_READABLE.at(Span::start_of(source), message)
    }
}

/// How texts are read.
pub(super) fn options(config: &Config, asked: &[String]) -> Options {
    Options {
        heading_ids: config.heading_ids,
        math: config.markdown.math,
        smart_punctuation: config.markdown.smart_punctuation,
        differences: differences(config, asked),
    }
}

/// The page of a file: the one from before when nothing it depends on has changed. Whether it is new comes with it.
fn compile<D: Disk>(cache: &Cache, shared: &Shared<'_, D>, options: &Options, read: &Read<'_>) -> (Kept, bool) {
    let included = |path: &SourcePath| {
        let bytes = shared.disk.read(&shared.config.place, path).ok()?;
        Some(fingerprint(&bytes, 0))
    };
    if let Some(kept) = cache.page(&read.file.source, read.made_from, included) {
        return (kept, false);
    }
    let world = PageWorld::new(shared);
    let compiled = page::compile(&read.text, read.source, options, &world);
    let found = compiled.found.into_iter().chain(read.broken.clone()).collect();
    let kept = Kept {
        made_from: read.made_from,
        includes: world.into_included(),
        page: Arc::new(compiled.value),
        found: Arc::new(found),
    };
    (kept, true)
}

/// Places that Python-Markdown reads otherwise are looked for when somebody asks for the rule by name.
fn differences(config: &Config, asked: &[String]) -> Differences {
    let is_meant = |rule: &str| rule == "markdown/python-markdown-difference";
    let is_on = |(rule, level): &(Located<String>, Located<Level>)| is_meant(&rule.value) && level.value != Level::Off;
    let is_wanted = config.levels.iter().any(is_on) || asked.iter().any(|rule| is_meant(rule));
    if is_wanted { Differences::PythonMarkdown } else { Differences::Silent }
}

/// The settings that a compiled page depends on.
pub(super) fn settings_fingerprint(config: &Config, asked: &[String]) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    format!("{:?} {:?} {:?}", config.heading_ids, config.markdown, differences(config, asked)).hash(&mut hasher);
    (&config.variables, &config.given, blanks(config)).hash(&mut hasher);
    hasher.finish()
}
