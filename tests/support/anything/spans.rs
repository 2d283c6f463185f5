//! Spans as they must be: inside their text, and never within a character.
//! In: spans, and the texts that they are about. Out: nothing, or a panic that shows the span that is wrong.

use std::ops::Range;

use partner_docs::diagnostic::Diagnostic;
use partner_docs::source::{SourceId, SourceMap, Sources, Span};

/// The file that a text is read as, where there is only one.
pub(super) const FILE: SourceId = SourceId::new(0);

/// All of a text, as a file of its own.
pub(super) fn whole(text: &str) -> Span {
    Span::new(FILE, 0..text.len())
}

/// The source map of a text that is its own file.
pub(super) fn origin(text: &str) -> SourceMap {
    SourceMap::identity(whole(text))
}

/// Every place that a finding names: its own, those beside it, and those of its fix.
fn of_finding(finding: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    let related = finding.related.iter().map(|related| related.span);
    [finding.span].into_iter().chain(related).chain(edits)
}

/// A range of a text is a part of it.
pub(super) fn assert_part(range: Range<usize>, text: &str) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no part of {text:?}");
}

/// Spans of one file lie in its text, on characters.
pub(super) fn assert_inside(spans: impl IntoIterator<Item = Span>, text: &str) {
    spans.into_iter().for_each(|span| assert_part(span.range(), text));
}

/// The places of findings about one file lie in its text, on characters.
pub(super) fn assert_found_inside(found: &[Diagnostic], text: &str) {
    assert_found_in(found, &[text]);
}

/// The places of findings lie in the text of their file, on characters; files are numbered in order.
pub(super) fn assert_found_in(found: &[Diagnostic], texts: &[&str]) {
    for finding in found {
        for span in of_finding(finding) {
            let inside = texts.get(span.source.index()).and_then(|text| text.get(span.range()));
            assert!(inside.is_some(), "{span:?} in {texts:?}: {} {}", finding.rule.code, finding.message);
        }
    }
}

/// The places of findings lie in their texts; positions count from 1 and do not run backwards.
pub(super) fn assert_placed(found: &[Diagnostic], sources: &Sources) {
    for finding in found {
        for span in of_finding(finding) {
            let text = sources.get(span.source).text();
            assert!(
                text.get(span.range()).is_some(),
                "{span:?} in {text:?}: {} {}",
                finding.rule.code,
                finding.message
            );
            let (start, end) = sources.positions(span);
            assert!(start.line >= 1 && start.column >= 1 && start <= end, "{start:?} to {end:?} in {text:?}");
        }
    }
}
