//! `partner-docs serve`: the site while it is written.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::Args;

use super::arguments::ProjectOptions;
use super::{Outcome, project, terminal};
use crate::diagnostic::bug;
use crate::pipeline::{BuiltSite, Drafts, Progress, Rendered, Texts};
use crate::project::DiskFolder;
use crate::report::{self, DiagnosticSet, Report};
use crate::serve::project::{Explain, LiveProject};
use crate::serve::watch::WatchMethod;
use crate::serve::{self, Options, Port, ServeEvent, StopHandle, overlay::Editor};
use crate::source::Sources;

/// The port when none is asked for.
const DEFAULT_PORT: u16 = 4100;

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    #[command(flatten)]
    project: ProjectOptions,
    /// The port to listen on; 0 picks any free one. Defaults to 4100, or the next free port
    #[arg(short, long)]
    port: Option<u16>,
    /// The address to listen on; with any but 127.0.0.1, others on the network can see the site
    #[arg(long, value_name = "ADDR")]
    host: Option<IpAddr>,
    /// Open the site in the browser, at the page that --page names
    #[arg(short, long)]
    open: bool,
    /// Print the URL of the page for this file: content/legal/nda.md
    #[arg(long, value_name = "FILE")]
    page: Option<PathBuf>,
    /// The editor that links in findings open: code, cursor, zed, idea, subl. Defaults to VISUAL or EDITOR
    #[arg(long, value_name = "NAME", value_parser = known_editor)]
    editor: Option<Editor>,
    /// Poll for changes instead of using file events
    #[arg(long)]
    poll: bool,
    /// Print each page that is rendered, and the reason
    #[arg(long)]
    explain: bool,
}

/// Serves a project until the user stops it.
pub(super) fn run(options: &ServeOptions) -> Outcome {
    let session = || {
        let session = project::session(&options.project, Drafts::Shown).with_texts(Texts::Forgotten);
        // It updates all day, and says what came of it.
        let session = session.telling(Progress::default());
        session.lowering(options.project.warn.clone())
    };
    let explain = options.explain.then(|| Box::new(explain) as Box<Explain>);
    let live = match LiveProject::open(session, Box::new(reporter()), explain) {
        Ok(live) => Arc::new(live),
        Err(error) => return terminal::cannot_run(error),
    };
    terminal::talk(&live.report());
    // Before the server starts: with a page that is none, there is nothing to show.
    let page = options.page.as_ref().map(|file| page_of(&live, file).ok_or(file));
    let path = match page.unwrap_or_else(|| Ok("/".to_owned())) {
        Ok(path) => path,
        Err(file) => return terminal::cannot_run(format!("`{}` is not a page of this site", file.display())),
    };
    let stop = StopHandle::default();
    if let Err(error) = stop.on_signals() {
        terminal::talk(&format!("warning: cannot install the Ctrl-C handler: {error}\n"));
    }
    let settings = Options {
        host: options.host,
        port: options.port.map_or(Port::From(DEFAULT_PORT), Port::Exactly),
        method: if options.poll { WatchMethod::Polling } else { WatchMethod::Events },
        // `EDITOR` may be one that opens no addresses, as vim: then findings have no links.
        editor: options.editor.or_else(editor),
        root: live.root(),
    };
    let opening = FirstPage { path, browser: options.open, wanted: options.port.unwrap_or(DEFAULT_PORT) };
    // At the end the system takes all memory back at once: giving it back piece by piece would keep the terminal waiting.
    std::mem::forget(Arc::clone(&live));
    match serve::run(live, &settings, &stop, |event| tell(event, &opening)) {
        Ok(()) => Outcome::Done,
        Err(error) => terminal::cannot_run(error),
    }
}

/// The address of the page made from a file, named as the shell sees it.
fn page_of(live: &LiveProject<DiskFolder>, file: &Path) -> Option<String> {
    live.address_of(&file.canonicalize().ok()?)
}

/// The editor that `VISUAL` or `EDITOR` names, when it opens files by address.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
fn editor() -> Option<Editor> {
    ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok()).find_map(|name| Editor::named(&name))
}

