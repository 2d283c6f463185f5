//! `partner-docs serve`: the site while it is written.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::arguments::ServeOptions;
use super::{Outcome, project, terminal};
use crate::pipeline::{Drafts, Linked};
use crate::report::{self, Known};
use crate::serve::project::Project;
use crate::serve::watch::Method;
use crate::serve::{self, Options, Port, Said, Stop, overlay::Editor};
use crate::text::Sources;

/// The port when none is asked for.
const DEFAULT_PORT: u16 = 4100;

/// Serves a project until the user stops it.
pub(super) fn run(options: &ServeOptions) -> Outcome {
    let session = project::session(&options.project, Drafts::Shown);
    let live = match Project::open(session, Box::new(reporter())) {
        Ok(live) => Arc::new(live),
        Err(error) => {
            terminal::talk(&format!("error: {error}\n"));
            return Outcome::CannotRun;
        }
    };
    terminal::talk(&live.report());
    let stop = Stop::default();
    if let Err(error) = stop.on_signals() {
        terminal::talk(&format!("warning: Ctrl-C ends the program without a goodbye: {error}\n"));
    }
    let settings = Options {
        host: options.host,
        port: options.port.map_or(Port::From(DEFAULT_PORT), Port::Exactly),
        method: if options.poll { Method::Polling } else { Method::Events },
        editor: editor(),
        root: live.root(),
    };
    let open = options.open;
    match serve::run(live, &settings, &stop, |event| tell(event, open)) {
        Ok(()) => Outcome::Done,
        Err(error) => {
            terminal::talk(&format!("error: {error}\n"));
            Outcome::CannotRun
        }
    }
}

/// The editor that `VISUAL` or `EDITOR` names, when it opens files by address.
#[expect(clippy::disallowed_methods, reason = "cli reads the environment, once")]
fn editor() -> Option<Editor> {
    ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok()).find_map(|name| Editor::named(&name))
}

/// Says all at first, and then only what is new or gone: a terminal that scrolls at each save is not read.
fn reporter() -> impl Fn(&Linked, &Sources, Duration) -> String {
    let last: Mutex<Option<Known>> = Mutex::default();
    move |linked, sources, took| {
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let summary = project::summary(linked.counts, &linked.found, milliseconds);
        let now = Known::of(&linked.found, sources);
        let before = last.lock().unwrap_or_else(PoisonError::into_inner).replace(now.clone());
        let Some(before) = before else {
            return report::human(&linked.found, sources, &summary, terminal::style());
        };
        let news = before.news(&linked.found, sources);
        before.gone(&now) + &report::human(&news, sources, &summary, terminal::style())
    }
}

fn tell(event: Said<'_>, open: bool) {
    match event {
        Said::Listening(addresses) => listening(addresses, open),
        Said::Polling(error) => terminal::talk(&format!("files are looked at again and again: {error}\n")),
        Said::Refreshed(refresh) => terminal::talk(&refresh.report),
    }
}

fn listening(addresses: &[SocketAddr], open: bool) {
    for address in addresses {
        terminal::data(&format!("http://{address}/\n"));
        if !address.ip().is_loopback() {
            terminal::talk("warning: everybody on the network can see this site\n");
        }
    }
    if let (true, Some(address)) = (open, addresses.first()) {
        browser(&format!("http://{address}/"));
    }
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
