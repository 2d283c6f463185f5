//! How long a command took, for its report.

use std::time::{Instant, SystemTime};

/// Runs from its start.
pub(super) struct Clock(Instant);

impl Clock {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "cli and serve hold the only clocks")]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since 1970; what a cache needs to know of the time.
    #[expect(clippy::disallowed_methods, reason = "cli and serve hold the only clocks")]
    pub(super) fn now() -> u64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.map_or(0, |since| since.as_secs())
    }

    /// Milliseconds since the start.
    pub(super) fn milliseconds(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
