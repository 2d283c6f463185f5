//! The ids of pages: what the site says that a page has, and what the page has.
//! In: a project with every directive and a map. Out: each id that is in one of the two only.
//! Never knows: what directives look like.

mod support;

use partner_docs::page::directive::table::{Argument, DIRECTIVES, DirectiveKind};
use support::site::{Built, inline};

const STEPS: &str = "name: Recruit a partner\nsteps:\n  - name: Find\n  - name: Sign\n";
const MAP: &str = "```mermaid\nflowchart LR\nsubgraph We\na[Agree]\nb[Sign]\nend\na --> b\n```\n\n\
    | ID | Step | Who |\n|---|---|---|\n| a | Agree | We |\n| b | Sign | We |\n";

fn everything() -> Built {
    let block = |kind: &DirectiveKind| {
        let argument = if kind.argument == Argument::Playbook { " recruit" } else { "" };
        format!("```{}{argument}\n```\n", kind.name)
    };
    let all: Vec<String> = DIRECTIVES.iter().map(block).collect();
    let index = format!(
        "# Home\n\n{}\n{MAP}\n[a](#recruit) [b](#recruit-step-2) [c](#map-1) [d](#map-1-table)\n",
        all.join("\n")
    );
    let other = "# Other\n\n[a](index.md#recruit) [b](index.md#recruit-step-1) [c](playbooks/index.md#recruit)\n\n\
                 ```{swimlane} index.md\n```\n\n[d](#shown-1)\n";
    inline(&[
        ("book.toml", ""),
        ("content/index.md", &index),
        ("content/other.md", other),
        ("playbooks/recruit.yaml", STEPS),
    ])
}

#[test]
fn what_the_site_brings_into_a_page_is_there_once_and_can_be_linked_to() {
    let built = everything();
    assert_eq!(built.found, [""; 0], "every link leads to what is brought");
    for (id, page) in built.linked.site.pages() {
        let file = format!("{}index.html", page.address.as_str().trim_start_matches('/'));
        let Some(file) = built.files.iter().find(|own| own.path == file) else { continue };
        let html = std::str::from_utf8(&file.bytes).expect("a page is UTF-8");
        for brought in &built.linked.site.places(id).brought {
            let count = html.matches(&format!("id=\"{}\"", brought.id)).count();
            assert_eq!(count, 1, "`{}` on {}", brought.id, page.address);
        }
    }
}

#[test]
fn the_theme_takes_no_id_that_a_heading_may_have() {
    let words = "# Main\n\n## Nav\n\n## Outline\n\n## Outline title\n\n## Search\n\n## Contents\n\n## Fill 1\n";
    let built = inline(&[("book.toml", ""), ("content/index.md", words)]);
    let html = built.text("index.html");
    for id in ["main", "nav", "outline", "outline-title", "search", "contents", "fill-1"] {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}
