//! Fixes that were applied and repaired nothing: which findings are still there, and the texts without these fixes.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Edit};
use crate::refactor::Edits;
use crate::source::{SourceId, SourcePath, Sources, Span};

/// A finding, by what it says and where.
#[derive(Clone, Debug)]
struct FindingKey {
    file: SourcePath,
    code: &'static str,
    message: String,
    place: Span,
}

impl FindingKey {
    fn of(finding: &Diagnostic, place: Span, sources: &Sources) -> Self {
        let file = sources.get(finding.span.source).path().clone();
        Self { file, code: finding.rule.code, message: finding.message.clone(), place }
    }

    /// Whether a finding says this, at this place.
    fn is(&self, finding: &Diagnostic, sources: &Sources) -> bool {
        let at = finding.span;
        // Not by equal spans: another fix in the same line may have made the place longer or shorter.
        let meets = self.place.start < at.end && at.start < self.place.end;
        let is_there = meets || (at.is_empty() && self.place.start <= at.start && at.end <= self.place.end);
        self.code == finding.rule.code
            && self.message == finding.message
            && is_there
            && self.file == *sources.get(at.source).path()
    }
}

/// The findings whose fixes repair nothing.
#[derive(Debug, Default)]
pub(super) struct Vain(Vec<FindingKey>);

impl Vain {
    /// Whether a finding is one of them.
    pub(crate) fn has(&self, finding: &Diagnostic, sources: &Sources) -> bool {
        self.0.iter().any(|said| said.is(finding, sources))
    }

    /// Follows the places of all of them through edits.
    pub(crate) fn follow(&mut self, edits: &Edits) {
        for said in &mut self.0 {
            said.place = edits.moved(said.place);
        }
    }
}

/// The fixes of one round, while it is not known yet whether they help.
pub(super) struct Attempt {
    tried: Vec<Tried>,
    /// The texts before.
    before: BTreeMap<SourceId, (SourcePath, String)>,
}

/// A finding, and the fix that shall repair it.
struct Tried {
    /// The finding as it would be found again.
    again: FindingKey,
    /// Where it was.
    span: Span,
    edits: Vec<Edit>,
    /// Where the text is that the fix adds.
    added: Vec<(SourcePath, Span)>,
}

impl Tried {
    /// Whether one of these findings is the same again, or one of its rule about what the fix added.
    fn is_in_vain(&self, found: &[&Diagnostic], sources: &Sources) -> bool {
        let is_added = |finding: &Diagnostic| {
            let begins_in = |(file, place): &(SourcePath, Span)| {
                (place.start..place.end).contains(&finding.span.start)
                    && file == sources.get(finding.span.source).path()
            };
            self.added.iter().any(begins_in)
        };
        found.iter().any(|finding| self.again.is(finding, sources) || is_added(finding))
    }
}

impl Attempt {
    /// Remembers what is needed to take each fix back.
    pub(crate) fn of(sources: &Sources, edits: &Edits, chosen: &[&Diagnostic]) -> Self {
        let path = |span: Span| sources.get(span.source).path().clone();
        let tried = chosen.iter().map(|finding| {
            let own = finding.fix.as_ref().map(|fix| fix.edits.clone()).unwrap_or_default();
            // A fix that adds text may bring a new fault of the same rule with it, and would then be made for ever.
            let added = own.iter().filter(|edit| edit.span.is_empty());
            let added = added.map(|edit| (path(edit.span), edits.moved(edit.span))).collect();
            let again = FindingKey::of(finding, edits.moved(finding.span), sources);
            Tried { again, span: finding.span, edits: own, added }
        });
        let text = |id: SourceId| (id, (sources.get(id).path().clone(), sources.get(id).text().to_owned()));
        Self { tried: tried.collect(), before: edits.sources().into_iter().map(text).collect() }
    }

    /// The positions of the findings whose fixes repaired nothing, in order.
    pub(super) fn lasting(&self, found: &[Diagnostic], sources: &Sources) -> Vec<usize> {
        // By rule, or a thousand fixes would be compared with a thousand findings each.
        let mut by_rule: HashMap<&str, Vec<&Diagnostic>> = HashMap::new();
        for finding in found {
            by_rule.entry(finding.rule.code).or_default().push(finding);
        }
        let is_lasting =
            |tried: &Tried| by_rule.get(tried.again.code).is_some_and(|alike| tried.is_in_vain(alike, sources));
        self.tried.iter().enumerate().filter(|(_, tried)| is_lasting(tried)).map(|(at, _)| at).collect()
    }

    /// The texts as the other fixes make them.
    pub(crate) fn without(&self, lasting: &[usize], vain: &mut Vain) -> Vec<(SourcePath, String)> {
        let mut edits = Edits::default();
        for (at, tried) in self.tried.iter().enumerate() {
            if lasting.binary_search(&at).is_err() {
                edits.add(&tried.edits);
            }
        }
        vain.follow(&edits);
        let again = lasting.iter().filter_map(|at| self.tried.get(*at));
        vain.0.extend(again.map(|tried| FindingKey { place: edits.moved(tried.span), ..tried.again.clone() }));
        self.before.iter().map(|(id, (path, text))| (path.clone(), edits.apply(*id, text))).collect()
    }
}
