//! Schedules requests: many servers at once, but few requests per server.
//! In: URLs. Out: a verdict for each.

use std::collections::BTreeMap;
use std::sync::{Mutex, mpsc};

use super::anchors;
use super::client::{Client, FetchedPage};
use super::policy::{NextProbe, ProbeMethod, Progress};
use crate::check::external::Verdict;
use crate::diagnostic::bug;

/// The limits on concurrent requests.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// In total.
    pub in_all: usize,
    /// Per host.
    pub per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // Two at a host are what a browser of careful people would do; more, and hosts answer 429 to all of them.
        Self { in_all: 16, per_host: 2 }
    }
}

/// Checks all URLs, and reports progress as they are done.
pub fn check(addresses: &[String], limits: Limits, mut done: impl FnMut(usize)) -> BTreeMap<String, Verdict> {
    let client = Client::new();
    let lanes = Mutex::new(lanes(addresses, limits.per_host));
    let (tell, hear) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..limits.in_all {
            let (tell, lanes, client) = (tell.clone(), &lanes, client.clone());
            scope.spawn(move || {
                let pages = std::iter::from_fn(|| next(lanes)).flatten();
                for (page, addresses) in pages {
                    // The receiver is gone only if the check was cancelled.
                    let _ = tell.send(ask(&client, page, &addresses));
                }
            });
        }
        // The receiver ends when the last sender has gone, and this one would never go.
        drop(tell);
        let mut all = BTreeMap::new();
        for verdicts in hear {
            all.extend(verdicts);
            done(all.len());
        }
        all
    })
}

/// Pages to request one after the other, each with the URLs that have a fragment in it.
type HostQueue<'a> = Vec<(&'a str, Vec<&'a str>)>;

fn next<'a>(lanes: &Mutex<Vec<HostQueue<'a>>>) -> Option<HostQueue<'a>> {
    bug::lock(lanes).pop()
}

/// Splits URLs so that no host is in more lanes than allowed.
fn lanes(addresses: &[String], per_host: usize) -> Vec<HostQueue<'_>> {
    let mut hosts: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for address in addresses {
        // One request for a page and all places in it: servers never see what follows `#`.
        let page = address.split('#').next().unwrap_or(address);
        let host = page.split('/').nth(2).unwrap_or_default();
        hosts.entry(host).or_default().entry(page).or_default().push(address);
    }
    let mut lanes = Vec::new();
    for pages in hosts.into_values() {
        let pages: HostQueue<'_> = pages.into_iter().collect();
        let count = per_host.max(1).min(pages.len());
        lanes.extend(
            (0..count).map(|first| pages.iter().skip(first).step_by(count).cloned().collect::<HostQueue<'_>>()),
        );
    }
    // The longest lanes start first: they're taken from the end.
    lanes.sort_by_key(Vec::len);
    lanes
}

/// Requests a page until there is a verdict, and looks for each fragment in it.
fn ask(client: &Client, page: &str, addresses: &[&str]) -> Vec<(String, Verdict)> {
    let wants_text = addresses.iter().any(|address| address.contains('#'));
    let mut progress = Progress::new(if wants_text { ProbeMethod::Get } else { ProbeMethod::Head });
    // The loop ends: `Progress` bounds redirects and retries.
    let mut at = page.to_owned();
    let (verdict, html) = loop {
        let FetchedPage { answer, html } = match client.ask(progress.method, &at) {
            Ok(page) => page,
            Err(verdict) => break (verdict, None),
        };
        match progress.after(&at, answer) {
            NextProbe::Done(verdict) => break (verdict, html),
            NextProbe::Get => {}
            NextProbe::Wait(pause) => std::thread::sleep(pause),
            NextProbe::Follow(next) => at = next,
        }
    };
    let verdict_for = |address: &&str| match (address.split_once('#'), &html) {
        (Some((_, fragment)), Some(html)) if !anchors::has(html, fragment) => Verdict::NoAnchor(fragment.to_owned()),
        (Some((_, fragment)), _) => match &verdict {
            Verdict::Moved(to) if !to.contains('#') => Verdict::Moved(format!("{to}#{fragment}")),
            other => other.clone(),
        },
        (None, _) => verdict.clone(),
    };
    addresses.iter().map(|address| ((*address).to_owned(), verdict_for(address))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_host_gets_more_lanes_than_it_may_and_a_page_is_asked_for_once() {
        let addresses: Vec<String> =
            ["http://a/1", "http://a/2", "http://a/3", "http://a/3#x", "http://b/"].map(str::to_owned).to_vec();
        let lanes = lanes(&addresses, 2);
        let hosts: Vec<(&str, usize)> =
            lanes.iter().map(|lane| (lane[0].0.split('/').nth(2).unwrap(), lane.len())).collect();
        assert_eq!(hosts, [("a", 1), ("b", 1), ("a", 2)]);
        assert!(lanes.iter().flatten().any(|(page, all)| *page == "http://a/3" && all.len() == 2));
    }
}
