//! A browser for tests: one headless Chromium for all tests that run at the same time.
//! In: an installed Chromium. Out: tabs, and ways to wait for what they show.
//! Never knows: what is on the pages.
//!
//! Where no Chromium is installed the tests say so and pass, unless skips are forbidden.

use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use headless_chrome::browser::tab::point::Point;
use headless_chrome::protocol::cdp::Emulation::{self, MediaFeature};
use headless_chrome::protocol::cdp::Target::CreateTarget;
use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::{Browser, LaunchOptions};
use serde_json::Value;

use crate::missing::skipped;

/// Longer than any page takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Nothing of a test may depend on, or tell, the world outside.
const ARGUMENTS: [&str; 6] = [
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--no-pings",
    "--no-proxy-server",
    "--hide-scrollbars",
];

/// The browser that tests running now share. The last of them closes it: a static would outlive the tests, and its
/// process with it.
static SHARED: Mutex<Weak<Browser>> = Mutex::new(Weak::new());

/// A tab of its own for one test.
pub(crate) struct Tab {
    tab: Arc<headless_chrome::Tab>,
    // Dropped last: the browser lives while a tab does.
    _browser: Arc<Browser>,
}

/// An empty tab; `None`, said aloud, where no browser is installed.
///
/// # Panics
/// When there must be a browser and there is none, or when it does not start.
pub(crate) fn tab() -> Option<Tab> {
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let browser = if let Some(running) = shared.upgrade() {
        running
    } else {
        let browser = Arc::new(launch(installed()?));
        *shared = Arc::downgrade(&browser);
        browser
    };
    // A window of its own: tabs behind another are hidden, and hidden tabs do not follow changes.
    let tab = browser.new_tab_with_options(window()).expect("a browser that runs opens tabs");
    Some(Tab { tab, _browser: browser })
}

fn window() -> CreateTarget {
    CreateTarget {
        url: "about:blank".to_owned(),
        left: None,
        top: None,
        width: Some(1200),
        height: Some(900),
        window_state: None,
        browser_context_id: None,
        enable_begin_frame_control: None,
        new_window: Some(true),
        background: None,
        for_tab: None,
        hidden: None,
    }
}

/// The browser on this machine.
fn installed() -> Option<PathBuf> {
    let named = env::var_os("CHROME").map(PathBuf::from);
    let folders: Vec<PathBuf> = env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    let usual = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let found = named.into_iter().chain(usual).find(|path| path.is_file());
    if found.is_none() {
        skipped("no Chromium is installed (set CHROME to its path)");
    }
    found
}

fn launch(path: PathBuf) -> Browser {
    let options = LaunchOptions::default_builder()
        .path(Some(path))
        // Root, as in a container, may not have a sandbox; the pages are our own.
        .sandbox(false)
        .args(ARGUMENTS.iter().map(OsStr::new).collect())
        .window_size(Some((1200, 900)))
        .idle_browser_timeout(PATIENCE * 10)
        .build()
        .expect("the options are complete");
    Browser::new(options).expect("an installed Chromium starts")
}

impl Tab {
    /// Opens an address and waits until its document is complete.
    pub(crate) fn open(&self, url: &str) {
        self.tab.navigate_to(url).expect("a tab takes an address");
        self.until(&format!("location.href === {} && document.readyState === 'complete'", Value::from(url)));
    }

    /// Opens an address that may lead on to another.
    pub(crate) fn visit(&self, url: &str) {
        self.tab.navigate_to(url).expect("a tab takes an address");
    }

    /// What a script evaluates to; promises are awaited.
    pub(crate) fn eval(&self, script: &str) -> Value {
        self.try_eval(script).unwrap_or_else(|| panic!("this script has no value: {script}"))
    }

    fn try_eval(&self, script: &str) -> Option<Value> {
        let script = format!("Promise.resolve({script}).then(value => JSON.stringify(value ?? null))");
        let json = self.tab.evaluate(&script, true).ok()?.value?;
        serde_json::from_str(json.as_str()?).ok()
    }

