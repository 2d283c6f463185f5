//! What a step says of itself, on the pages that show it.

use super::support::site::inline;
use super::{between, strips};

#[test]
fn a_step_says_who_does_it_when_and_after_what() {
    let built = inline(&[
        ("book.toml", "[playbooks.schema]\nregion = { values = [\"EMEA\"] }\n"),
        ("content/index.md", "```{playbook-overview}\n:as: table\n```\n\n```{playbook-steps} sign\n:as: table\n```\n"),
        ("playbooks/apply.yaml", "order: 1\nsteps: [Ask]\n"),
        (
            "playbooks/sign.yaml",
            "name: Sign\nowner: Alliances\nversion: 2.1\nlast_reviewed: 2026-10-02\nregion: EMEA\nsteps:\n  - Talk\n  \
             - name: Agree\n    description: Write it *down*.\n    owner: [Partner manager, Sales]\n    \
             accountable: Head\n    consulted: [Legal]\n    inputs: Prices\n    outputs: [A list]\n    optional: true\n    \
             when: for resellers\n  - name: File\n    depends_on: [agree, 1]\n",
        ),
    ]);
    assert_eq!(built.found, [""; 0]);
    let page = built.text("playbooks/sign/index.html");
    for shown in [
        "Kept by Alliances",
        "Version 2.1",
        "Last reviewed 2026-10-02",
        "<dt>Region</dt><dd>EMEA</dd>",
        "Partner manager, Sales",
        "<li>Optional</li>",
        "When: for resellers",
        "Write it <em>down</em>.",
        "<dt>Accountable</dt><dd>Head</dd>",
        "<dt>Consulted</dt><dd>Legal</dd>",
        "<li>Prices</li>",
        "<li>A list</li>",
        "After: <a href=\"#agree\">Agree</a>, <a href=\"#talk\">Talk</a>",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let home = built.text("index.html");
    assert!(home.contains("<td>Write it <em>down</em>.</td><td>Partner manager, Sales</td>"), "{home}");
    let names: Vec<&str> = between(home, "<tr><td><a href=\"playbooks/", "</a>");
    assert_eq!(
        names.iter().map(|name| name.rsplit('>').next()).collect::<Vec<_>>()[..2],
        [Some("apply"), Some("Sign")]
    );
}

#[test]
fn a_template_may_be_on_the_web_or_a_section_of_a_page() {
    let built = inline(&[
        ("content/legal/nda.md", "# NDA\n\n## Terms\n"),
        (
            "playbooks/sign.yaml",
            "name: Sign\nsteps:\n  - name: Apply\n    template: https://drive.example/forms/apply%20now.docx?web=1\n  \
             - name: Agree\n    template: legal/nda.md#terms\n",
        ),
    ]);
    assert_eq!(built.found, [""; 0]);
    let page = built.text("playbooks/sign/index.html");
    assert!(
        page.contains("<a href=\"https://drive.example/forms/apply%20now.docx?web=1\">apply now.docx</a>"),
        "{page}"
    );
    assert!(page.contains("<a href=\"../../legal/nda/#terms\">NDA: Terms</a>"), "{page}");
    // A strip stays inside the site.
    assert_eq!(strips(page)[0], ["#apply", "../../legal/nda/#terms"]);
}
