//! Selects the fixes to apply together.
//! In: findings, and which fixes are accepted. Out: edits that don't overlap, and their findings.

use super::Edits;
use crate::diagnostic::{Diagnostic, Fix};

/// The fixes to apply now, with their findings. If two overlap, the first one wins; what is left of the second shows up
/// when the result is checked again.
pub fn choose<'a>(
    found: impl IntoIterator<Item = &'a Diagnostic>,
    mut accept: impl FnMut(&'a Diagnostic, &'a Fix) -> bool,
) -> (Edits, Vec<&'a Diagnostic>) {
    let mut edits = Edits::default();
    let mut chosen = Vec::new();
    for finding in found {
        let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) else { continue };
        if accept(finding, fix) && edits.add(&fix.edits) {
            chosen.push(finding);
        }
    }
    (edits, chosen)
}
