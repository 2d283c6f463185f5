//! Playbooks: read, and their texts compiled.
//! In: the names of a project's files. Out: each playbook with its Markdown; those that did not change are not read
//! again.
//! Never knows: pages, which templates and other playbooks there are.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::value::{self, WrittenValue};
use crate::diagnostic::{Diagnostics, bug};
use crate::markdown::{self, CompileContext, MOST_BYTES_OF_SITE, Options};
use crate::pipeline::Session;
use crate::pipeline::session::compile::{options, settings_fingerprint};
use crate::pipeline::session::context::{Additions, CompileInputs, Dependencies, PageCompileContext};
use crate::playbook::{self, Playbook};
use crate::project::{Config, FileSet, FileSystem};
use crate::site::{PlaybookInput, PlaybookTexts, StepTexts};
use crate::source::{Located, Part as _, RunFingerprint, SourceId, SourcePath, Span, run_fingerprint};

/// The playbooks of the last link, by file.
pub(crate) type PlaybookCache = HashMap<SourcePath, KeptPlaybook>;

/// A playbook, and what it was made from.
#[derive(Clone, Debug)]
pub(crate) struct KeptPlaybook {
    made_from: RunFingerprint,
    source: SourceId,
    input: PlaybookInput,
    found: Arc<Diagnostics>,
    /// One that asks for files is compiled each time.
    dependencies: Dependencies,
    /// Bytes that the values of variables add to it where there is room for them.
    adds: usize,
    /// Whether they did.
    additions: Additions,
    /// Whether it could not be compiled: it is tried again each time.
    is_broken_off: bool,
}

impl KeptPlaybook {
    /// Whether it is what compiling this file would give. One that includes files is compiled each time: playbooks are
    /// few, and following their includes as pages do is not worth the code.
    fn is_current(&self, file: &ReadPlaybook) -> bool {
        let is_same = self.made_from == file.made_from && self.source == file.source;
        is_same && self.dependencies.is_empty() && !self.is_broken_off
    }

    /// The files it includes.
    pub(crate) fn included(&self) -> impl Iterator<Item = &SourcePath> {
        self.dependencies.included.iter().map(|(path, _)| path)
    }
}

impl<D: FileSystem> Session<D> {
    /// All playbooks in the order of their ids.
    pub(super) fn read_playbooks(
        &mut self,
        config: &Config,
        tree: &FileSet,
        found: &mut Diagnostics,
    ) -> Vec<PlaybookInput> {
        let folder = config.playbooks.dir.as_ref();
        let files = folder.map_or(&[][..], |folder| tree.below(folder));
        let settings = settings_fingerprint(config, &self.only_rules);
        let mut read = Vec::new();
        for file in files.iter().filter(|file| config.playbook_id(file).is_some()) {
            read.extend(self.read_text(config, file, found).map(|(source, text)| ReadPlaybook {
                path: file.clone(),
                source,
                made_from: run_fingerprint(text.as_bytes()) ^ settings,
                text,
            }));
        }
        let options = options(config, &self.only_rules);
        let cache = std::mem::take(&mut self.playbooks);
        let kept = CompileInputs::lend(&mut self.sources, &self.disk, config, tree, |inputs| {
            let compiler = PlaybookCompiler { inputs, options: &options };
            let current = |file: &ReadPlaybook| {
                let kept = cache.get(&file.path).filter(|kept| kept.is_current(file)).cloned();
                kept.unwrap_or_else(|| compiler.compile(file, Additions::Allowed))
            };
            let mut kept: Vec<KeptPlaybook> = read.par_iter().map(current).collect();
            compiler.settle_additions(&read, &mut kept);
            kept
        });
        found.extend(kept.iter().flat_map(|kept| kept.found.iter()).cloned());
        let mut playbooks: Vec<PlaybookInput> = kept.iter().map(|kept| kept.input.clone()).collect();
        self.playbooks = read.into_iter().map(|file| file.path).zip(kept).collect();
        playbooks.sort_by(|a, b| a.playbook.id.cmp(&b.playbook.id));
        playbooks
    }
}

/// The file of a playbook as it was read.
struct ReadPlaybook {
    path: SourcePath,
    source: SourceId,
    text: Arc<str>,
    /// Its bytes, and the settings that matter to compiling.
    made_from: RunFingerprint,
}

/// What all playbooks are compiled with.
struct PlaybookCompiler<'a, D> {
    inputs: &'a CompileInputs<'a, D>,
    options: &'a Options,
}

