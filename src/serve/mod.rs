//! The development server: the site in a browser, always as the sources are now.
//! In: a project that can be updated. Out: a server that reloads pages after every change, until it is stopped.
//! Never knows: how pages are made. It tells its caller what happens, who prints.

pub mod http;
pub mod overlay;
pub mod project;
pub mod reload;
pub mod watch;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};

use crate::diagnostic::bug;
use http::{BindError, Handler, Reply, Request, Responder, Server, SiteResponse};
use overlay::{Editor, OverlayDiagnostic};
use reload::{LiveReload, PageVersion};
use watch::{ChangedPaths, News, WatchError, Watched, Watcher};

/// A project that is being written.
///
/// `respond` gives the last good version of a page for as long as a broken edit has no better one.
pub trait Live: Responder {
    /// Reads what was changed, and brings the site up to date.
    fn refresh(&self, changed: &ChangedPaths) -> Refresh;

    /// What is wrong with the project now.
    fn findings(&self) -> Arc<[OverlayDiagnostic]>;

    /// Where its sources lie now; mounts and the theme may change with the configuration.
    fn watched(&self) -> Watched;
}

/// What came of a refresh.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Refresh {
    /// Addresses of files other than pages whose bytes are others now.
    pub assets: Vec<String>,
    /// What to say about it on a terminal; nothing when empty.
    pub report: String,
}

/// Which port to take.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Port {
    /// This one; 0 for any free one.
    Exactly(u16),
    /// This one, or the next that is free.
    From(u16),
}

/// How to serve.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// The address to listen on; both loopback addresses when none is given.
    pub host: Option<IpAddr>,
    /// The port.
    pub port: Port,
    /// How to learn of changes.
    pub method: watch::WatchMethod,
    /// The editor that links in findings open.
    pub editor: Option<Editor>,
    /// The repository's root on disk, for these links.
    pub root: PathBuf,
}

