//! Playbooks, as their readers meet them.
//! In: a small programme, built by the program. Out: what strips and overviews are on a narrow screen, by keyboard
//! and without scripts.
//! Never knows: how pages are made.

use crate::site::build;
use crate::tab::tab;

const PROJECT: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\n"),
    ("content/index.md", "# Partners\n\n```{template-matrix}\n```\n"),
    ("content/templates/pitch.md", "# Pitch\n"),
    ("content/templates/terms.md", "# Terms\n"),
    (
        "playbooks/recruit.yaml",
        "name: Recruit\nnext_playbook: renew\nwarnings: [\"Ask **legal** first\"]\nsteps:\n\
         - name: Compare with the ideal partner profile\n  template: templates/pitch.md\n  prompt: Compare it.\n\
         - name: Qualify\n- name: Hold the discovery call\n  template: templates/terms.md\n\
         - name: Pitch\n  template: templates/pitch.md\n- name: Sign\n  template: templates/terms.md\n",
    ),
    (
        "playbooks/renew.yaml",
        "name: Renew\nnext_playbook: renew\nsteps:\n- name: Talk\n  template: templates/terms.md\n",
    ),
];

/// The steps of the first strip of a page, in the order in which they are read.
const STEPS: &str = "[...document.querySelector('main ol.flow').children]";

#[test]
fn a_strip_wraps_on_a_narrow_screen_and_keeps_its_order() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.is_wide(320);
    tab.open(&format!("{address}/playbooks/recruit/"));
    assert_eq!(tab.eval("document.documentElement.scrollWidth <= 320"), true, "nothing makes the page wider");
    let places =
        tab.eval(&format!("{STEPS}.map(step => step.getBoundingClientRect()).map(at => [at.top, at.left, at.right])"));
    let places: Vec<Vec<f64>> = places
        .as_array()
        .unwrap()
        .iter()
        .map(|at| at.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect())
        .collect();
    assert_eq!(places.len(), 5);
    assert!(places.iter().all(|at| at[1] >= 0.0 && at[2] <= 320.0), "{places:?}");
    // Each step is below the one before, or right of it on the same line.
    let in_order = |pair: &[Vec<f64>]| pair[1][0] > pair[0][0] || (pair[1][1] > pair[0][1] && pair[1][0] >= pair[0][0]);
    assert!(places.windows(2).all(in_order), "{places:?}");
    assert!(places[4][0] > places[0][0], "five steps do not fit on one line");
}

#[test]
fn a_strip_is_a_list_and_marks_the_step_that_the_reader_is_at() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/templates/pitch/"));
    assert_eq!(tab.eval(&format!("document.querySelector('main ol.flow').tagName + {STEPS}.length")), "OL5");
    assert_eq!(
        tab.eval(&format!("{STEPS}.map(step => step.getAttribute('aria-current'))")),
        serde_json::json!(["step", null, null, null, null])
    );
    let second = "document.querySelectorAll('main .used-by details')[1]";
    assert_eq!(tab.eval(&format!("{second}.querySelector('[aria-current=step]').textContent")), "Pitch");
    assert_eq!(tab.eval(&format!("{second}.querySelector('summary').textContent.trim()")), "Step 4 of 5 in Recruit");
}

#[test]
fn a_strip_is_walked_through_by_keyboard() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/playbooks/recruit/"));
    tab.eval(&format!("{STEPS}[0].querySelector('a').focus()"));
    for step in 1..5 {
        tab.press("Tab");
        tab.until(&format!("{STEPS}[{step}].contains(document.activeElement)"));
    }
    tab.press("Enter");
    tab.until("document.title.startsWith('Terms')");
}

#[test]
fn a_playbook_is_read_without_scripts() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.without_scripts();
    tab.open(&format!("{address}/playbooks/recruit/"));
    assert_eq!(tab.eval("document.querySelector('main .callout strong').textContent"), "legal");
    tab.click("main ol.flow li:nth-child(2) a");
    tab.until("location.hash === '#qualify'");
    tab.click("main .onward a");
    tab.until("document.title.startsWith('Renew')");
    tab.open(&format!("{address}/playbooks/"));
    tab.click("main .map a[href$='renew/'] text");
    tab.until("document.title.startsWith('Renew')");
    tab.open(&format!("{address}/"));
    tab.click("main .matrix td a[href$='recruit/#pitch']");
    tab.until("location.hash === '#pitch' && document.title.startsWith('Recruit')");
}
