//! Fingerprints of findings that survive edits elsewhere in the file: they don't contain line numbers.
//! They are the same on every machine.

use std::collections::HashMap;

use super::in_repository;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, stable_fingerprint};

/// The fingerprints of all findings, in order: derived from rule, file and message, and from the index among findings
/// with the same three.
pub(super) fn fingerprints(found: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<Vec<u8>, u64> = HashMap::new();
    let name = |finding: &Diagnostic| {
        // No line numbers in it: a paragraph added above must not make old findings new.
        let parts = [finding.rule.code, in_repository(sources, finding.span.source), &finding.message];
        // A zero ends each part, so that no two lists of parts read the same.
        let words: Vec<u8> = parts.iter().flat_map(|part| part.bytes().chain([0])).collect();
        // The same link twice in one file is two findings, and a tool that knows fingerprints would show one.
        let nth = seen.entry(words.clone()).or_default();
        *nth += 1;
        format!("{:016x}", stable_fingerprint(&[&words[..], &nth.to_le_bytes()].concat()))
    };
    found.iter().map(name).collect()
}