/// What happens while serving.
#[derive(Copy, Clone, Debug)]
pub enum ServeEvent<'a> {
    /// The site can be seen at these addresses.
    Listening(&'a [SocketAddr]),
    /// The system refuses to send events, so files are polled.
    Polling(&'a WatchError),
    /// Something changed.
    Refreshed(&'a Refresh),
}

/// Why serving ended.
#[derive(Debug)]
pub enum ServeError {
    /// Nothing can be served at this address.
    Bind(BindError),
    /// Nothing can be watched.
    Watch(WatchError),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind(error) => error.fmt(f),
            Self::Watch(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ServeError {}

/// Ends serving, from any thread.
#[derive(Clone, Default)]
pub struct StopHandle(Arc<Mutex<Stopping>>);

#[derive(Default)]
struct Stopping {
    asked: bool,
    running: Option<Sender<Message>>,
}

enum Message {
    News(News),
    Stop,
}

impl StopHandle {
    /// Ends serving when the user presses Ctrl-C or the system asks the program to go. Once for a program.
    ///
    /// # Errors
    /// When the system refuses to tell, or has been asked to tell somebody else.
    pub fn on_signals(&self) -> Result<(), ctrlc::Error> {
        let stop = self.clone();
        ctrlc::set_handler(move || stop.now())
    }

    /// Ends serving now, or as soon as it starts.
    pub fn now(&self) {
        let mut stopping = bug::lock(&self.0);
        stopping.asked = true;
        if let Some(running) = stopping.running.take() {
            // A server that has ended already needs no telling.
            let _ = running.send(Message::Stop);
        }
    }

    fn attach(&self, running: &Sender<Message>) {
        let mut stopping = bug::lock(&self.0);
        // Ctrl-C may have come while the project was opened, before there was anything to stop.
        if stopping.asked {
            let _ = running.send(Message::Stop);
        } else {
            stopping.running = Some(running.clone());
        }
    }
}

/// Serves the project and follows its changes until `stop`.
///
/// # Errors
/// When the port is taken, the address cannot be used, or nothing can be watched.
pub fn run(
    live: Arc<dyn Live>,
    options: &Options,
    stop: &StopHandle,
    mut say: impl FnMut(ServeEvent<'_>),
) -> Result<(), ServeError> {
    let (messages, received) = mpsc::channel();
    stop.attach(&messages);
    let dev_server =
        Arc::new(DevServer { live, reload: LiveReload::default(), editor: options.editor, root: options.root.clone() });
    let mut server = start(options, &dev_server).map_err(ServeError::Bind)?;
    say(ServeEvent::Listening(server.addresses()));
    let mut sources = dev_server.live.watched();
    let watcher = observe(&sources, options.method, &messages, &mut say).map_err(ServeError::Watch)?;
    // Something may have changed since the project was read and before it was watched.
    let first = refresh(&dev_server, &ChangedPaths { rescan: true, ..ChangedPaths::default() });
    if !first.report.is_empty() {
        say(ServeEvent::Refreshed(&first));
    }
    // One thread updates the site, so updates come one after the other. What happens meanwhile waits, and is one batch.
    while let Ok(Message::News(news)) = received.recv() {
        match news {
            News::Changed(changed) => say(ServeEvent::Refreshed(&refresh(&dev_server, &changed))),
            News::Polling(refused) => say(ServeEvent::Polling(&refused)),
        }
        // A save of book.toml may have added a mount, or named another theme.
        let now = dev_server.live.watched();
        if now != sources {
            watcher.watch(now.clone());
            sources = now;
        }
    }
    // Streams end first: a thread that waits for events would keep the server from stopping for a second.
    dev_server.reload.close();
    server.stop();
    Ok(())
}

/// Brings the site and the tabs up to date.
fn refresh(dev_server: &DevServer, changed: &ChangedPaths) -> Refresh {
    // A fault on the way to one version must not end the day's work: the next save may go well.
    let refresh = bug::contained(|| dev_server.live.refresh(changed));
    let said = |bug: bug::Bug| Refresh { assets: Vec::new(), report: format!("error: {bug}\n") };
    let refresh = refresh.unwrap_or_else(said);
    dev_server.reload.refresh(&*dev_server.live, |page| dev_server.findings(page), &refresh.assets);
    refresh
}

/// Listens where the options say.
fn start(options: &Options, dev_server: &Arc<DevServer>) -> Result<Server, BindError> {
    let start = |port| Server::start(options.host, port, SharedDevServer(Arc::clone(dev_server)));
    match options.port {
        Port::Exactly(port) => start(port),
        // Twenty projects at once are enough; a search without end would hide that listening is forbidden altogether.
        Port::From(first) => (first..first.saturating_add(20))
            .map(start)
            .find(|started| !matches!(started, Err(BindError::PortTaken { .. })))
            .unwrap_or(Err(BindError::PortTaken { port: first })),
    }
}

/// Watches the way that was asked for, and by polling when the system refuses.
fn observe(
    watched: &Watched,
    method: watch::WatchMethod,
    messages: &Sender<Message>,
    say: &mut impl FnMut(ServeEvent<'_>),
) -> Result<Watcher, WatchError> {
    let start = |method| {
        let messages = messages.clone();
        Watcher::start(watched.clone(), method, move |news| {
            // The last batch may come when nobody asks any more.
            let _ = messages.send(Message::News(news));
        })
    };
    match start(method) {
        // Linux has room for so many watches and no more, shared by all programs of a user.
        Err(refused) if method == watch::WatchMethod::Events => {
            say(ServeEvent::Polling(&refused));
            start(watch::WatchMethod::Polling)
        }
        started => started,
    }
}

/// What answers the browser: the site itself, with our script in its pages.
struct DevServer {
    live: Arc<dyn Live>,
    reload: LiveReload,
    editor: Option<Editor>,
    root: PathBuf,
}

/// What the threads of the HTTP server own together with us.
struct SharedDevServer(Arc<DevServer>);

impl DevServer {
    fn findings(&self, page: &str) -> String {
        overlay::findings(&self.live.findings(), page, &self.root, self.editor)
    }

    /// The site's answer as the browser gets it.
    fn page(&self, path: &str) -> SiteResponse {
        let answer = self.live.respond(path);
        // Of the page as the site answers, before the script is in it: that is what `LiveReload` compares.
        let has = PageVersion::of(&answer);
        match answer {
            SiteResponse::Found { bytes, content_type } if content_type.starts_with("text/html") => {
                SiteResponse::Found { bytes: reload::inject(&bytes, has).into(), content_type }
            }
            SiteResponse::NotFound(bytes) => SiteResponse::NotFound(reload::inject(&bytes, has).into()),
            other => other,
        }
    }
}

impl Handler for SharedDevServer {
    fn handle(&self, request: &Request) -> Reply {
        match request.path.as_str() {
            reload::SCRIPT => Reply::Answer(SiteResponse::Found {
                bytes: reload::script().as_bytes().into(),
                content_type: http::content_type(reload::SCRIPT),
            }),
            // Findings quote sources, and any page of the web can open this stream.
            reload::EVENTS if request.is_foreign() => Reply::Forbidden,
            reload::EVENTS => {
                let dev_server = Arc::clone(&self.0);
                let page = request.parameter("page").unwrap_or_else(|| "/".to_owned());
                let has = request.parameter("has").as_deref().and_then(PageVersion::from_hex);
                Reply::Events(Box::new(move |stream| {
                    let events =
                        dev_server.reload.attach(&page, has, &*dev_server.live, |page| dev_server.findings(page));
                    reload::pass_on(&events, stream)
                }))
            }
            path => Reply::Answer(self.0.page(path)),
        }
    }
}

#[cfg(test)]
mod tests;
