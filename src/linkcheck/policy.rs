//! Decides what an answer means, and what to do next.
//! In: status, headers, and the number of attempts. Out: a verdict, or the next step.

use std::time::Duration;

use crate::check::external::Verdict;

/// How often to retry an overloaded server.
const RETRIES: u32 = 2;
/// The first pause before a retry. Each one is twice as long as the one before.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest pause, whatever the server asks for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The maximum number of redirects.
const HOPS: u32 = 10;

/// The HTTP method.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum ProbeMethod {
    /// HEAD: cheap for both sides, but not supported by all servers.
    Head,
    Get,
}

/// The answer to a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PageResponse {
    pub(super) status: u16,
    /// The target of a redirect, as an absolute URL.
    pub(super) location: Option<String>,
    /// The `Retry-After` header, in seconds.
    pub(super) retry_after: Option<u64>,
}

/// What to do after an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum NextProbe {
    /// The verdict is final.
    Done(Verdict),
    /// Request the whole page.
    Get,
    /// Retry after a pause.
    Wait(Duration),
    /// Follow the redirect.
    Follow(String),
}

/// The state of checking one URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Progress {
    pub(super) method: ProbeMethod,
    retries: u32,
    hops: u32,
    /// Whether every redirect so far was permanent.
    for_good: bool,
}

impl Progress {
    pub(super) fn new(method: ProbeMethod) -> Self {
        Self { method, retries: 0, hops: 0, for_good: true }
    }

    /// Decides what to do after an answer from `address`.
    pub(super) fn after(&mut self, address: &str, answer: PageResponse) -> NextProbe {
        let PageResponse { status, location, retry_after } = answer;
        match status {
            // One redirect that is only for now, and the old address is the one to keep.
            200..=299 if self.hops > 0 && self.for_good => NextProbe::Done(Verdict::Moved(address.to_owned())),
            200..=299 => NextProbe::Done(Verdict::Alive),
            300..=399 => match location {
                Some(next) if self.hops < HOPS => {
                    self.hops += 1;
                    self.for_good &= matches!(status, 301 | 308);
                    NextProbe::Follow(next)
                }
                Some(_) => NextProbe::Done(Verdict::Dead("redirect loop".to_owned())),
                // 304 and the like: somebody is there.
                None => NextProbe::Done(Verdict::Alive),
            },
            429 | 500..=599 if self.retries < RETRIES => {
                let pause = retry_after.map_or(PAUSE * 2u32.pow(self.retries), Duration::from_secs);
                self.retries += 1;
                NextProbe::Wait(pause.min(LONGEST_PAUSE))
            }
            // Servers that don't support HEAD answer in all kinds of ways.
            _ if self.method == ProbeMethod::Head => {
                self.method = ProbeMethod::Get;
                self.retries = 0;
                NextProbe::Get
            }
            // Only these two say that the page is gone. 403 and 401 may be a robot's trap or a login: readers may well see it.
            404 | 410 => NextProbe::Done(Verdict::Dead(format!("status {status}"))),
            500..=599 => NextProbe::Done(Verdict::Unreachable(format!("server error, status {status}"))),
            _ => NextProbe::Done(Verdict::Refused(status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16) -> PageResponse {
        PageResponse { status, location: None, retry_after: None }
    }

    fn to(status: u16, location: &str) -> PageResponse {
        PageResponse { location: Some(location.to_owned()), ..answer(status) }
    }

    #[test]
    fn a_head_that_fails_is_asked_for_whole() {
        let mut progress = Progress::new(ProbeMethod::Head);
        assert_eq!(progress.after("http://a/", answer(404)), NextProbe::Get);
        assert!(matches!(progress.after("http://a/", answer(404)), NextProbe::Done(Verdict::Dead(_))));
        let mut progress = Progress::new(ProbeMethod::Get);
        assert_eq!(progress.after("http://a/", answer(403)), NextProbe::Done(Verdict::Refused(403)));
    }

    #[test]
    fn only_moves_for_good_are_told() {
        let mut progress = Progress::new(ProbeMethod::Head);
        assert_eq!(progress.after("http://a/", to(301, "http://b/")), NextProbe::Follow("http://b/".to_owned()));
        assert_eq!(progress.after("http://b/", answer(200)), NextProbe::Done(Verdict::Moved("http://b/".to_owned())));
        let mut progress = Progress::new(ProbeMethod::Head);
        progress.after("http://a/", to(301, "http://b/"));
        progress.after("http://b/", to(302, "http://b/login"));
        assert_eq!(progress.after("http://b/login", answer(200)), NextProbe::Done(Verdict::Alive));
    }

    #[test]
    fn busy_servers_are_asked_again_when_they_say_and_not_for_ever() {
        let mut progress = Progress::new(ProbeMethod::Get);
        let later = PageResponse { retry_after: Some(7), ..answer(429) };
        assert_eq!(progress.after("http://a/", later), NextProbe::Wait(Duration::from_secs(7)));
        assert_eq!(progress.after("http://a/", answer(503)), NextProbe::Wait(Duration::from_secs(2)));
        assert!(matches!(progress.after("http://a/", answer(503)), NextProbe::Done(Verdict::Unreachable(_))));
        let mut progress = Progress::new(ProbeMethod::Get);
        let tomorrow = PageResponse { retry_after: Some(86_400), ..answer(429) };
        assert_eq!(progress.after("http://a/", tomorrow), NextProbe::Wait(LONGEST_PAUSE));
    }

    #[test]
    fn circles_end() {
        let mut progress = Progress::new(ProbeMethod::Head);
        let mut last = NextProbe::Get;
        for _ in 0..=HOPS {
            last = progress.after("http://a/", to(302, "http://a/"));
        }
        assert!(matches!(last, NextProbe::Done(Verdict::Dead(_))));
    }
}