    /// Waits until a script is true; between two pages it may have no value.
    ///
    /// # Panics
    /// When that does not happen.
    pub(crate) fn until(&self, script: &str) {
        let end = Instant::now() + PATIENCE;
        while self.try_eval(script) != Some(Value::Bool(true)) {
            let seen = || self.eval("`${location.href}\\n${document.body.innerText.slice(0, 2000)}`");
            assert!(Instant::now() < end, "this did not become true: {script}\n{}", seen());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Presses a key: `Tab`, `Escape`, `Enter`.
    pub(crate) fn press(&self, key: &str) {
        self.tab.press_key(key).unwrap_or_else(|error| panic!("no key `{key}`: {error}"));
    }

    /// Clicks the first element of a selector, with the mouse: what lies over it gets the click instead.
    pub(crate) fn click(&self, selector: &str) {
        let selector = Value::from(selector);
        self.until(&format!("document.querySelector({selector}) !== null"));
        // Until a page has come to rest, what is to be clicked still moves, and a transition takes the click.
        self.until("document.readyState === 'complete' && document.getAnimations().length === 0");
        self.until("(() => { const before = window.wasAt; window.wasAt = scrollY; return before === scrollY })()");
        let centre = self.eval(&format!(
            "(() => {{
                const element = document.querySelector({selector});
                element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
                const {{ x, y, width, height }} = element.getClientRects()[0];
                return [x + width / 2, y + height / 2];
            }})()"
        ));
        let [x, y] = [0, 1].map(|at| centre[at].as_f64().expect("what is shown has a place"));
        self.tab.click_point(Point { x, y }).unwrap_or_else(|error| panic!("no click on {selector}: {error}"));
    }

    /// From now on errors of scripts, and all that the browser logs as one, are written down.
    pub(crate) fn listen_for_complaints(&self, complaints: &Arc<Mutex<Vec<String>>>) {
        let complaints = Arc::clone(complaints);
        let note = move |text: String| complaints.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        self.tab.enable_log().and_then(headless_chrome::Tab::enable_runtime).expect("Chromium keeps a log");
        let listener = move |event: &Event| match event {
            Event::LogEntryAdded(entry) => {
                let entry = &entry.params.entry;
                note(format!("{} {}", entry.text, entry.url.as_deref().unwrap_or_default()));
            }
            Event::RuntimeExceptionThrown(thrown) => note(thrown.params.exception_details.text.clone()),
            _ => {}
        };
        self.tab.add_event_listener(Arc::new(listener)).expect("a tab has listeners");
    }

    /// From now on pages run no scripts.
    pub(crate) fn without_scripts(&self) {
        self.tab.call_method(Emulation::SetScriptExecutionDisabled { value: true }).expect("Chromium can do without");
    }

    /// The window is this large, in CSS pixels.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let metrics = Emulation::SetDeviceMetricsOverride {
            width,
            height,
            device_scale_factor: 1.0,
            mobile: false,
            scale: None,
            screen_width: None,
            screen_height: None,
            position_x: None,
            position_y: None,
            dont_set_visible_size: None,
            screen_orientation: None,
            viewport: None,
            display_feature: None,
            device_posture: None,
        };
        self.tab.call_method(metrics).expect("a window has a size");
    }

    /// The window is this wide, in CSS pixels, as on a telephone.
    pub(crate) fn is_wide(&self, width: u32) {
        self.resize(width, 800);
    }

    /// How many sheets of paper the page takes.
    pub(crate) fn sheets(&self) -> usize {
        let pdf = self.tab.print_to_pdf(None).expect("Chromium prints");
        let text = String::from_utf8_lossy(&pdf);
        text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
    }

    /// From now on pages look as they do on paper.
    pub(crate) fn on_paper(&self) {
        let media = Emulation::SetEmulatedMedia { media: Some("print".to_owned()), features: None };
        self.tab.call_method(media).expect("Chromium knows paper");
    }

    /// The reader's system is set to `dark` or `light`.
    pub(crate) fn prefers(&self, scheme: &str) {
        let feature = MediaFeature { name: "prefers-color-scheme".to_owned(), value: scheme.to_owned() };
        let media = Emulation::SetEmulatedMedia { media: None, features: Some(vec![feature]) };
        self.tab.call_method(media).expect("Chromium knows colour schemes");
    }
}
