//! Reads and compiles pages in parallel, each from its own bytes; pages whose inputs are the same stay as they are.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::CachedCompilation;
use super::changed::Invalidation;
use super::context::{Additions, CompileInputs, PageCompileContext};
use super::state::OpenedProject;
use crate::check::suppress;
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, bug};
use crate::markdown::{Differences, ForbiddenTerm, MOST_BYTES_OF_SITE, Options};
use crate::page::{self, Page};
use crate::pipeline::{BuildStage, Session, Texts};
use crate::project::filesystem::decode;
use crate::project::settings::choices::SeverityLevel;
use crate::project::{Config, DiskError, FileSystem, Mounted};
use crate::site::{PageInput, placeholders};
use crate::source::{Located, RunFingerprint, SourceId, SourcePath, Span, run_fingerprint};

/// As many files are read and compiled at a time: enough for every core, and few enough that their bytes are no burden.
const AT_ONCE: usize = 256;

/// A page's file as it was read.
struct ReadPage<'a> {
    file: &'a Mounted,
    source: SourceId,
    text: Arc<str>,
    made_from: RunFingerprint,
    broken: Option<Diagnostic>,
}

impl<D: FileSystem> Session<D> {
    /// Compiles those of these files that are to be read again and are not what they were; gives back which.
    pub(crate) fn compile_pages(
        &mut self,
        opened: &OpenedProject,
        files: &[&Mounted],
        invalid: &Invalidation,
    ) -> Vec<SourcePath> {
        let settings = settings_fingerprint(&opened.config, &self.only_rules);
        let is_settled = |file: &Mounted| {
            let kept = self.cache.get(&file.source);
            !invalid.covers(&file.source) && kept.is_some_and(|kept| kept.is_valid(invalid, settings))
        };
        let open: Vec<&Mounted> = files.iter().copied().filter(|file| !is_settled(file)).collect();
        let mut fresh = Vec::new();
        // Not all at once: a file's bytes are in the way as soon as it is compiled.
        let mut done = 0;
        for some in open.chunks(AT_ONCE) {
            self.progress.tell(BuildStage::Reading { done, all: open.len() });
            done += some.len();
            let needed = self.needed_texts(some);
            let compiled = self.compile_some(opened, some, Some(invalid), settings, Additions::Allowed);
            // A page that was not compiled keeps its findings, so their texts are needed still.
            let new: HashSet<&SourcePath> = compiled.iter().map(|(path, _)| path).collect();
            let needless = |file: &&&Mounted| new.contains(&file.source) || !needed.contains(&file.source);
            let needless: Vec<SourcePath> = some.iter().filter(needless).map(|file| file.source.clone()).collect();
            fresh.extend(compiled.iter().map(|(path, _)| path.clone()));
            for (path, kept) in compiled {
                self.cache.insert(path, kept);
            }
            self.forget_texts(&needless);
        }
        self.progress.tell(BuildStage::Checking);
        let settled = self.settle_additions(opened, settings);
        fresh.extend(settled);
        fresh.sort();
        fresh.dedup();
        fresh
    }

