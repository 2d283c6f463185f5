//! Names of findings that outlive edits elsewhere in a file.
//! In: findings. Out: for each a number in hexadecimal, the same wherever and whenever it is computed.
//! Never knows: lines. What is found again two lines further down is the same finding.

use std::collections::HashMap;

use super::in_repository;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, stable_fingerprint};

/// A name for each finding, in their order: made from rule, file and message, and for findings that agree in all of
/// these, from which of them it is.
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