impl<D: FileSystem> PlaybookCompiler<'_, D> {
    /// The playbook of a file, from its text. One that breaks the compiler is there, and empty.
    fn compile(&self, file: &ReadPlaybook, additions: Additions) -> KeptPlaybook {
        let context = PageCompileContext::new(self.inputs).with(additions);
        let written = WrittenValue { text: &file.text, options: self.options.clone(), world: &context };
        // Each text is expanded twice: compiled as Markdown, and as the plain text that titles and search show. Both have
        // the same room, or a value that just fits on the page would be missing there.
        let again = PageCompileContext::new(self.inputs).with(additions);
        let id = self.inputs.config.playbook_id(&file.path).unwrap_or(file.path.stem());
        let schema = &self.inputs.config.written.playbooks.schema;
        let own_keys: Vec<&str> = schema.iter().map(|(key, _)| key.value.as_str()).collect();
        let read = bug::contained(|| read(file, id, &own_keys, &written, &again));
        let is_broken_off = read.is_err();
        let (input, found) = read.unwrap_or_else(|bug| {
            // Of no text at all, so that it is known to be unread.
            let nothing = WrittenValue { text: "", options: self.options.clone(), world: &context };
            let (input, _) = self::read(file, id, &own_keys, &nothing, &again);
            (input, vec![bug.finding(Span::start_of(file.source), "reading this playbook")])
        });
        let adds = context.added() + again.added();
        let (made_from, source, found, dependencies) =
            (file.made_from, file.source, Arc::new(found), context.into_dependencies());
        KeptPlaybook { made_from, source, input, found, dependencies, adds, additions, is_broken_off }
    }

    /// Compiles those again that come to be behind the bound of the site or before it. Playbooks have room in the order
    /// of their files, so that the same site is always the same.
    fn settle_additions(&self, read: &[ReadPlaybook], kept: &mut [KeptPlaybook]) {
        let mut room = Some(MOST_BYTES_OF_SITE);
        for (file, own) in read.iter().zip(kept) {
            if own.adds > 0 {
                room = room.and_then(|room| room.checked_sub(own.adds));
            }
            let additions = if room.is_some() || own.adds == 0 { Additions::Allowed } else { Additions::Refused };
            if own.additions != additions {
                // What it would add is kept: counted again without room, it would add nothing, and fit again next time.
                *own = KeptPlaybook { adds: own.adds, ..self.compile(file, additions) };
            }
        }
    }
}

/// Reads a playbook. `again` is the context in which its texts are expanded a second time.
fn read(
    file: &ReadPlaybook,
    id: &str,
    own_keys: &[&str],
    written: &WrittenValue<'_>,
    again: &dyn CompileContext,
) -> (PlaybookInput, Diagnostics) {
    let parsed = playbook::parse(written.text, file.source, id, own_keys);
    let (mut playbook, mut found) = (parsed.value, parsed.found);
    let texts = Arc::new(texts(&playbook, written, &mut found));
    let written = WrittenValue { text: written.text, options: written.options.clone(), world: again };
    substitute(&mut playbook, &written, &mut found);
    (PlaybookInput { source: file.path.clone(), playbook: Arc::new(playbook), texts }, found)
}

/// Puts the values of variables into the texts themselves.
fn substitute(playbook: &mut Playbook, written: &WrittenValue<'_>, found: &mut Diagnostics) {
    if !written.text.contains("{{") {
        return;
    }
    let put = |text: &mut Located<String>, found: &mut Diagnostics| {
        let span = text.span.range();
        markdown::substitute_in_text(text, written.text.part(span), written.world, &written.options, found);
    };
    playbook.for_each_plain_text(&mut |text| put(text, found));
    // What is wrong in Markdown was found when it was compiled.
    playbook.for_each_markdown(&mut |text| put(text, &mut Diagnostics::new()));
}

fn texts(playbook: &Playbook, written: &WrittenValue<'_>, found: &mut Diagnostics) -> PlaybookTexts {
    let mut one = |text: &Located<String>| value::compile(text, written, found);
    let mut all = |texts: &[Located<String>]| texts.iter().map(&mut one).collect::<Vec<_>>();
    PlaybookTexts {
        prerequisites: all(&playbook.prerequisites),
        warnings: all(&playbook.warnings),
        success_criteria: all(&playbook.success_criteria),
        steps: playbook
            .steps
            .iter()
            .map(|step| StepTexts {
                description: all(step.description.as_slice()).pop(),
                when: all(step.when.as_slice()).pop(),
                inputs: all(&step.inputs),
                outputs: all(&step.outputs),
                checklist: all(&step.checklist),
                kpis: all(&step.kpis),
            })
            .collect(),
        description: playbook.description.as_ref().map(&mut one),
        purpose: playbook.purpose.as_ref().map(&mut one),
    }
}