    /// Compiles again, without room or with it, those pages that come to be behind the bound of the site or before it;
    /// gives back which. Pages have room in the order of their paths, so that the same site is always the same.
    fn settle_additions(&mut self, opened: &OpenedProject, settings: RunFingerprint) -> Vec<SourcePath> {
        let kept =
            |file: &&Mounted| Some((self.cache.get(&file.source)?.adds, self.cache.get(&file.source)?.additions));
        let mut adding: Vec<(&Mounted, usize, Additions)> = opened
            .files
            .iter()
            .filter_map(|file| kept(&file).map(|(adds, additions)| (file, adds, additions)))
            .collect();
        adding.retain(|(_, adds, _)| *adds > 0);
        adding.sort_by(|a, b| a.0.source.cmp(&b.0.source));
        let mut room = Some(MOST_BYTES_OF_SITE);
        let (mut refused, mut allowed) = (Vec::new(), Vec::new());
        for (file, adds, additions) in adding {
            // Once the room is used up it stays so: a small page further down does not slip in, or which pages are whole
            // would depend on sizes that nobody sees.
            room = room.and_then(|room| room.checked_sub(adds));
            match (room, additions) {
                (None, Additions::Allowed) => refused.push(file),
                (Some(_), Additions::Refused) => allowed.push(file),
                _ => {}
            }
        }
        let mut paths = Vec::new();
        for (files, additions) in [(refused, Additions::Refused), (allowed, Additions::Allowed)] {
            for some in files.chunks(AT_ONCE) {
                for (path, kept) in self.compile_some(opened, some, None, settings, additions) {
                    // What it would add is kept: without room it adds nothing, and would seem to fit the next time.
                    let adds = self.cache.get(&path).map_or(kept.adds, |before| before.adds);
                    self.cache.insert(path.clone(), CachedCompilation { adds, ..kept });
                    paths.push(path);
                }
            }
        }
        self.forget_texts(&paths);
        paths
    }

