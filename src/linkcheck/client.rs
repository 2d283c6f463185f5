//! Sends a single HTTP request.
//! In: a URL. Out: the answer, or the error.

use super::policy::{PageResponse, ProbeMethod};
use crate::check::external::Verdict;

#[cfg(feature = "external-links")]
use std::time::Duration;

/// The maximum number of bytes to read of a page.
#[cfg(feature = "external-links")]
const BODY: u64 = 8 * 1024 * 1024;

/// An HTTP client.
#[derive(Clone)]
pub(super) struct Client {
    #[cfg(feature = "external-links")]
    agent: ureq::Agent,
}

/// An answer with its body, if that was requested and is HTML.
pub(super) struct FetchedPage {
    pub(super) answer: PageResponse,
    pub(super) html: Option<String>,
}

#[cfg(feature = "external-links")]
impl Client {
    pub(super) fn new() -> Self {
        // Redirects are followed by `Progress`: whether each was for good decides what the author is told.
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("partner-docs/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_secs(30)));
        Self { agent: config.build().new_agent() }
    }

    pub(super) fn ask(&self, method: ProbeMethod, address: &str) -> Result<FetchedPage, Verdict> {
        let request = match method {
            ProbeMethod::Head => self.agent.head(address),
            ProbeMethod::Get => self.agent.get(address),
        };
        let mut response = request.header("Accept", "text/html, */*;q=0.8").call().map_err(|error| verdict(&error))?;
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let answer = PageResponse {
            status: response.status().as_u16(),
            location: header("Location").and_then(|location| absolute(address, location)),
            retry_after: header("Retry-After").and_then(|seconds| seconds.trim().parse().ok()),
        };
        let is_html = header("Content-Type").is_some_and(|kind| kind.contains("html"));
        // Only HTML has ids to look for; a video would be megabytes for nothing.
        let wants = method == ProbeMethod::Get && is_html && answer.status == 200;
        let html = wants
            .then(|| response.body_mut().with_config().limit(BODY).read_to_vec().ok())
            .flatten()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(FetchedPage { answer, html })
    }
}

#[cfg(feature = "external-links")]
fn verdict(error: &ureq::Error) -> Verdict {
    match error {
        ureq::Error::HostNotFound => Verdict::Dead("host not found".to_owned()),
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Verdict::Dead("invalid address".to_owned()),
        ureq::Error::Timeout(_) => Verdict::Unreachable("timeout".to_owned()),
        other => Verdict::Unreachable(other.to_string()),
    }
}

/// Resolves a `Location` header against the URL that sent it.
#[cfg(feature = "external-links")]
fn absolute(from: &str, location: &str) -> Option<String> {
    if location.contains("://") {
        return Some(location.to_owned());
    }
    let (scheme, rest) = from.split_once("://")?;
    if let Some(host) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if location.starts_with('/') {
        return Some(format!("{scheme}://{host}{location}"));
    }
    let folder = path.split(['?', '#']).next()?.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{scheme}://{host}{folder}/{location}"))
}

#[cfg(not(feature = "external-links"))]
impl Client {
    pub(super) fn new() -> Self {
        Self {}
    }

    #[expect(clippy::unused_self, reason = "the client that can ask needs itself")]
    pub(super) fn ask(&self, _: ProbeMethod, _: &str) -> Result<FetchedPage, Verdict> {
        Err(Verdict::Unreachable("partner-docs was built without `external-links`".to_owned()))
    }
}

/// The bytes at a URL, following redirects.
///
/// # Errors
/// If they can't be fetched, with the reason.
#[cfg(feature = "external-links")]
pub fn fetch(address: &str) -> Result<Vec<u8>, String> {
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_mins(1)));
    let mut response = config.build().new_agent().get(address).call().map_err(|error| error.to_string())?;
    response.body_mut().with_config().limit(64 * BODY).read_to_vec().map_err(|error| error.to_string())
}

/// Fetching isn't possible in this build.
///
/// # Errors
/// Always.
#[cfg(not(feature = "external-links"))]
pub fn fetch(_: &str) -> Result<Vec<u8>, String> {
    Err("partner-docs was built without `external-links`".to_owned())
}
