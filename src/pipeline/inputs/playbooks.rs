//! Playbooks: read, and their texts compiled.
//! In: the names of a project's files. Out: each playbook with its Markdown; those that did not change are not read
//! again.
//! Never knows: pages, which templates and other playbooks there are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use rayon::prelude::*;

use super::value::{self, WrittenValue};
use crate::diagnostic::{Diagnostics, bug};
use crate::markdown::{self, CompileContext, MOST_BYTES_OF_SITE, Options};
use crate::pipeline::Session;
use crate::pipeline::session::cache::Fingerprint;
use crate::pipeline::session::compile::{options, settings_fingerprint};
use crate::pipeline::session::context::{Additions, CompileInputs, Dependencies, PageCompileContext};
use crate::playbook::{self, Playbook};
use crate::project::{Config, FileSet, FileSystem};
use crate::site::{PlaybookInput, PlaybookTexts, StepTexts, placeholders};
use crate::source::{Located, Part as _, SourceId, SourcePath, Span, run_fingerprint};

/// The playbooks of the last link, by file.
pub(crate) type PlaybookCache = HashMap<SourcePath, KeptPlaybook>;

/// A playbook, and what it was made from.
#[derive(Clone, Debug)]
pub(crate) struct KeptPlaybook {
    made_from: Fingerprint,
    source: SourceId,
    input: PlaybookInput,
    found: Arc<Diagnostics>,
    /// One that asks for files is compiled each time.
    asked: Dependencies,
    /// Bytes that the values of variables add to it where there is room for them.
    adds: usize,
    /// Whether they did.
    additions: Additions,
    /// Whether it could not be compiled: it is tried again each time.
    is_broken_off: bool,
}

impl KeptPlaybook {
    /// The files it includes.
    pub(crate) fn included(&self) -> impl Iterator<Item = &SourcePath> {
        self.asked.included.iter().map(|(path, _)| path)
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
        let mut read = Vec::new();
        for file in files.iter().filter(|file| config.playbook_id(file).is_some()) {
            read.extend(self.read_text(config, file, found).map(|(source, text)| (file.clone(), source, text)));
        }
        let settings = settings_fingerprint(config, &self.asked);
        let sources = Mutex::new(std::mem::take(&mut self.sources));
        let (blanks, options) = (placeholders(config), options(config, &self.asked));
        let shared = CompileInputs {
            disk: &self.disk,
            config,
            tree,
            sources: &sources,
            blanks: &blanks,
            names: OnceLock::default(),
        };
        let mut kept: PlaybookCache = read
            .par_iter()
            .map(|(file, source, text)| {
                let made_from = run_fingerprint(text.as_bytes()) ^ settings;
                let same = |kept: &&KeptPlaybook| {
                    let is_same = kept.made_from == made_from && kept.source == *source;
                    is_same && kept.asked.is_nothing() && !kept.is_broken_off
                };
                let kept = self.playbooks.get(file).filter(same).cloned();
                (
                    file.clone(),
                    kept.unwrap_or_else(|| {
                        compile((&shared, (&options, Additions::Allowed)), file, (*source, text), made_from)
                    }),
                )
            })
            .collect();
        // In the order of their files, as pages in that of theirs.
        let mut room = Some(MOST_BYTES_OF_SITE);
        for (file, source, text) in &read {
            let own = &kept[file];
            if own.adds > 0 {
                room = room.and_then(|room| room.checked_sub(own.adds));
            }
            let additions = if room.is_some() || own.adds == 0 { Additions::Allowed } else { Additions::Refused };
            if own.additions != additions {
                let (made_from, adds) = (own.made_from, own.adds);
                let again = compile((&shared, (&options, additions)), file, (*source, text), made_from);
                kept.insert(file.clone(), KeptPlaybook { adds, ..again });
            }
        }
        self.sources = bug::unlocked(sources);
        let mut playbooks = Vec::with_capacity(read.len());
        for (file, ..) in &read {
            let kept = &kept[file];
            found.extend(kept.found.iter().cloned());
            playbooks.push(kept.input.clone());
        }
        self.playbooks = kept;
        playbooks.sort_by(|a, b| a.playbook.id.cmp(&b.playbook.id));
        playbooks
    }
}

/// The playbook of a file, from its text. One that breaks the compiler is there, and empty.
fn compile<D: FileSystem>(
    (shared, (options, additions)): (&CompileInputs<'_, D>, (&Options, Additions)),
    file: &SourcePath,
    (source, text): (SourceId, &str),
    made_from: Fingerprint,
) -> KeptPlaybook {
    let world = PageCompileContext::new(shared).with(additions);
    let written = WrittenValue { text, options: options.clone(), world: &world };
    // The texts themselves are a second time the same, with as much room as the first.
    let again = PageCompileContext::new(shared).with(additions);
    let id = shared.config.playbook_id(file).unwrap_or(file.stem());
    let read = bug::contained(|| read((file, id), source, &written, &again));
    let is_broken_off = read.is_err();
    let (input, found) = read.unwrap_or_else(|bug| {
        // Of no text at all, so that it is known to be unread.
        let nothing = WrittenValue { text: "", options: options.clone(), world: &world };
        let (input, _) = self::read((file, id), source, &nothing, &again);
        (input, vec![bug.finding(Span::start_of(source), "reading this playbook")])
    });
    let adds = world.added() + again.added();
    let asked = world.into_asked();
    KeptPlaybook { made_from, source, input, found: Arc::new(found), asked, adds, additions, is_broken_off }
}

/// Reads a playbook. `again` is the world in which its texts are told a second time.
fn read(
    (file, id): (&SourcePath, &str),
    source: SourceId,
    written: &WrittenValue<'_>,
    again: &dyn CompileContext,
) -> (PlaybookInput, Diagnostics) {
    let parsed = playbook::parse(written.text, source, id);
    let (mut playbook, mut found) = (parsed.value, parsed.found);
    let texts = Arc::new(texts(&playbook, written, &mut found));
    let written = WrittenValue { text: written.text, options: written.options.clone(), world: again };
    substitute(&mut playbook, &written, &mut found);
    (PlaybookInput { source: file.clone(), playbook: Arc::new(playbook), texts }, found)
}

/// Puts the values of variables into the texts themselves.
fn substitute(playbook: &mut Playbook, written: &WrittenValue<'_>, found: &mut Diagnostics) {
    if !written.text.contains("{{") {
        return;
    }
    let put = |text: &mut Located<String>, found: &mut Diagnostics| {
        let span = text.span.range();
        markdown::substitute_in_text(text, written.text.part(span), (written.world, &written.options), found);
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
            .map(|step| StepTexts { checklist: all(&step.checklist), kpis: all(&step.kpis) })
            .collect(),
        description: playbook.description.as_ref().map(&mut one),
        purpose: playbook.purpose.as_ref().map(&mut one),
    }
}
