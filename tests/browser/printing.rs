//! What comes out of a printer.
//! In: a site with a page of every kind. Out: sheets of paper, and what is shown on them.
//! Never knows: how documents are made.

use crate::everywhere::EVERY_KIND;
use crate::site::build;
use crate::tab::tab;

#[test]
fn each_chapter_of_a_document_begins_on_a_sheet_of_its_own() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(EVERY_KIND);
    tab.open(&format!("{address}/playbooks/recruit/"));
    tab.click(".provenance a[href$='print/playbooks/recruit/']");
    // The page that leads there is called Recruit as well.
    tab.until("location.pathname.startsWith('/print/') && document.readyState === 'complete'");
    assert_eq!(tab.eval("document.querySelectorAll('.chapter').length"), 3);
    // The cover, the contents, the playbook, and its two templates.
    assert_eq!(tab.sheets(), 5);
    tab.click(".contents a[href='#d3']");
    tab.until("document.querySelector('#d3').matches(':target')");
}

#[test]
fn nothing_is_folded_on_paper_even_without_scripts() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(EVERY_KIND);
    tab.without_scripts();
    tab.open(&format!("{address}/guide/"));
    let shown = |text: &str| {
        tab.eval(&format!(
            "[...document.querySelectorAll('main :is(p, div, section)')].find(element => !element.children.length && \
             element.textContent.includes('{text}')).checkVisibility({{ contentVisibilityAuto: true }})"
        ))
    };
    assert_eq!(shown("Folded."), false, "on the screen it is folded");
    tab.on_paper();
    for text in ["Folded.", "We write.", "They sign."] {
        assert_eq!(shown(text), true, "{text}");
    }
    assert_eq!(tab.eval("document.querySelector('.bar').checkVisibility()"), false, "what leads about stays away");
}
