//! What a site publishes for assistants and other programs: pages as Markdown, lists of them, playbooks and maps as JSON.
//! In: small sites, and this repository's own. Out: what these files say, and that they lead on.
//! Never knows: how they are made.

mod support;

use std::collections::BTreeSet;

use partner_docs::pipeline::{Drafts, LiveSite, Lookup, Session, map_schema, playbook_schema};
use partner_docs::project::MemoryFileSystem;
use partner_docs::url::{Destination, SitePath};
use serde_json::Value;
use support::site::{Built, folder, inline};

const BOOK: &str = "[book]\ntitle = \"Acme *partners*\"\ndescription = \"How Acme works with partners.\"\n\
    [variables]\nproduct = \"Rocket\"\n[templates.placeholders]\npartner = \"[Partner Name]\"\n";

const HOME: &str = "---
title: Home
description: Where to begin.
owner: Sales
---
Read [the NDA](legal/nda.md#terms \"now\") and [the `map`][map], or <a href='legal/nda.md?print#terms'>print it</a>.
<!-- Not for readers. -->

{{#include legal/terms.txt}}

> Do:
> ```{playbook-flow} recruit
> ```
> Then rest.

- Whatever {{ product }} costs:
  ```{swimlane} map
  :lane: Sales
  ```
  ask.

![Logo](logo(1).png) <https://acme.example/a_(b)> [gone](missing.md)

[map]: map.md
[//]: # (Not for readers either.)
";

const NDA: &str =
    "# NDA with [Partner Name]\n\n## Terms\n\nDear {{ partner }}, [home](../index.md), [below](#terms).\n";

const MAP: &str = "# Map

```mermaid
flowchart LR
  %% Not for readers.
  subgraph sales [Sales]
    A[Meet] -->|well| B[Sign]
  end
  click B \"legal/nda.md\"
```
";

const RECRUIT: &str = "name: Recruit a [new] partner
description: Win one, as [the map](../content/map.md) shows.
tags: [sales]
prerequisites: [A cup of *coffee*]
steps:
  - name: Sign
    label: Sign it
    template: legal/nda.md#terms
    owner: Legal
    duration: 2 days
    prompt: |
      Explain {{ partner }} the terms.
    checklist: [\"Read [the terms](../content/legal/nda.md#terms)\"]
    kpis: [Signed]
  - name: Celebrate
success_criteria: [A partner]
next_playbook: [recruit]
";

fn files(html: &str) -> Vec<(String, String)> {
    let book = format!("{BOOK}[output.html]\n{html}");
    let files = [
        ("book.toml", &*book),
        ("content/index.md", HOME),
        ("content/legal/nda.md", NDA),
        ("content/legal/terms.txt", "All of [our terms](nda.md#terms) apply.\n"),
        ("content/map.md", MAP),
        ("content/logo(1).png", "png"),
        ("content/later.md", "---\ndraft: true\n---\n# Later\n"),
        ("content/tagged.md", "---\ntags: [legal]\n---\n# Tagged\n\n[Partner Name] is [home](index.md).\n"),
        ("content/404.md", "# Gone\n"),
        ("playbooks/recruit.yaml", RECRUIT),
    ];
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec()
}

fn site(html: &str) -> Built {
    let files = files(html);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    inline(&files)
}

#[test]
fn a_page_as_markdown_holds_what_it_shows_and_leads_on() {
    let expected = "---
title: \"Home\"
description: \"Where to begin.\"
source: \"https://acme.example/docs/\"
---

# Home

Read [the NDA](https://acme.example/docs/legal/nda.md#terms \"now\") and [the `map`][map], or <a \
href='https://acme.example/docs/legal/nda.md?print#terms'>print it</a>.

All of [our terms](https://acme.example/docs/legal/nda.md#terms) apply.

> Do:
>\u{20}
> 1. [Sign it](https://acme.example/docs/legal/nda.md#terms)
> 2. [Celebrate](https://acme.example/docs/playbooks/recruit.md#celebrate)
>
> Then rest.

- Whatever Rocket costs:
\u{20}\u{20}
  [Map](https://acme.example/docs/map.md#map-1)

  | Step | Lane | Stage | Next |
  | --- | --- | --- | --- |
  | Meet | Sales |  | well: Sign |
  | [Sign](https://acme.example/docs/legal/nda.md) | Sales |  |  |

  ask.

![Logo](https://acme.example/docs/logo%281%29.png) <https://acme.example/a_(b)> [gone](missing.md)

[map]: https://acme.example/docs/map.md
";
    let built = site("site-url = \"https://acme.example/docs/\"");
    assert_eq!(built.text("index.md"), expected);
    let map = built.text("map.md");
    assert!(map.contains("  click B \"https://acme.example/docs/legal/nda.md\"\n"), "{map}");
    assert!(!map.contains("Not for readers"), "{map}");
}

#[test]
fn without_a_host_addresses_are_relative_to_the_file() {
    let built = site("");
    let nda = built.text("legal/nda.md");
    assert!(nda.ends_with("Dear {{ partner }}, [home](../index.md), [below](#terms).\n"), "{nda}");
    assert!(nda.starts_with("---\ntitle: \"NDA with [Partner Name]\"\n---\n\n# NDA with [Partner Name]\n"), "{nda}");
    let all = built.text("llms-full.txt");
    assert!(all.contains("[home](index.md), [below](legal/nda.md#terms)"), "{all}");
    let recruit = built.text("playbooks/recruit.md");
    assert!(recruit.contains("\n- Document: [NDA with [Partner Name] ](<../legal/nda.md#terms>)\n"), "{recruit}");
    assert!(recruit.contains("\nWin one, as [the map](../map.md) shows.\n"), "{recruit}");
    assert!(recruit.contains("\n- [Recruit a \\[new\\] partner](<recruit.md>)\n"), "{recruit}");
}

fn is_markdown(path: &str) -> bool {
    path.rsplit('.').next() == Some("md")
}

/// The destinations of the links of a Markdown text, but for those of code.
fn destinations(text: &str) -> Vec<&str> {
    let outside: Vec<&str> = text.split("\n```").step_by(2).collect();
    let ends = |c: char| matches!(c, ')' | '>' | ' ' | '\n');
    let links = outside.iter().flat_map(|text| text.split("](").skip(1));
    links.map(|rest| rest.trim_start_matches('<')).filter_map(|rest| rest.split(ends).next()).collect()
}

#[test]
fn every_link_of_a_markdown_file_leads_to_a_file() {
    for html in ["", "url-style = \"file\""] {
        let built = site(html);
        let paths: BTreeSet<&str> = built.paths().into_iter().collect();
        let is_markdown = |path: &&&str| is_markdown(path) || path.starts_with("llms");
        for path in paths.iter().filter(is_markdown) {
            for destination in destinations(built.text(path)) {
                let Destination::Local { path: to, .. } = Destination::parse(destination) else { continue };
                let target = SitePath::new(path).follow(&to).map(|target| target.output_file());
                let is_there = to.is_empty() || target.is_some_and(|target| paths.contains(&*target));
                assert!(is_there || destination == "missing.md", "{html}: {path} leads to {destination}");
            }
        }
    }
}

#[test]
fn llms_txt_lists_the_pages_by_the_parts_of_the_navigation() {
    let built = site("site-url = \"https://acme.example/\"");
    let expected = "# Acme \\*partners\\*

> How Acme works with partners.

## Pages

- [Home](https://acme.example/index.md): Where to begin.
- [Map](https://acme.example/map.md)
- [Tagged](https://acme.example/tagged.md)

## Legal

- [NDA with \\[Partner Name\\]](https://acme.example/legal/nda.md)

## Playbooks

- [Playbooks](https://acme.example/playbooks.md)
- [Recruit a \\[new\\] partner](https://acme.example/playbooks/recruit.md): Win one, as the map shows.

## Data

- [manifest.json](https://acme.example/manifest.json): addresses of all pages, playbooks and maps, as JSON
- [llms-full.txt](https://acme.example/llms-full.txt): all pages in one file
";
    assert_eq!(built.text("llms.txt"), expected);
    // The same pages in the same order, each as in its own file.
    let pages = ["index", "map", "tagged", "legal/nda", "playbooks", "playbooks/recruit"];
    let pages: Vec<&str> = pages.iter().map(|page| built.text(&format!("{page}.md"))).collect();
    let head = "# Acme \\*partners\\*\n\n> How Acme works with partners.\n";
    assert_eq!(built.text("llms-full.txt"), format!("{head}\n{}", pages.join("\n")));
}

#[test]
fn what_readers_do_not_read_is_not_published_as_markdown() {
    let built = site("site-url = \"https://acme.example/\"");
    let markdown: Vec<&str> = built.paths().into_iter().filter(|path| is_markdown(path)).collect();
    let pages = ["index.md", "legal/nda.md", "map.md", "playbooks.md", "playbooks/recruit.md", "tagged.md"];
    assert_eq!(markdown, pages, "no draft, no page of tags, no 404 page, no search");
    assert!(!built.text("sitemap.xml").contains(".md<"));
    let search = built.paths().into_iter().filter(|path| path.starts_with("search/"));
    assert!(search.into_iter().all(|path| !built.text(path).contains("tagged.md")));
    assert!(built.text("legal/nda/index.html").contains("href=\"../nda.md\" data-copy-page"));
    assert!(!built.text("404.html").contains("data-copy-page"));
}

#[test]
fn settings_leave_markdown_out() {
    let without = site("markdown = false");
    assert!(without.paths().into_iter().all(|path| !is_markdown(path) && !path.starts_with("llms")));
    assert!(!without.text("index.html").contains("text/markdown"));
    assert!(without.text("manifest.json").contains("\"markdown\": null"));
    let small = site("llms-full = false");
    assert!(small.paths().contains(&"llms.txt") && !small.paths().contains(&"llms-full.txt"));
    assert!(!small.text("llms.txt").contains("llms-full.txt"));
}

#[test]
fn an_authors_own_file_stays() {
    let mut files = files("[output.html.redirect]\n\"/map.md\" = \"/map/\"");
    for path in ["llms.txt", "llms-full.txt", "playbooks/recruit.json", "maps/map.json"] {
        files.push((format!("content/{path}"), "by hand".to_owned()));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let built = inline(&files);
    for path in ["llms.txt", "llms-full.txt", "playbooks/recruit.json", "maps/map.json"] {
        assert_eq!(built.text(path), "by hand");
    }
    assert!(built.text("map.md").contains("http-equiv=\"refresh\""), "the redirect");
    // Nothing names what is not there, and what leads to the page leads to the page itself.
    let manifest: Value = serde_json::from_str(built.text("manifest.json")).expect("JSON");
    assert!(manifest["playbooks"][0]["json"].is_null() && manifest["maps"][0]["json"].is_null(), "{manifest}");
    assert!(built.text("index.md").contains("\n[map]: map/\n"));
}

#[test]
fn two_pages_never_share_a_markdown_file() {
    let built = inline(&[
        ("book.toml", "[book]\ntitle = \"T\"\n"),
        ("content/index.md", "# Home\n"),
        ("content/index/index.md", "# Index\n"),
        ("content/reindex.md", "# Again\n"),
    ]);
    assert!(built.text("index.md").contains("# Home"));
    assert!(built.text("reindex.md").contains("# Again"));
    assert!(!built.text("index/index.html").contains("data-copy-page"));
}

#[test]
fn what_is_served_is_what_is_built() {
    for html in ["site-url = \"https://acme.example/\"", "url-style = \"file\""] {
        let files = files(html);
        let disk = MemoryFileSystem::new(files.iter().map(|(path, text)| (&**path, &**text)));
        let mut session = Session::new(disk, Drafts::Hidden);
        let linked = session.link().expect("a project");
        let built = session.publish(&linked).files;
        let live = LiveSite::new(linked);
        let is_for_programs = |path: &str| [".md", ".txt", ".json"].iter().any(|end| path.ends_with(end));
        for file in built.iter().filter(|file| is_for_programs(&file.path)) {
            let served = live.at(&format!("/{}", file.path), session.disk());
            assert_eq!(served, Lookup::File(file.path.clone(), file.bytes.clone().into()), "{}", file.path);
        }
        assert_eq!(live.at("/later.md", session.disk()), Lookup::Nothing);
    }
}

/// Holds a value to a schema, as far as ours go; and no field may be unknown to it.
fn assert_fits(value: &Value, schema: &Value) {
    let is_of = |kind: &Value| match kind.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.as_u64() >= schema["minimum"].as_u64(),
        _ => false,
    };
    let fits = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(is_of),
        Value::Null => schema["const"] == *value || schema["enum"].as_array().is_some_and(|all| all.contains(value)),
        kind => is_of(kind),
    };
    assert!(fits, "{value} is no {schema}");
    for name in schema["required"].as_array().into_iter().flatten().filter(|_| value.is_object()) {
        assert!(value.get(name.as_str().expect("a name")).is_some(), "{value} has no {name}");
    }
    for (name, field) in value.as_object().into_iter().flatten() {
        let of_any = schema.get("additionalProperties");
        let known = schema["properties"].get(name).or(of_any);
        assert_fits(field, known.unwrap_or_else(|| panic!("{name} is not in the schema")));
    }
    value.as_array().into_iter().flatten().for_each(|item| assert_fits(item, &schema["items"]));
}

#[test]
fn playbooks_and_maps_are_as_their_schemas_say() {
    let own = folder(std::path::Path::new(env!("CARGO_MANIFEST_DIR")));
    for built in [&own, &site("")] {
        let manifest: Value = serde_json::from_str(built.text("manifest.json")).expect("JSON");
        for (list, schema) in [("playbooks", playbook_schema()), ("maps", map_schema())] {
            let entries = manifest[list].as_array().expect("a list");
            assert!(!entries.is_empty(), "there are {list}");
            for entry in entries {
                let path = entry["json"].as_str().expect("an address").trim_start_matches('/');
                assert_fits(&serde_json::from_str(built.text(path)).expect("JSON"), &schema);
            }
        }
    }
}

#[test]
fn a_playbook_as_json_says_all_that_its_file_says() {
    let built = site("");
    let recruit: Value = serde_json::from_str(built.text("playbooks/recruit.json")).expect("JSON");
    assert_eq!(recruit["description"], "Win one, as [the map](../map.md) shows.");
    let step = &recruit["steps"][0];
    assert_eq!(step["prompt"], "Explain {{ partner }} the terms.");
    assert_eq!(step["checklist"][0], "Read [the terms](../legal/nda.md#terms)");
    assert_eq!(step["address"], "/playbooks/recruit/#sign");
    let template = &step["template"];
    assert_eq!((&template["kind"], &template["address"]), (&"page".into(), &"/legal/nda/#terms".into()));
    assert_eq!((&template["markdown"], &template["written"]), (&"/legal/nda.md".into(), &"legal/nda.md#terms".into()));
    assert_eq!(recruit["next"][0]["id"], "recruit");
}
