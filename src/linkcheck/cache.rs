//! Addresses that were asked for lately.
//! In: verdicts, and the time. Out: those that are young enough to stand, from one run to the next.
//! Never knows: where it is kept, what time it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::external::Verdict;

/// What was good stays so for a day; what was not may be repaired within the hour.
const GOOD: u64 = 24 * 60 * 60;
const BAD: u64 = 60 * 60;

/// Verdicts of earlier runs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct VerdictCache {
    addresses: BTreeMap<String, CachedVerdict>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct CachedVerdict {
    /// Seconds since 1970.
    asked: u64,
    verdict: Verdict,
}

impl VerdictCache {
    /// Reads what was kept; what cannot be read is forgotten.
    #[must_use]
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// What to keep.
    ///
    /// # Panics
    /// Never: texts and numbers always have a JSON form.
    #[must_use]
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and numbers always serialize") + "\n"
    }

    /// What was found out about an address, when that was not too long before `now`.
    #[must_use]
    pub fn get(&self, address: &str, now: u64) -> Option<&Verdict> {
        let entry = self.addresses.get(address)?;
        let lasts = if matches!(entry.verdict, Verdict::Alive | Verdict::Moved(_)) { GOOD } else { BAD };
        (now.saturating_sub(entry.asked) < lasts).then_some(&entry.verdict)
    }

    /// Notes what was found out.
    pub fn set(&mut self, address: &str, verdict: Verdict, now: u64) {
        self.addresses.insert(address.to_owned(), CachedVerdict { asked: now, verdict });
    }

    /// Forgets addresses that nobody links any more.
    pub fn keep(&mut self, addresses: &[String]) {
        self.addresses.retain(|address, _| addresses.binary_search(address).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_grow_old_and_bad_ones_sooner() {
        let mut cache = VerdictCache::default();
        cache.set("http://a/", Verdict::Alive, 1_000);
        cache.set("http://b/", Verdict::Refused(403), 1_000);
        let cache = VerdictCache::read(&cache.write());
        assert_eq!(cache.get("http://a/", 1_000 + GOOD - 1), Some(&Verdict::Alive));
        assert_eq!(cache.get("http://a/", 1_000 + GOOD), None);
        assert_eq!(cache.get("http://b/", 1_000 + BAD), None);
        assert_eq!(VerdictCache::read("broken"), VerdictCache::default());
    }
}
