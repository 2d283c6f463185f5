//! One defect: planted, looked for, repaired, and taken out again.
//! In: a project and a defect. Out: whether exactly this was found, and whether the fix that was offered helps.
//! Never knows: what kinds of defects there are.

use partner_docs::diagnostic::Diagnostic;
use partner_docs::pipeline::{BuiltSite, write_text};
use partner_docs::refactor::Edits;
use partner_docs::source::{SourcePath, Sources};

use crate::ground::Ground;

/// A finding that must come: its code, its file, and the byte it begins at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Expected {
    pub(crate) code: &'static str,
    pub(crate) file: SourcePath,
    pub(crate) at: usize,
    /// Another place that is as good, where two are to blame.
    pub(crate) or: Option<usize>,
}

/// A defect.
#[derive(Clone, Default)]
pub(crate) struct Plant {
    /// Files with other texts, or new ones.
    pub(crate) files: Vec<(SourcePath, String)>,
    /// Files that are no more.
    pub(crate) gone: Vec<SourcePath>,
    /// All that must be found, in any order.
    pub(crate) expected: Vec<Expected>,
}

impl Plant {
    /// A file with a text in which `§` marks where the finding begins, and is taken out.
    pub(crate) fn marked(code: &'static str, file: &SourcePath, text: &str) -> Self {
        let at = text.find('§').unwrap_or_default();
        let expected = Expected { code, file: file.clone(), at, or: None };
        Self { files: vec![(file.clone(), text.replacen('§', "", 1))], gone: Vec::new(), expected: vec![expected] }
    }

    /// A text with another in the place of a stretch of it; `§` marks where the finding begins.
    pub(crate) fn edit(
        code: &'static str,
        file: &SourcePath,
        text: &str,
        edit: (std::ops::Range<usize>, &str),
    ) -> Self {
        let (range, new) = edit;
        Self::marked(code, file, &format!("{}{new}{}", &text[..range.start], &text[range.end..]))
    }

    /// The same with another file.
    pub(crate) fn with(mut self, file: SourcePath, text: &str) -> Self {
        self.files.push((file, text.to_owned()));
        self
    }

    /// For the report.
    pub(crate) fn place(&self) -> String {
        let line = |expected: &Expected| {
            let text = self.files.iter().find(|(path, _)| *path == expected.file).map_or("", |(_, text)| text);
            let before = text.get(..expected.at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let whole = text.lines().nth(line - 1).unwrap_or_default();
            format!("{} {}:{line} `{}`", expected.code, expected.file, whole.chars().take(160).collect::<String>())
        };
        self.expected.iter().take(3).map(line).collect::<Vec<_>>().join(", ")
    }
}

/// A finding, as far as it is compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Found {
    code: &'static str,
    file: SourcePath,
    at: usize,
    message: String,
}

impl Found {
    pub(crate) fn is_in(&self, path: &SourcePath) -> bool {
        self.file == *path
    }
}

/// All findings of a project.
pub(crate) fn found(linked: &BuiltSite, sources: &Sources) -> Vec<Found> {
    let one = |finding: &Diagnostic| Found {
        code: finding.rule.code,
        file: sources.get(finding.span.source).path().clone(),
        at: finding.span.start as usize,
        message: finding.message.clone(),
    };
    linked.found.iter().map(one).collect()
}

/// What came of a defect.
pub(crate) struct Outcome {
    /// What was missed, and what was found besides.
    pub(crate) notes: Vec<String>,
    /// Whether the fix that was offered leaves the project as sound as it was; `None` when none was offered.
    pub(crate) fix: Option<bool>,
}

impl Outcome {
    pub(crate) fn is_found(&self) -> bool {
        self.notes.is_empty()
    }
}

/// Plants a defect, looks for it, and takes it out again.
pub(crate) fn run(ground: &mut Ground, plant: &Plant) -> Outcome {
    let place = ground.place().clone();
    for (path, text) in &plant.files {
        write_text(ground.session.disk_mut(), &place, path.clone(), text);
    }
    for path in &plant.gone {
        ground.session.disk_mut().remove(path.clone());
    }
    let linked = ground.session.link().unwrap_or_else(|error| panic!("{error}"));
    let new = news(ground, &linked);
    let missed = plant.expected.iter().filter(|wanted| !new.iter().any(|found| fits(found, wanted)));
    let surplus = new.iter().filter(|found| !plant.expected.iter().any(|wanted| fits(found, wanted)));
    let notes = missed
        .map(|wanted| format!("missed {} {} at byte {}", wanted.code, wanted.file, wanted.at))
        .chain(
            surplus
                .map(|found| format!("surplus {} {} at byte {}: {}", found.code, found.file, found.at, found.message)),
        )
        .chain(
            gone(ground, plant, &linked)
                .into_iter()
                .map(|found| format!("hides {} {}: {}", found.code, found.file, found.message)),
        )
        .collect();
    let fix = fix_of(ground, &linked, plant).map(|edits| repaired(ground, &edits));
    ground.session.disk_mut().forget();
    Outcome { notes, fix }
}

fn fits(found: &Found, wanted: &Expected) -> bool {
    found.code == wanted.code && found.file == wanted.file && (found.at == wanted.at || Some(found.at) == wanted.or)
}

/// Whether two findings are the same, wherever lines were added above them.
fn same(a: &Found, b: &Found) -> bool {
    (a.code, &a.file, &a.message) == (b.code, &b.file, &b.message)
}

/// What is found now and was not before.
fn news(ground: &Ground, linked: &BuiltSite) -> Vec<Found> {
    without(found(linked, ground.session.sources()), &ground.baseline)
}

/// What was found before and is no more.
fn gone(ground: &Ground, plant: &Plant, linked: &BuiltSite) -> Vec<Found> {
    // With a file goes what was wrong in it.
    let kept = ground.baseline.iter().filter(|found| !plant.gone.contains(&found.file)).cloned().collect();
    without(kept, &found(linked, ground.session.sources()))
}

fn without(mut list: Vec<Found>, other: &[Found]) -> Vec<Found> {
    for found in other {
        // Of several that read the same, the one at the same place goes first.
        let at = list.iter().position(|own| own == found).or_else(|| list.iter().position(|own| same(own, found)));
        at.map(|at| list.remove(at));
    }
    list
}

/// The fixes offered for what was planted, all of them together.
fn fix_of(ground: &Ground, linked: &BuiltSite, plant: &Plant) -> Option<Edits> {
    let sources = ground.session.sources();
    let planted = linked.found.iter().filter(|finding| {
        let file = sources.get(finding.span.source).path();
        plant.expected.iter().any(|wanted| {
            wanted.code == finding.rule.code && wanted.file == *file && wanted.at == finding.span.start as usize
        })
    });
    let mut edits = Edits::default();
    let fixes = planted.filter_map(|finding| finding.fix.as_ref());
    let offered = fixes.map(|fix| edits.add(&fix.edits)).filter(|added| *added).count();
    (offered > 0).then_some(edits)
}

/// Whether these edits leave the project with what was found in it unharmed, and nothing more.
fn repaired(ground: &mut Ground, edits: &Edits) -> bool {
    let place = ground.place().clone();
    let sources = ground.session.sources();
    let texts: Vec<(SourcePath, String)> = edits
        .sources()
        .into_iter()
        .map(|id| (sources.get(id).path().clone(), edits.apply(id, sources.get(id).text())))
        .collect();
    for (path, text) in texts {
        write_text(ground.session.disk_mut(), &place, path, &text);
    }
    let linked = ground.session.link().unwrap_or_else(|error| panic!("{error}"));
    news(ground, &linked).is_empty()
}