/// Says all at first, and then only what is new or gone: a terminal that scrolls at each save is not read.
fn reporter() -> impl Fn(&BuiltSite, &Sources, Duration) -> String {
    let last: Mutex<Option<DiagnosticSet>> = Mutex::default();
    move |linked, sources, took| {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let summary = project::summary(linked.counts, &linked.found, milliseconds);
        let reader = &project::reader(&linked.site.config.place);
        let report = |found| Report { found, sources, summary: &summary, reader };
        let now = DiagnosticSet::of(&linked.found, sources);
        // Replaced while the lock is held: two updates at once would both be compared with the same earlier one.
        let before = bug::lock(&last).replace(now.clone());
        let Some(before) = before else {
            return report::human(&report(&linked.found));
        };
        let news = before.news(&linked.found, sources);
        before.gone(&now) + &report::human(&report(&news))
    }
}

/// Why a page was rendered, in a line.
fn explain(rendered: &Rendered) {
    let because = match &rendered.because[..] {
        [] => "first request".to_owned(),
        parts => format!("changed: {}", parts.join(", ")),
    };
    terminal::talk(&format!("rendered {} ({because})\n", rendered.address));
}

/// What to show first.
struct FirstPage {
    /// The address below the site's root.
    path: String,
    /// Whether to open the browser there.
    browser: bool,
    /// The port that was wanted; 0 for any.
    wanted: u16,
}

fn tell(event: ServeEvent<'_>, opening: &FirstPage) {
    match event {
        ServeEvent::Listening(addresses) => listening(addresses, opening),
        ServeEvent::Polling(error) => terminal::note(&format!("polling for changes: {error}\n")),
        ServeEvent::Refreshed(refresh) => terminal::talk(&refresh.report),
    }
}

fn listening(addresses: &[SocketAddr], opening: &FirstPage) {
    let Some(first) = addresses.first() else { return };
    if opening.wanted != 0 && first.port() != opening.wanted {
        terminal::note(&format!("port {} is in use by another program; using {}\n", opening.wanted, first.port()));
    }
    let seen_at: Vec<SocketAddr> = addresses.iter().flat_map(|address| reachable(*address)).collect();
    let path = &opening.path;
    let urls: Vec<String> = seen_at.iter().map(|address| format!("http://{address}{path}")).collect();
    // On stdout, where scripts and editors look for the address; all other talk goes to stderr.
    for url in &urls {
        terminal::data(&format!("{url}\n"));
    }
    if addresses.iter().any(|address| !address.ip().is_loopback()) {
        terminal::talk("warning: everyone on the network can see this site\n");
    }
    if let (true, Some(url)) = (opening.browser, urls.first()) {
        browser(url);
    }
}

/// The addresses that browsers can open: "any address" is none, but this machine's own is, and that on the network.
fn reachable(address: SocketAddr) -> Vec<SocketAddr> {
    if !address.ip().is_unspecified() {
        return vec![address];
    }
    let loopback: IpAddr = if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
    let on_network = network_address(address);
    std::iter::once(loopback).chain(on_network).map(|ip| SocketAddr::new(ip, address.port())).collect()
}

/// This machine's address on the network: the one it would send from. Nothing is sent.
fn network_address(any: SocketAddr) -> Option<IpAddr> {
    let socket = UdpSocket::bind(SocketAddr::new(any.ip(), 0)).ok()?;
    // Addresses for documentation, which belong to nobody: RFC 5737 and RFC 3849.
    let far: IpAddr =
        if any.is_ipv4() { Ipv4Addr::new(192, 0, 2, 1).into() } else { [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1].into() };
    socket.connect((far, 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

/// Opens the browser, when the system has a way to.
fn browser(url: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if let Err(error) = std::process::Command::new(program).arg(url).spawn() {
        terminal::talk(&format!("cannot open the browser with `{program}`: {error}\n"));
    }
}

/// An editor that can open files from a URL. Any other is an error, because its links would silently do nothing.
fn known_editor(name: &str) -> Result<Editor, String> {
    Editor::named(name).ok_or_else(|| format!("cannot open files in `{name}` from a URL; use an editor such as `code`"))
}