    fn compile_some(
        &mut self,
        opened: &OpenedProject,
        files: &[&Mounted],
        invalid: Option<&Invalidation>,
        settings: RunFingerprint,
        additions: Additions,
    ) -> Vec<(SourcePath, CachedCompilation)> {
        let config = &*opened.config;
        let read = self.read_pages(config, files);
        let (cache, disk, options) = (&self.cache, &self.disk, options(config, &self.only_rules));
        let included = |path: &SourcePath| Some(run_fingerprint(&disk.read(&config.place, path).ok()?));
        CompileInputs::lend(&mut self.sources, disk, config, &opened.file_set, |inputs| {
            let compiler = PageCompiler { inputs, options: &options, settings, additions };
            let compile = |read: &ReadPage<'_>| {
                let kept = cache.get(&read.file.source);
                let is_current =
                    |invalid| kept.is_some_and(|kept| kept.is_current(invalid, read.made_from, settings, included));
                let holds = invalid.is_some_and(|invalid| bug::contained(|| is_current(invalid)).unwrap_or(false));
                (!holds).then(|| (read.file.source.clone(), compiler.compile(read)))
            };
            read.par_iter().filter_map(compile).collect()
        })
    }

    /// The files among these whose texts are there: findings point into them.
    fn needed_texts(&self, files: &[&Mounted]) -> HashSet<SourcePath> {
        let is_there =
            |path: &SourcePath| self.sources.id(path).is_some_and(|id| !self.sources.get(id).text().is_empty());
        files.iter().map(|file| &file.source).filter(|path| is_there(path)).cloned().collect()
    }

    /// Forgets the texts of pages that nothing is wrong with and that allow nothing, where texts are not kept.
    fn forget_texts(&mut self, files: &[SourcePath]) {
        if self.texts == Texts::Kept {
            return;
        }
        for file in files {
            let is_fine = self.cache.get(file).is_some_and(|kept| kept.found.is_none());
            let id = self.sources.id(file).filter(|id| !suppress::may_be_in(self.sources.get(*id).text()));
            if let (true, Some(id)) = (is_fine, id) {
                self.sources.forget_text(id);
            }
        }
    }

    /// Reads the texts again that findings point into. One that has changed meanwhile stays forgotten: the news of that
    /// is on its way. It may tell of the very bytes that were there before, as when a file was read while it was being
    /// written; then these texts are all that is new.
    pub(super) fn recall_texts(&mut self, config: &Config, found: &Diagnostics) {
        self.lacks_texts = false;
        if self.texts == Texts::Kept {
            return;
        }
        let spans = found.iter().flat_map(|finding| {
            let related = finding.related.iter().map(|related| related.span);
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
            std::iter::once(finding.span).chain(related).chain(edits)
        });
        let ids: std::collections::BTreeSet<SourceId> = spans.map(|span| span.source).collect();
        for id in ids {
            let source = self.sources.get(id);
            let path = source.path().clone();
            let Some(kept) = self.cache.get(&path).filter(|_| source.text().is_empty()) else { continue };
            let bytes = self.disk.read(&config.place, &path).unwrap_or_default();
            if run_fingerprint(&bytes) == kept.made_from {
                self.sources.set(path, decode::decode(bytes).text);
            } else {
                self.lacks_texts = true;
            }
        }
    }

    /// The pages of the site in the order of their mounted paths; all of them are compiled.
    pub(crate) fn pages(&self, files: &[&Mounted]) -> Vec<PageInput> {
        let input = |file: &&Mounted| {
            let page = Arc::clone(&self.cache.get(&file.source)?.page);
            let template = file.template.as_ref().map(|template| template.value.clone());
            Some(PageInput { source: file.source.clone(), mounted: file.site_path.clone(), page, template })
        };
        let mut pages: Vec<PageInput> = files.iter().filter_map(input).collect();
        pages.sort_by(|a, b| a.mounted.cmp(&b.mounted));
        pages
    }

    /// The pages of the site at a glance, in the same order: titles, and no text.
    pub(crate) fn skim_pages(&mut self, config: &Config, files: &[&Mounted]) -> Vec<PageInput> {
        let mut pages = Vec::with_capacity(files.len());
        for some in files.chunks(AT_ONCE) {
            pages.extend(self.skim_some(config, some));
            let ids = some.iter().filter_map(|file| self.sources.id(&file.source)).collect::<Vec<_>>();
            for id in ids {
                self.sources.forget_text(id);
            }
        }
        pages.sort_by(|a, b| a.mounted.cmp(&b.mounted));
        pages
    }

    fn skim_some(&mut self, config: &Config, files: &[&Mounted]) -> Vec<PageInput> {
        let read = self.read_pages(config, files);
        let skim = |read: &ReadPage<'_>| PageInput {
            source: read.file.source.clone(),
            mounted: read.file.site_path.clone(),
            page: Arc::new(skimmed(&read.text, read.source)),
            template: read.file.template.as_ref().map(|template| template.value.clone()),
        };
        read.par_iter().map(skim).collect()
    }

    /// Reads pages in parallel and gives each text its place.
    fn read_pages<'a>(&mut self, config: &Config, files: &[&'a Mounted]) -> Vec<ReadPage<'a>> {
        let disk = &self.disk;
        let bytes: Vec<Result<Vec<u8>, DiskError>> =
            files.par_iter().map(|file| disk.read(&config.place, &file.source)).collect();
        let mut read = Vec::with_capacity(files.len());
        for (file, bytes) in files.iter().copied().zip(bytes) {
            let mut broken = None;
            let bytes = bytes.unwrap_or_else(|error| {
                broken = Some(self.unreadable(&file.source, &error));
                Vec::new()
            });
            // Unreadable is something else than empty.
            let made_from = run_fingerprint(&bytes) ^ RunFingerprint::from(broken.is_some());
            let decoded = decode::decode(bytes);
            let source = self.set_text(&file.source, &decoded.text);
            let broken = broken.or_else(|| Some(decoded.broken?.finding(source)));
            read.push(ReadPage { file, source, text: self.sources.get(source).shared_text(), made_from, broken });
        }
        read
    }
}

/// How texts are read.
pub(crate) fn options(config: &Config, asked: &[String]) -> Options {
    Options {
        heading_ids: config.written.html.heading_ids,
        math: config.written.markdown.math,
        variables_in_code: config.written.markdown.variables_in_code,
        hidden_lines: config
            .written
            .html
            .hidden_lines
            .iter()
            .map(|(language, mark)| (language.value.clone(), mark.value.clone()))
            .collect(),
        smart_punctuation: config.smart_punctuation,
        raw_html: config.written.html.raw_html,
        terms: config
            .written
            .check
            .terms
            .iter()
            .filter_map(|(avoid, prefer)| term(&avoid.value, &prefer.value))
            .collect(),
        differences: differences(config, asked),
        command: config.playbooks.run.as_ref().and_then(|run| command(&run.value)),
    }
}

