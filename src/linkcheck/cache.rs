//! A cache of checked URLs from one run to the next.
//! In: verdicts, and the time. Out: those that are recent enough.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::external::Verdict;

/// Successful answers are valid for a day. Others may be fixed within the hour.
const GOOD: u64 = 24 * 60 * 60;
const BAD: u64 = 60 * 60;

/// The verdicts of earlier runs.
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
    /// Parses a cache file. Anything invalid is ignored.
    #[must_use]
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The text of the cache file.
    ///
    /// # Panics
    /// Never: strings and numbers always serialize.
    #[must_use]
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and numbers always serialize") + "\n"
    }

    /// The verdict for a URL, if it was recent enough at `now`.
    #[must_use]
    pub fn get(&self, address: &str, now: u64) -> Option<&Verdict> {
        let entry = self.addresses.get(address)?;
        // A clock that was set back must not make an answer look very old.
        let lasts = if matches!(entry.verdict, Verdict::Alive | Verdict::Moved(_)) { GOOD } else { BAD };
        (now.saturating_sub(entry.asked) < lasts).then_some(&entry.verdict)
    }

    /// Adds a verdict.
    pub fn set(&mut self, address: &str, verdict: Verdict, now: u64) {
        self.addresses.insert(address.to_owned(), CachedVerdict { asked: now, verdict });
    }

    /// Drops URLs that are no longer linked.
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
