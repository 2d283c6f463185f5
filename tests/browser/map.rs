//! A map, as readers meet it: with the mouse, with the keyboard, on a phone, on paper.
//! In: a page with a map as wide as a real team's. Out: what is in view, what has the focus, what assistive technology
//! is told.
//! Never knows: how maps are laid out.
//!
//! Where `AXE_CORE` is the path of axe-core's script, pages are held against its rules as well.

use crate::axe;
use crate::site::{Project, build};
use crate::tab::{Tab, tab};

/// A map that a table draws by itself, wider than most windows.
const WIDE: Project = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\n"),
    ("content/index.md", "# Partners\n"),
    ("content/recruit.md", "# Recruiting\n"),
    ("content/templates/pitch.md", "# Pitch\n"),
    ("content/templates/terms.md", "# Terms\n"),
    (
        "content/wide.md",
        "# The long way\n\n\
         | ID | Step | Who | Next | Why | First action |\n|---|---|---|---|---|---|\n\
         | A1 | Find partners who fit | Us | A2 | Fit first. | [Recruiting](recruit.md) |\n\
         | A2 | Call them once | Partner | A3 | They talk. | [Recruiting](recruit.md) |\n\
         | A3 | Offer what we have | Us | A4 (agreed), A1 (declined) | | [Pitch](templates/pitch.md) |\n\
         | A4 | Sign what both want | Legal | A5 | | [Terms](templates/terms.md) |\n\
         | A5 | Train the first team | Us | A6 | | [Recruiting](recruit.md) |\n\
         | A6 | Sell the first deal | Partner | A7 | | [Recruiting](recruit.md) |\n\
         | A7 | Review what came of it | Us | A8 | | [Recruiting](recruit.md) |\n\
         | A8 | Write down all of it | Us | | | [Pitch](templates/pitch.md) |\n",
    ),
];

fn open_wide() -> Option<(Tab, impl Drop)> {
    let tab = tab()?;
    let (address, server, folder) = build(WIDE);
    tab.open(&format!("{address}/wide/"));
    Some((tab, Kept(Some((server, folder)))))
}

/// What must live as long as a test.
struct Kept<T>(Option<T>);

impl<T> Drop for Kept<T> {
    fn drop(&mut self) {
        self.0.take();
    }
}

#[test]
fn the_keyboard_walks_through_the_steps_in_the_order_of_the_table() {
    let Some((tab, _kept)) = open_wide() else { return };
    tab.eval("document.querySelector('.map-frame').focus()");
    let mut walked = Vec::new();
    for _ in 0..8 {
        tab.press("Tab");
        walked.push(tab.eval("document.activeElement.closest('.pd-node')?.dataset.node").as_str().map(str::to_owned));
    }
    let rows = tab.eval("[...document.querySelectorAll('tbody tr')].map(row => row.cells[0].innerText)");
    let rows: Vec<_> = rows.as_array().unwrap().iter().map(|id| id.as_str().map(str::to_owned)).collect();
    assert_eq!(walked, rows);
    tab.press("Enter");
    tab.until("location.pathname === '/templates/pitch/'");
}

#[test]
fn pointing_at_a_step_lights_the_ways_to_it_and_from_it() {
    let Some((tab, _kept)) = open_wide() else { return };
    tab.eval("document.querySelector('.pd-node[data-node=A2] a').focus()");
    let lit = "[...document.querySelectorAll('.pd-node.lit')].map(node => node.dataset.node)";
    assert_eq!(tab.eval(lit), serde_json::json!(["A1", "A2", "A3"]));
    tab.eval("document.activeElement.blur()");
    assert_eq!(tab.eval("document.querySelectorAll('.lit, .tracing').length"), 0);
}

#[test]
fn the_titles_of_lanes_stay_in_view_while_a_wide_map_scrolls() {
    let Some((tab, _kept)) = open_wide() else { return };
    tab.resize(700, 900);
    let place = "(() => { const frame = document.querySelector('.map-frame'); \
                 const titles = document.querySelector('.map-titles').getBoundingClientRect(); \
                 const drawn = document.querySelector('.pd-map').getBoundingClientRect(); \
                 const edge = frame.getBoundingClientRect().x; \
                 return [frame.scrollLeft > 100, Math.abs(titles.x - edge) < 2, drawn.x < edge - 100, \
                 Math.abs(titles.height - drawn.height) < 1]; })()";
    tab.eval("document.querySelector('.map-frame').scrollLeft = 10000");
    assert_eq!(tab.eval(place), serde_json::json!([true, true, true, true]));
}

#[test]
fn on_a_phone_a_list_stands_in_for_the_drawing_and_nothing_scrolls_sideways() {
    let Some((tab, _kept)) = open_wide() else { return };
    tab.resize(320, 640);
    let fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
    assert_eq!(tab.eval(fits), true);
    let shown = "['.map-frame', '.map-steps'].map(part => document.querySelector(part).checkVisibility())";
    assert_eq!(tab.eval(shown), serde_json::json!([false, true]));
    let same = "(() => { const of = selector => [...document.querySelectorAll(selector)].map(link => link.getAttribute('href')); \
                return of('.map-steps a').join() === of('.pd-node a').join(); })()";
    assert_eq!(tab.eval(same), true);
    tab.resize(1200, 900);
    assert_eq!(tab.eval(shown), serde_json::json!([true, false]));
    let Some((tab, _kept)) = open_pitch() else { return };
    tab.resize(320, 640);
    assert_eq!(tab.eval(fits), true, "and so it is where a small map is");
}

fn open_pitch() -> Option<(Tab, impl Drop)> {
    let (tab, kept) = open_wide()?;
    tab.click("main .map a[href$='templates/pitch/'] text");
    tab.until("document.title.startsWith('Pitch')");
    Some((tab, kept))
}

#[test]
fn a_page_that_a_step_opens_shows_where_it_stands() {
    let Some((tab, _kept)) = open_pitch() else { return };
    let step = tab.eval("[...document.querySelectorAll('.here-step b')].map(step => step.innerText)");
    assert!(step.as_array().unwrap().contains(&"Write down all of it".into()), "{step}");
    tab.click(".here-map");
    tab.until("location.hash === '#map-1'");
}

#[test]
fn a_map_is_printed_on_one_sheet() {
    let Some((tab, _kept)) = open_wide() else { return };
    tab.eval("document.querySelector('main').replaceChildren(document.querySelector('figure.map'))");
    assert_eq!(tab.sheets(), 1);
}

#[test]
fn axe_finds_nothing_on_a_map_s_page_nor_where_a_step_leads() {
    let Some(script) = axe::script() else { return };
    let check = |tab: &Tab| assert_eq!(axe::violations(tab, &script), Vec::<String>::new());
    let Some((tab, _kept)) = open_wide() else { return };
    check(&tab);
    tab.resize(320, 640);
    check(&tab);
    let Some((tab, _kept)) = open_pitch() else { return };
    check(&tab);
}