/// How the command that runs a playbook begins, up to the playbook's id.
fn command(run: &str) -> Option<String> {
    let (before, _) = run.split_once("{id}")?;
    (!before.trim().is_empty()).then(|| before.trim_start().to_owned())
}

/// A word to avoid, when there is one.
fn term(avoid: &str, prefer: &str) -> Option<ForbiddenTerm> {
    // `[[check.terms]]` may be half filled in: an empty word would be found between all letters.
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Some(ForbiddenTerm { avoid: some(avoid)?, prefer: some(prefer) })
}

/// What pages are compiled with.
struct PageCompiler<'a, D> {
    inputs: &'a CompileInputs<'a, D>,
    options: &'a Options,
    settings: RunFingerprint,
    additions: Additions,
}

impl<D: FileSystem> PageCompiler<'_, D> {
    /// The page of a file, from its text. One that breaks the compiler is there, with its title.
    fn compile(&self, read: &ReadPage<'_>) -> CachedCompilation {
        let context = PageCompileContext::of_page(self.inputs, self.additions);
        let compiled = bug::contained(|| page::compile(&read.text, read.source, self.options, &context));
        let mut compiled = compiled.unwrap_or_else(|bug| Parsed {
            value: skimmed(&read.text, read.source),
            found: vec![bug.finding(Span::start_of(read.source), "reading this page")],
        });
        // A site of ten thousand pages is held in memory whole, so what compiling left over is given back.
        compiled.value.pack();
        // Also what was asked for before a panic: a change of that file is a change of this page.
        let adds = context.added();
        let dependencies = context.into_dependencies();
        compiled.value.included = dependencies.ids.iter().map(|(id, path)| (*id, path.clone())).collect();
        let found: Diagnostics = compiled.found.into_iter().chain(read.broken.clone()).collect();
        CachedCompilation {
            made_from: read.made_from,
            settings: self.settings,
            dependencies,
            adds,
            additions: self.additions,
            page: Arc::new(compiled.value),
            found: (!found.is_empty()).then(|| Arc::new(found)),
        }
    }
}

/// The page at a glance; nothing of it, where even that goes wrong.
fn skimmed(text: &str, source: SourceId) -> Page {
    bug::contained(|| page::skim(text, source)).unwrap_or_else(|_| page::skim("", source))
}

/// Differences to Python-Markdown are reported only where the rule is asked for by name.
fn differences(config: &Config, asked: &[String]) -> Differences {
    let is_meant = |rule: &str| rule == "markdown/python-markdown-difference";
    let is_on = |(rule, level): &(Located<String>, Located<SeverityLevel>)| {
        is_meant(&rule.value) && level.value != SeverityLevel::Off
    };
    let is_wanted = config.written.check.severities.iter().any(is_on) || asked.iter().any(|rule| is_meant(rule));
    if is_wanted { Differences::PythonMarkdown } else { Differences::Silent }
}

/// The settings that a compiled page depends on.
pub(crate) fn settings_fingerprint(config: &Config, asked: &[String]) -> RunFingerprint {
    // In words, for enums without a hash of their own. A setting that is missing here would leave pages as they were until
    // they are saved.
    let (html, markdown) = (&config.written.html, &config.written.markdown);
    let choices = format!("{:?} {:?} {:?} {:?}", html.heading_ids, html.raw_html, markdown, differences(config, asked));
    let Options { terms, command, smart_punctuation, hidden_lines, .. } = options(config, asked);
    let (given, placeholders) = (&config.given, placeholders(config));
    let files = (&config.include_paths, &config.appended);
    let reading = (smart_punctuation, hidden_lines, files, terms, command);
    run_fingerprint(&(choices, reading, &config.variables, given, placeholders))
}
