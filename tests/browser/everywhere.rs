//! A page of every kind, at every width, in both schemes, with everything open that opens.
//! In: a small site that has one page of each kind. Out: what no page may do: move while it loads, scroll sideways,
//! complain, ask elsewhere, or keep anybody out.
//! Never knows: what the pages are about.

use std::sync::{Arc, Mutex, PoisonError};

use crate::axe;
use crate::site::{Project, build};
use crate::tab::{Tab, tab};

const WIDTHS: [u32; 4] = [360, 768, 1280, 1920];
/// What opens is the same on every page: these stand for all, one with the most on it, one with a form.
const OPENED: [&str; 2] = ["/guide/", "/templates/pitch/"];

/// A page of every kind.
pub(crate) const PAGES: [&str; 13] = [
    "/",
    "/guide/",
    "/map/",
    "/templates/pitch/",
    "/playbooks/",
    "/playbooks/recruit/",
    "/tags/",
    "/search/",
    "/404.html",
    "/print/",
    "/print/playbooks/recruit/",
    // A page of words that do not break, and the one whose last line leads to it.
    "/words/",
    "/templates/terms/",
];

pub(crate) const EVERY_KIND: Project = &[
    (
        "book.toml",
        "[book]\ntitle = \"Acme Partners\"\ndescription = \"How we work with partners.\"\nlanguage = \"en\"\n\
         [output.html]\ngit-repository-url = \"https://github.com/acme/partners\"\n\
         edit-url-template = \"https://github.com/acme/partners/edit/main/{path}\"\n\
         [theme]\nannouncement = \"The [map](map.md) is new.\"\nfooter = \"© Acme\"\n\
         [[theme.link]]\ntext = \"Guide\"\nhref = \"guide.md\"\n\
         [[theme.social]]\nicon = \"github\"\nhref = \"https://github.com/acme\"\ntext = \"GitHub\"\n\
         [templates.placeholders]\npartner = \"[Partner]\"\n",
    ),
    (
        "content/SUMMARY.md",
        "# Summary\n\n[Home](index.md)\n\n# Work\n\n- [Guide](guide.md)\n- [The way](map.md)\n- [Tags](tags.md)\n\n# Documents\n\n\
         - [Pitch](templates/pitch.md)\n- [Terms](templates/terms.md)\n- [Steamers](words.md)\n",
    ),
    ("content/tags.md", "# Tags\n\n[TAGS]\n"),
    (
        "content/words.md",
        "# Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\n\nNobody breaks it: \
         https://example.org/donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft.\n\n\
         ## Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft\n\n\
         ## The next one is as long, and is called by many words instead of one, which are to be read as well\n",
    ),
    (
        "content/index.md",
        "---\nlayout: landing\nhide: [navigation, toc]\n---\n\n<div class=\"hero\">\n\n# Acme Partners\n\n**How we work.**\n\n\
         <div class=\"cta-buttons\">\n<a class=\"cta-button primary\" href=\"guide.md\">Begin</a>\n</div>\n\n</div>\n\n\
         <div class=\"grid\">\n\n<div class=\"card\">\n\n## New here?\n\nBegin with the [map](map.md).\n\n</div>\n\n</div>\n",
    ),
    (
        "content/guide.md",
        "---\ntags: [start]\n---\n\n# Guide\n\nFind *partners* who `fit`.\n\n## A list\n\n- [ ] Ask\n- [x] Answer\n\n!!! warning \"Mind\"\n    \
         Nobody likes to wait.\n\n??? note \"More\"\n    Folded.\n\n=== \"We\"\n    We write.\n\n=== \"They\"\n    They sign.\n\n### Deeper\n\n\
         | A very long head that does not break | Another | And one more | And yet another |\n|---|---|---|---|\n| `averylongwordthatcannotbreakanywhere` | b | c | d |\n\n\
         ```sh\ngit clone https://example.org/acme/partners/with/a/path/that/is/longer/than/any/telephone/is/wide\n```\n\n## The end\n\n[^1] said so.\n\n[^1]: Somebody.\n",
    ),
    (
        "content/templates/pitch.md",
        "---\ntier: gold\ntags: [start]\n---\n\n# Pitch\n\nWhat we offer [Partner].\n\n## Offer\n\nMuch.\n",
    ),
    ("content/templates/terms.md", "# Terms\n\nWhat both sides sign.\n"),
    (
        "content/map.md",
        "# The way\n\n\
         ```mermaid\nflowchart LR\n  subgraph P[\"Partner\"]\n    P1[\"Ask\"]\n  end\n  subgraph U[\"Us\"]\n    U1[\"Pitch\"]\n  end\n  \
         P1 -->|\"first call\"| U1\n```\n\n\
         | ID | Step | Who | First action |\n|---|---|---|---|\n\
         | P1 | Ask | Partner | [Guide](guide.md) |\n| U1 | Pitch | Us | [Pitch](templates/pitch.md) |\n",
    ),
    (
        "playbooks/recruit.yaml",
        "name: Recruit\ndescription: From a name to a partner.\nsteps:\n\
         - name: Pitch\n  template: templates/pitch.md\n  prompt: Write it.\n\
         - name: Agree\n  template: templates/terms.md\n  prompt: Write them.\nsuccess_criteria:\n- They sign.\n",
    ),
];

