//! A short hash of a long text.

/// 64-bit FNV-1a. It's the same on every machine and with every compiler version, which the standard library's hashers
/// don't guarantee. The names of published files contain it, so it must never change.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
