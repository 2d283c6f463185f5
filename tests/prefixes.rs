//! One built site, wherever it is put: below any path of a web server, and on a disk.
//! In: a project with every kind of page. Out: each link that works at one of these places only.

mod support;

use support::crawl::{bound_links, dead_links};
use support::site::{Built, inline};

/// Links in every form that leads to a folder, from pages at two depths.
const LINKS: &str = "[up](../) [playbooks](../playbooks/) [tags](../tags/) [self](./) <a href=\"..\">up</a> \
    <a href=\".\">self</a> <a href=\"../guide/\">guide</a> [by name][guide] [setup](setup/)\n\n[guide]: ../guide/\n";
const MAP: &str = "```mermaid\nflowchart LR\nsubgraph We\na[Agree]\nb[Sign]\nend\na --> b\nclick a \"../guide/\"\n\
    click b \"setup/\"\n```\n";

fn site(url_style: &str, first_page: &str) -> Built {
    let settings = format!(
        "[book]\ntitle = \"Acme Partners\"\n[output.html]\nurl-style = \"{url_style}\"\n[output.html.print]\nenable = true\n\
         [output.html.redirect]\n\"/old/\" = \"../guide/\"\n[[theme.link]]\ntext = \"Guide\"\nhref = \"guide/index.md\"\n"
    );
    let guide = format!("---\ntags: [legal]\nredirect_from: [/former/guide/]\n---\n# Guide\n\n{LINKS}\n{MAP}");
    let steps = "name: Recruit\nsteps:\n  - name: Sign\n    template: guide/setup.md\n";
    inline(&[
        ("book.toml", &settings),
        (first_page, "# Start\n\n[Guide](guide/)\n"),
        ("content/guide/index.md", &guide),
        ("content/guide/setup.md", "# Setup\n\nAsk for the terms.\n"),
        ("playbooks/recruit.yaml", steps),
    ])
}

#[test]
fn no_link_depends_on_the_path_that_a_site_is_served_below() {
    for style in ["directory", "file"] {
        for first_page in ["content/index.md", "content/start.md"] {
            let built = site(style, first_page);
            assert_eq!(bound_links(&built.files, false), [].into(), "{style}, {first_page}");
            // A site without a first page of its own has none to go up to.
            if first_page == "content/index.md" {
                assert_eq!(built.found, [""; 0], "{style}");
                assert_eq!(dead_links(&built.files), [].into(), "{style}");
            }
        }
    }
}

#[test]
fn no_link_opens_a_list_of_files_when_a_site_is_read_from_a_disk() {
    let built = site("file", "content/index.md");
    assert_eq!(bound_links(&built.files, true), [].into());
}

#[test]
fn the_way_home_names_a_file_where_the_first_page_has_another_address() {
    let built = site("file", "content/start.md");
    assert!(built.text("start.html").contains("class=\"brand\" href=\"index.html\""));
    assert!(built.text("guide/index.html").contains("class=\"brand\" href=\"../index.html\""));
    assert!(built.text("index.html").contains("href=\"guide/index.html\""), "the file leads to the first page");
}
