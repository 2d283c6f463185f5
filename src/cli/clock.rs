//! The clock: how long a command took, what time it is, and the date of documents.

use std::time::{Instant, SystemTime};

/// Runs from its start.
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "only cli and serve read the clock")]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since 1970; what a cache needs to know of the time.
    #[expect(clippy::disallowed_methods, reason = "only cli and serve read the clock")]
    pub(super) fn now() -> u64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    }

    /// The moment that documents are dated with, in seconds since 1970. `SOURCE_DATE_EPOCH` is what builds that can be
    /// repeated set: <https://reproducible-builds.org/specs/source-date-epoch/>.
    ///
    /// # Errors
    /// If it is set to something else: with the date of the day in its place, whoever repeats a build would look for the
    /// difference everywhere else.
    #[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
    pub(super) fn date() -> Result<i64, String> {
        match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(set) if !set.trim().is_empty() => set
                .trim()
                .parse::<u32>()
                .map(i64::from)
                .map_err(|_| format!("`SOURCE_DATE_EPOCH` must be a number of seconds since 1970, not `{set}`")),
            _ => Ok(i64::try_from(Self::now()).unwrap_or_default()),
        }
    }

    /// Milliseconds since the start.
    pub(super) fn milliseconds(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
