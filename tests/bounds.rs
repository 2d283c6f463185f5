//! What a few bytes can make of a project: bounds that count, and the finding that says so.
//! In: projects made here that go beyond a bound. Out: nothing, or a bound that does not hold or is silent.

mod support;

use support::site::{Built, inline};

/// Findings that are not of these rules.
fn found_besides<'b>(built: &'b Built, rules: &[&str]) -> Vec<&'b str> {
    let is_other = |finding: &&str| !rules.iter().any(|rule| finding.starts_with(rule));
    built.found.iter().map(String::as_str).filter(is_other).collect()
}

#[test]
fn variables_add_so_much_to_a_page_and_no_more() {
    let settings = format!("[variables]\nterms = \"{}\"\n", "word ".repeat(20_000));
    let text = format!("# Home\n\n{}", "{{ terms }}\n".repeat(2_000));
    let built = inline(&[("book.toml", &settings), ("content/index.md", &text)]);
    assert_eq!(built.found, ["variable/too-much content/index.md:44"]);
    let page = built.text("index.html");
    assert!(page.len() < 5 << 20, "{}", page.len());
    assert_eq!(page.matches("{{ terms }}").count(), 2_000 - 41, "names beyond the bound stay as they are");
}

#[test]
fn variables_add_so_much_to_all_texts_of_a_playbook_together() {
    let settings = format!("[variables]\nterms = \"{}\"\n[playbooks]\ndir = \"playbooks\"\n", "word ".repeat(20_000));
    let steps: String = (0..100)
        .map(|step| format!("  - name: Step {step}\n    prompt: \"{{{{ terms }}}}\"\n    checklist:\n      - \"{{{{ terms }}}}\"\n"))
        .collect();
    let playbook = format!("name: Recruit\nsteps:\n{steps}");
    let built =
        inline(&[("book.toml", &settings), ("content/index.md", "# Home\n"), ("playbooks/recruit.yaml", &playbook)]);
    assert_eq!(found_besides(&built, &["variable/too-much"]), [""; 0]);
    assert!(!built.found.is_empty());
    assert!(built.text("playbooks/recruit/index.html").len() < 10 << 20);
}
