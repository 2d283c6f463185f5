//! Live reload: which events go to which browser tab.
//!
//! A tab says which page it shows and the fingerprint of what it was given. So one that was cut off, by a restart
//! or a sleeping laptop, catches up when it comes back, and one whose page is the same hears nothing. Why a page changed
//! is not known here: what a tab shows is compared with what the site answers.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{LazyLock, Mutex, MutexGuard};
use std::time::Duration;

use super::http::{EventStream, Responder, SiteResponse};
use crate::diagnostic::bug;
use crate::source::stable_fingerprint;
use crate::wording::Wording;

/// Where the script in the pages lies.
pub const SCRIPT: &str = "/_partner-docs/reload.js";
/// Where events come from.
pub const EVENTS: &str = "/_partner-docs/events";
/// The script that follows the events, and shows findings.
#[must_use]
pub fn script() -> &'static str {
    static SCRIPT: LazyLock<String> =
        LazyLock::new(|| Wording::english().in_scripts(concat!(include_str!("reload.js"), include_str!("overlay.js"))));
    &SCRIPT
}

/// How often a waiting thread checks whether its tab is still open.
const TICK: Duration = Duration::from_secs(1);
/// Ticks between two signs of life.
const BEAT: u32 = 15;

/// Something a tab is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The page has changed: its fingerprint now.
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
        Self(stable_fingerprint(match answer {
            SiteResponse::Found { bytes, .. } | SiteResponse::NotFound(bytes) => bytes,
            // No tab shows it: what changed on disk is known by its event.
            SiteResponse::Copied { .. } => &[],
            SiteResponse::Redirect(path) => path.as_bytes(),
        }))
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
    id: Ticket,
    page: String,
    has: Option<PageVersion>,
    findings: String,
    events: Sender<Event>,
    /// Of the last rendering that it was told of.
    told: Ticket,
}

/// Drawn before a page is rendered. Whoever draws a higher one renders a site that is at least as new.
type Ticket = u64;

/// A page as the site answers for it now, and what is wrong with it.
struct RenderedPage {
    ticket: Ticket,
    version: PageVersion,
    findings: String,
}

impl RenderedPage {
    fn of(page: &str, ticket: Ticket, site: &dyn Responder, findings: impl FnOnce(&str) -> String) -> Self {
        Self { ticket, version: PageVersion::of(&site.respond(page)), findings: findings(page) }
    }
}

impl Tab {
    /// Tells the tab what is new to it; false when it has gone.
    fn tell(&mut self, now: &RenderedPage) -> bool {
        // Two renderings may end in another order than they began. The later one saw all that the earlier one did, and
        // every change after it draws a ticket of its own: what comes late can be left out.
        if now.ticket < self.told {
            return true;
        }
        self.told = now.ticket;
        let mut news = Vec::new();
        if self.has != Some(now.version) {
            self.has = Some(now.version);
            news.push(Event::Page(now.version));
        }
        if self.findings != now.findings {
            self.findings.clone_from(&now.findings);
            news.push(Event::Findings(now.findings.clone()));
        }
        news.into_iter().all(|event| self.events.send(event).is_ok())
    }
}

/// All open tabs.
#[derive(Default)]
struct Tabs {
    open: Vec<Tab>,
    drawn: Ticket,
}

impl Tabs {
    fn draw(&mut self) -> Ticket {
        self.drawn += 1;
        self.drawn
    }
}

/// Tells the open tabs of changes. No page is rendered under the lock: a page that takes long keeps only its own tab
/// waiting.
#[derive(Default)]
pub struct LiveReload {
    tabs: Mutex<Tabs>,
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
        let mut tabs = self.tabs();
        let id = tabs.draw();
        // Taken in before its page is rendered: what changes from here on is told by `refresh`.
        tabs.open.push(Tab { id, page: page.to_owned(), has, findings: String::new(), events, told: id });
        drop(tabs);
        let now = RenderedPage::of(page, id, site, findings);
        if let Some(tab) = self.tabs().open.iter_mut().find(|tab| tab.id == id) {
            tab.tell(&now);
        }
        received
    }

    /// Tells every tab what is new to it, once the site has changed.
    pub fn refresh(&self, site: &dyn Responder, findings: impl Fn(&str) -> String, assets: &[String]) {
        let mut tabs = self.tabs();
        let ticket = tabs.draw();
        let pages: BTreeSet<String> = tabs.open.iter().map(|tab| tab.page.clone()).collect();
        drop(tabs);
        let pages: BTreeMap<String, RenderedPage> =
            pages.into_iter().map(|page| (page.clone(), RenderedPage::of(&page, ticket, site, &findings))).collect();
        let assets = (!assets.is_empty()).then(|| Event::Assets(assets.to_vec()));
        self.tabs().open.retain_mut(|tab| {
            let takes_assets = assets.clone().is_none_or(|assets| tab.events.send(assets).is_ok());
            // A tab that came meanwhile has seen the site as it is now when it was taken in.
            takes_assets && pages.get(&tab.page).is_none_or(|now| tab.tell(now))
        });
    }

    /// Ends all streams.
    pub fn close(&self) {
        self.tabs().open.clear();
    }

    /// How many tabs are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tabs().open.len()
    }

    /// Whether no tab is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tabs().open.is_empty()
    }

    fn tabs(&self) -> MutexGuard<'_, Tabs> {
        bug::lock(&self.tabs)
    }
}