/// Everything that must be true of a page as it is shown now, as one list of what is not.
const FAULTS: &str = "(async () => {
    const faults = [];
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) faults.push(`scrolls sideways: ${page.scrollWidth} in ${page.clientWidth}`);
    const heads = document.querySelectorAll('h1').length;
    if (heads !== 1) faults.push(`${heads} first-level headings`);
    const marks = [...document.querySelectorAll('main, header.bar, footer.foot, nav, aside[aria-label]')];
    const names = marks.map(mark => mark.localName + ' ' +
        (mark.ariaLabel ?? document.getElementById(mark.getAttribute('aria-labelledby'))?.textContent ?? ''));
    for (const name of names.filter((name, at) => names.indexOf(name) !== at)) faults.push(`two landmarks: ${name}`);
    const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
    for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) faults.push(`two ids: ${id}`);
    const moved = await new Promise(done => {
        let sum = 0;
        const watch = new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value; });
        watch.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 60);
    });
    if (moved >= 0.005) faults.push(`moves while it loads: ${moved}`);
    for (const { name } of performance.getEntriesByType('resource')) {
        if (!name.startsWith(location.origin)) faults.push(`asks elsewhere: ${name}`);
    }
    return faults;
})()";

/// What stands open on a page.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Open {
    Nothing,
    Drawer,
    Search,
    Keys,
}

impl Open {
    const ALL: [Self; 4] = [Self::Nothing, Self::Drawer, Self::Search, Self::Keys];

    /// Opens it; `false` where a page at this width has none.
    fn on(self, tab: &Tab) -> bool {
        match self {
            Self::Nothing => {}
            Self::Drawer => {
                if tab.eval("document.querySelector('.drawer-button')?.checkVisibility() ?? false") == false {
                    return false;
                }
                tab.click(".drawer-button");
                tab.until("document.querySelector('#pd-nav').matches(':popover-open')");
            }
            Self::Search => {
                tab.press("/");
                tab.until(
                    "document.querySelector('dialog.find[open]') !== null && partnerDocsSearch.find !== undefined",
                );
                tab.eval("(() => { const field = document.querySelector('dialog.find input'); field.value = 'pitch'; field.dispatchEvent(new Event('input')); })()");
                tab.until("document.querySelector('.find-page') !== null");
            }
            Self::Keys => {
                tab.press("?");
                tab.until("document.querySelector('dialog.keys[open]') !== null");
            }
        }
        // Colours that still change are no colours to judge.
        tab.until("document.getAnimations().every(animation => animation.playState !== 'running')");
        true
    }
}

/// All that is wrong with all pages, in this scheme, where `judge` says what is wrong with one.
fn walk(
    tab: &Tab,
    address: &str,
    (scheme, widths): (&str, &[u32]),
    judge: impl Fn(&Tab) -> Vec<String>,
) -> Vec<String> {
    let mut faults = Vec::new();
    tab.prefers(scheme);
    for (page, width) in PAGES.iter().flat_map(|page| widths.iter().map(move |width| (page, *width))) {
        tab.is_wide(width);
        let opened = if OPENED.contains(page) { &Open::ALL[..] } else { &[Open::Nothing] };
        for &open in opened {
            tab.open(&format!("{address}{page}"));
            if open.on(tab) {
                let found = judge(tab).into_iter();
                faults.extend(found.map(|fault| format!("{page} {width} {scheme} {open:?}: {fault}")));
            }
        }
    }
    faults
}

fn faults(tab: &Tab) -> Vec<String> {
    let found = tab.eval(FAULTS);
    found.as_array().into_iter().flatten().filter_map(|fault| fault.as_str().map(str::to_owned)).collect()
}

#[test]
fn no_page_moves_scrolls_sideways_asks_elsewhere_or_complains() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(EVERY_KIND);
    let complaints = Arc::new(Mutex::new(Vec::new()));
    tab.listen_for_complaints(&complaints);
    for scheme in ["light", "dark"] {
        assert_eq!(walk(&tab, &address, (scheme, &WIDTHS), faults), Vec::<String>::new());
    }
    assert_eq!(*complaints.lock().unwrap_or_else(PoisonError::into_inner), Vec::<String>::new());
}

#[test]
fn axe_finds_nothing_in_the_light() {
    axe_finds_nothing("light");
}

#[test]
fn axe_finds_nothing_in_the_dark() {
    axe_finds_nothing("dark");
}

fn axe_finds_nothing(scheme: &str) {
    let Some(script) = axe::script() else { return };
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(EVERY_KIND);
    // The layouts of a telephone and of a desk; between them only sizes change.
    let faults = walk(&tab, &address, (scheme, &[360, 1280]), |tab| axe::violations(tab, &script));
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_page_reads_and_navigates_without_scripts() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(EVERY_KIND);
    tab.without_scripts();
    // Documents to print lead back, and nowhere else.
    for page in PAGES.iter().filter(|page| !page.starts_with("/print/")) {
        tab.is_wide(360);
        tab.open(&format!("{address}{page}"));
        assert_eq!(tab.eval("document.querySelector('h1').checkVisibility()"), true, "{page}");
        tab.click(".search");
        tab.until("location.pathname === '/search/'");
        tab.open(&format!("{address}{page}"));
        if tab.eval("document.querySelector('.drawer-button') !== null") == true {
            tab.click(".drawer-button");
            tab.until("document.querySelector('#pd-nav a[href]:not(.brand)').checkVisibility()");
        }
    }
    // What scripts make to tabs are sections with their names, all of them there.
    tab.open(&format!("{address}/guide/"));
    assert_eq!(
        tab.eval("['We write', 'They sign'].every(text => document.querySelector('main').innerText.includes(text))"),
        true
    );
}
