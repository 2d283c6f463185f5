//! Which tab is told what, and when.
//! In: tabs that ask for events, and a site that has changed. Out: events for the tabs whose page is another now.
//! Never knows: why a page changed. It compares what a tab shows with what the site answers.
//!
//! A tab says which page it shows and the fingerprint of what it was given. So one that was cut off, by a restart
//! or a sleeping laptop, catches up when it comes back, and one whose page is the same hears nothing.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::http::{EventStream, Responder, SiteResponse};
use crate::wording::Wording;

/// Where the script in the pages lies.
pub const SCRIPT: &str = "/_partner-docs/reload.js";
/// Where events come from.
pub const EVENTS: &str = "/_partner-docs/events";
/// The script that follows the events, and shows findings.
pub fn script() -> &'static str {
    static SCRIPT: LazyLock<String> =
        LazyLock::new(|| Wording::english().in_scripts(concat!(include_str!("reload.js"), include_str!("overlay.js"))));
    &SCRIPT
}

/// How often a waiting thread looks whether its tab is still there.
const TICK: Duration = Duration::from_secs(1);
/// Ticks between two signs of life.
const BEAT: u32 = 15;

/// Something a tab is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The page is another now; the fingerprint of what it has become.
    Page(PageVersion),
    /// Styles, scripts, images: these files have changed.
    Assets(Vec<String>),
    /// The findings the tab shows, as JSON.
    Findings(String),
}

/// What tells two versions of a page apart, also across restarts of the server.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct PageVersion(u64);

impl PageVersion {
    /// Of what a site answers.
    #[must_use]
    pub fn of(answer: &SiteResponse) -> Self {
        let mut hasher = DefaultHasher::new();
        match answer {
            SiteResponse::Found { bytes, .. } | SiteResponse::NotFound(bytes) => bytes.hash(&mut hasher),
            SiteResponse::Redirect(path) => path.hash(&mut hasher),
        }
        Self(hasher.finish())
    }

    /// Reads what [`Self::to_hex`] wrote.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        u64::from_str_radix(text, 16).ok().map(Self)
    }

    /// As sixteen digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// An open tab.
struct Tab {
    page: String,
    has: Option<PageVersion>,
    findings: String,
    events: Sender<Event>,
}

impl Tab {
    /// Tells the tab what is new to it; false when it has gone.
    fn tell(&mut self, now: PageVersion, findings: &str, assets: &[String]) -> bool {
        let mut news = Vec::new();
        if !assets.is_empty() {
            news.push(Event::Assets(assets.to_vec()));
        }
        if self.has != Some(now) {
            self.has = Some(now);
            news.push(Event::Page(now));
        }
        if self.findings != findings {
            findings.clone_into(&mut self.findings);
            news.push(Event::Findings(findings.to_owned()));
        }
        news.into_iter().all(|event| self.events.send(event).is_ok())
    }
}

/// All open tabs.
#[derive(Default)]
pub struct LiveReload {
    tabs: Mutex<Vec<Tab>>,
}

impl LiveReload {
    /// Takes in a tab that shows `page` and was given the version `has`; it is told at once what it has missed.
    pub fn attach(
        &self,
        page: &str,
        has: Option<PageVersion>,
        site: &dyn Responder,
        findings: impl FnOnce(&str) -> String,
    ) -> Receiver<Event> {
        let (events, received) = mpsc::channel();
        // Locked first: what changes from here on is told by `refresh`.
        let mut tabs = self.tabs();
        let mut tab = Tab { page: page.to_owned(), has, findings: String::new(), events };
        tab.tell(PageVersion::of(&site.respond(page)), &findings(page), &[]);
        tabs.push(tab);
        received
    }

    /// Tells every tab what is new to it.
    pub fn refresh(&self, site: &dyn Responder, findings: impl Fn(&str) -> String, assets: &[String]) {
        let mut tabs = self.tabs();
        let pages: BTreeMap<String, (PageVersion, String)> = tabs
            .iter()
            .map(|tab| tab.page.clone())
            .map(|page| (PageVersion::of(&site.respond(&page)), findings(&page), page))
            .map(|(now, findings, page)| (page, (now, findings)))
            .collect();
        tabs.retain_mut(|tab| {
            let (now, findings) = &pages[&tab.page];
            tab.tell(*now, findings, assets)
        });
    }

