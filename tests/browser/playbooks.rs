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
fn a_strip_scrolls_on_a_narrow_screen_and_shows_the_step_that_the_reader_is_at() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.is_wide(320);
    tab.open(&format!("{address}/playbooks/recruit/"));
    assert_eq!(tab.eval("document.documentElement.scrollWidth <= 320"), true, "nothing makes the page wider");
    let tops = tab.eval(&format!("new Set({STEPS}.map(step => step.getBoundingClientRect().top)).size"));
    assert_eq!(tops, 1, "all steps are on one line");
    // The document of the third step: it is in sight, whatever comes before.
    tab.open(&format!("{address}/templates/terms/"));
    let at = "document.querySelector('main .flow > [aria-current]').getBoundingClientRect()";
    assert_eq!(tab.eval(&format!("{at}.left >= 0 && {at}.right <= 320")), true);
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
    let more = "document.querySelector('main .used-by details')";
    assert_eq!(tab.eval(&format!("{more}.querySelector('summary').textContent.trim()")), "1 more playbook");
    assert_eq!(tab.eval(&format!("{more}.querySelector('[aria-current=step]').textContent")), "Pitch");
    assert_eq!(tab.eval(&format!("{more}.querySelector('p').textContent.trim()")), "Step 4 of 5 in Recruit");
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
