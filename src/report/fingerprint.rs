//! Names of findings that outlive edits elsewhere in a file.
//! In: findings. Out: for each a number in hexadecimal, the same wherever and whenever it is computed.
//! Never knows: lines. What is found again two lines further down is the same finding.

use std::collections::HashMap;

use super::in_repository;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// A name for each finding, in their order: made from rule, file and message, and for findings that agree in all of
/// these, from which of them it is.
pub(super) fn fingerprints(found: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let name = |finding: &Diagnostic| {
        // No line numbers in it: a paragraph added above must not make old findings new.
        let parts = [finding.rule.code, in_repository(sources, finding.span.source), &finding.message];
        let hash = parts.iter().fold(OFFSET, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0]));
        // The same link twice in one file is two findings, and a tool that knows fingerprints would show one.
        let nth = seen.entry(hash).or_default();
        *nth += 1;
        format!("{:016x}", fnv(hash, &nth.to_le_bytes()))
    };
    found.iter().map(name).collect()
}

/// The parameters of FNV-1a with 64 bits: Fowler, Noll and Vo, RFC 9923.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(OFFSET, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(OFFSET, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(OFFSET, b"foobar"), 0x8594_4171_f739_67e8);
    }
}