    /// Ends all streams.
    pub fn close(&self) {
        self.tabs().clear();
    }

    /// How many tabs are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tabs().len()
    }

    /// Whether no tab is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tabs().is_empty()
    }

    fn tabs(&self) -> MutexGuard<'_, Vec<Tab>> {
        self.tabs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes events on to a tab until one of both sides has had enough.
///
/// # Errors
/// When the tab has gone.
pub fn pass_on(received: &Receiver<Event>, stream: &mut EventStream<'_>) -> io::Result<()> {
    let mut silent = 0;
    loop {
        match received.recv_timeout(TICK) {
            Ok(Event::Page(now)) => stream.send("page", &format!("\"{}\"", now.to_hex()))?,
            Ok(Event::Assets(paths)) => stream.send("assets", &serde_json::to_string(&paths)?)?,
            Ok(Event::Findings(findings)) => stream.send("findings", &findings)?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) if stream.over() => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                silent += 1;
                if silent % BEAT == 0 {
                    stream.beat()?;
                }
            }
        }
    }
}

/// A page with the script that follows the events. Only what is served has it, never what is built.
#[must_use]
pub fn inject(html: &[u8], has: PageVersion) -> Vec<u8> {
    let script = format!("<script src=\"{SCRIPT}\" data-partner-docs=\"{}\"></script>", has.to_hex());
    let end = html.windows(7).rposition(|tag| tag.eq_ignore_ascii_case(b"</body>")).unwrap_or(html.len());
    [&html[..end], script.as_bytes(), &html[end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct OnePage(Mutex<&'static str>);

    impl Responder for OnePage {
        fn respond(&self, path: &str) -> SiteResponse {
            let text = if path == "/a/" { *self.0.lock().unwrap() } else { "other" };
            SiteResponse::Found { bytes: text.as_bytes().into(), content_type: "text/html" }
        }
    }

    fn now(site: &OnePage, page: &str) -> PageVersion {
        PageVersion::of(&site.respond(page))
    }

    #[test]
    fn only_tabs_whose_page_changed_are_told() {
        let (site, hub) = (OnePage(Mutex::new("old")), LiveReload::default());
        let none = |_: &str| String::new();
        let a = hub.attach("/a/", Some(now(&site, "/a/")), &site, none);
        let b = hub.attach("/b/", Some(now(&site, "/b/")), &site, none);
        hub.refresh(&site, none, &[]);
        assert_eq!((a.try_recv().ok(), b.try_recv().ok()), (None, None));
        *site.0.lock().unwrap() = "new";
        hub.refresh(&site, none, &[]);
        assert_eq!((a.try_recv().ok(), b.try_recv().ok()), (Some(Event::Page(now(&site, "/a/"))), None));
        hub.refresh(&site, none, &[]);
        assert_eq!(a.try_recv().ok(), None);
    }

    #[test]
    fn a_tab_that_was_away_catches_up() {
        let (site, hub) = (OnePage(Mutex::new("new")), LiveReload::default());
        let old = PageVersion::of(&SiteResponse::Redirect("old".to_owned()));
        let a = hub.attach("/a/", Some(old), &site, |_| "{}".to_owned());
        assert_eq!(a.try_recv(), Ok(Event::Page(now(&site, "/a/"))));
        assert_eq!(a.try_recv(), Ok(Event::Findings("{}".to_owned())));
    }

    #[test]
    fn tabs_that_have_gone_are_forgotten() {
        let (site, hub) = (OnePage(Mutex::new("old")), LiveReload::default());
        drop(hub.attach("/a/", None, &site, |_| String::new()));
        hub.refresh(&site, |_| String::new(), &["/a.css".to_owned()]);
        assert!(hub.is_empty());
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let has = PageVersion(10);
        let script = "<script src=\"/_partner-docs/reload.js\" data-partner-docs=\"000000000000000a\"></script>";
        let html = "<body><pre>&lt;/body></pre></BODY></html>";
        let expected = format!("<body><pre>&lt;/body></pre>{script}</BODY></html>");
        assert_eq!(String::from_utf8(inject(html.as_bytes(), has)).unwrap(), expected);
        assert_eq!(String::from_utf8(inject(b"<p>bare", has)).unwrap(), format!("<p>bare{script}"));
        assert_eq!(PageVersion::from_hex(&has.to_hex()), Some(has));
    }
}