/// Passes events on to a tab until one of both sides has had enough.
///
/// # Errors
/// When the tab has gone.
pub fn pass_on(received: &Receiver<Event>, stream: &mut EventStream<'_>) -> io::Result<()> {
    let mut silent = 0;
    // A closed tab is noticed by looking: nothing else would happen on this connection until the next change, and its
    // thread and its place among the connections would be taken all day.
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
    // The last one: a page may show `</body>` in a script or a comment before its own.
    let end = html.windows(7).rposition(|tag| tag.eq_ignore_ascii_case(b"</body>")).unwrap_or(html.len());
    let (before, after) = html.split_at_checked(end).unwrap_or((html, &[]));
    [before, script.as_bytes(), after].concat()
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

    /// A site whose page `/slow/` is rendered for the first time only when the test says so.
    struct SlowSite {
        text: Mutex<&'static str>,
        begun: Sender<()>,
        /// What to wait for; taken by the first who asks for the page.
        go_on: Mutex<Option<Receiver<()>>>,
    }

    impl SlowSite {
        fn new() -> (Self, Receiver<()>, Sender<()>) {
            let ((begun, has_begun), (let_go, go_on)) = (mpsc::channel(), mpsc::channel());
            (Self { text: Mutex::new("old"), begun, go_on: Mutex::new(Some(go_on)) }, has_begun, let_go)
        }
    }

    impl Responder for SlowSite {
        fn respond(&self, path: &str) -> SiteResponse {
            let text = *self.text.lock().unwrap();
            let wait = if path == "/slow/" { self.go_on.lock().unwrap().take() } else { None };
            if let Some(go_on) = wait {
                self.begun.send(()).unwrap();
                go_on.recv().unwrap();
            }
            SiteResponse::Found { bytes: text.as_bytes().into(), content_type: "text/html" }
        }
    }

    #[test]
    fn a_page_that_takes_long_keeps_no_other_tab_waiting() {
        let ((site, has_begun, let_go), hub) = (SlowSite::new(), LiveReload::default());
        let none = |_: &str| String::new();
        let (done, is_done) = mpsc::channel();
        let in_time = std::thread::scope(|scope| {
            scope.spawn(|| hub.attach("/slow/", None, &site, none));
            has_begun.recv().unwrap();
            scope.spawn(|| {
                let fast = hub.attach("/fast/", None, &site, none);
                hub.refresh(&site, none, &["/a.css".to_owned()]);
                done.send(fast.try_iter().count()).unwrap();
            });
            let in_time = is_done.recv_timeout(Duration::from_secs(10));
            let_go.send(()).unwrap();
            in_time
        });
        assert_eq!(in_time, Ok(2), "its page and its style sheet, while the other one is still rendered");
    }

    #[test]
    fn what_was_rendered_before_a_change_is_not_told_after_it() {
        let ((site, has_begun, let_go), hub) = (SlowSite::new(), LiveReload::default());
        let none = |_: &str| String::new();
        let events = std::thread::scope(|scope| {
            let slow = scope.spawn(|| hub.attach("/slow/", None, &site, none));
            has_begun.recv().unwrap();
            *site.text.lock().unwrap() = "new";
            hub.refresh(&site, none, &[]);
            let_go.send(()).unwrap();
            slow.join().unwrap()
        });
        let new = PageVersion::of(&site.respond("/slow/"));
        assert_eq!(events.try_iter().collect::<Vec<_>>(), [Event::Page(new)]);
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
