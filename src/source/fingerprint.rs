//! A short number for a long value, to tell whether it has changed: one that outlives the program, and one that is fast.

use std::hash::{DefaultHasher, Hash, Hasher as _};

/// The same on every machine and in every version of the program: for what is published or kept on disk. Names of
/// published files are made from it, so it must never change. 64-bit FNV-1a: Fowler, Noll and Vo, RFC 9923.
#[must_use]
pub fn stable_fingerprint(bytes: &[u8]) -> u64 {
    // The standard library's hashers promise nothing from one version of the compiler to the next.
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The same within one run of the program, and only there: for caches in memory, which see every byte of a project
/// after each change.
#[must_use]
pub fn run_fingerprint(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stable_one_is_the_published_one() {
        assert_eq!(stable_fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(stable_fingerprint(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(stable_fingerprint(b"foobar"), 0x8594_4171_f739_67e8);
    }
}
