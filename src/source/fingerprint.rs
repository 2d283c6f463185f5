//! A short number for a long text.
//! In: bytes. Out: 64 bits that change when the bytes do.
//! Never knows: what the bytes are, or what the number is used for.

/// 64-bit FNV-1a: the same on every machine and for every version of the compiler, which the standard library's hashers
/// do not promise. Names of published files are made from it, so it must never change.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
