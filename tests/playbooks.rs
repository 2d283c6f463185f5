//! Playbooks on a site: every place that speaks of one says the same.
//! In: small programmes of playbooks, made up and written. Out: each strip, table, overview, matrix or back-link that
//! tells another story than the YAML.
//! Never knows: how pages are made.

#[path = "playbooks/steps.rs"]
mod steps;
mod support;

use proptest::prelude::*;
use support::crawl::dead_links;
use support::site::{Built, inline};

/// A step as a test declares it: the template it fills in.
type Steps = Vec<Option<usize>>;

const PARTS: &str = "# Parts\n\n```{template-matrix} templates\n```\n\n```{playbook-overview}\n```\n";

/// A site of playbooks `p0`, `p1`, … with the templates that they use.
fn programme(playbooks: &[Steps], templates: usize) -> Built {
    let mut files = vec![("content/parts.md".to_owned(), PARTS.to_owned())];
    for template in 0..templates {
        files.push((format!("content/templates/t{template}.md"), format!("# Template {template}\n")));
    }
    for (id, steps) in playbooks.iter().enumerate() {
        let next = (id + 1) % playbooks.len();
        let step = |(number, template): (usize, &Option<usize>)| {
            let template = template.map(|template| format!("    template: templates/t{template}.md\n"));
            format!("  - name: Do {number} of {id}\n{}", template.unwrap_or_default())
        };
        let steps: String = steps.iter().enumerate().map(step).collect();
        let yaml = format!("name: Playbook {id}\nnext_playbook: p{next}\nsteps:\n{steps}");
        files.push((format!("playbooks/p{id}.yaml"), yaml));
        let text =
            format!("# Table\n\n```{{playbook-steps}} p{id}\n:as: table\n```\n\n```{{playbook-flow}} p{id}\n```\n");
        files.push((format!("content/table{id}.md"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    inline(&files)
}

/// What stands between two texts, for each time they do.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// Where the links in a piece of HTML lead.
fn hrefs(html: &str) -> Vec<&str> {
    between(html, "href=\"", "\"")
}

/// The strips of a page: for each, where its steps lead.
fn strips(html: &str) -> Vec<Vec<&str>> {
    between(html, "<ol class=\"flow\"", "</ol>").into_iter().map(hrefs).collect()
}

/// The place of a step on the page of its playbook.
fn place_of(playbook: usize, step: usize) -> String {
    format!("#do-{step}-of-{playbook}")
}

/// Where the steps of a playbook should lead, seen from a page: to templates, else to the step itself.
fn wanted(id: usize, steps: &Steps, root: &str, own: &str) -> Vec<String> {
    let step = |(at, template): (usize, &Option<usize>)| match template {
        Some(template) => format!("{root}templates/t{template}/"),
        None => format!("{own}{}", place_of(id, at)),
    };
    steps.iter().enumerate().map(step).collect()
}

/// What the matrix should have in the cells of a template: the step's number and where it is told.
fn cells(playbooks: &[Steps], template: usize) -> Vec<String> {
    let mut cells = Vec::new();
    for (id, steps) in playbooks.iter().enumerate() {
        let used = steps.iter().enumerate().filter(|(_, used)| **used == Some(template));
        cells.extend(used.map(|(at, _)| format!("../playbooks/p{id}/{}", place_of(id, at))));
    }
    cells
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn strip_table_overview_matrix_and_back_links_agree(
        playbooks in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0usize..4), 1..6), 1..5),
    ) {
        let built = programme(&playbooks, 4);
        prop_assert!(!built.found.iter().any(|found| found.starts_with("playbook/") || found.starts_with("directive/")));
        prop_assert!(dead_links(&built.files).is_empty());
        let overview = built.text("playbooks/index.html");
        let parts = built.text("parts/index.html");
        for (id, steps) in playbooks.iter().enumerate() {
            let page = built.text(&format!("playbooks/p{id}/index.html"));
            prop_assert_eq!(&strips(page)[0], &wanted(id, steps, "../../", ""));
            let table = between(page, "aria-label=\"Steps of Playbook", "</table>")[1];
            let places: Vec<String> = (0..steps.len()).map(|step| place_of(id, step)).collect();
            let told: Vec<&str> = hrefs(table).into_iter().filter(|href| href.starts_with('#')).collect();
            prop_assert_eq!(told, places);
            let elsewhere = built.text(&format!("table{id}/index.html"));
            prop_assert_eq!(&strips(elsewhere)[0], &wanted(id, steps, "../", &format!("../playbooks/p{id}/")));
            let from_overview = wanted(id, steps, "../", &format!("p{id}/"));
            prop_assert!(strips(overview).iter().any(|strip| *strip == from_overview));
            let from_parts = wanted(id, steps, "../", &format!("../playbooks/p{id}/"));
            prop_assert!(strips(parts).iter().any(|strip| *strip == from_parts));
        }
        let rows = between(between(parts, "class=\"table matrix\"", "</table>")[0], "<th scope=\"row\">", "</tr>");
        prop_assert_eq!(rows.len(), 4);
        for (template, row) in rows.iter().enumerate() {
            let cells = cells(&playbooks, template);
            prop_assert_eq!(hrefs(row)[1..].to_vec(), cells.clone());
            let page = built.text(&format!("templates/t{template}/index.html"));
            let mut uses = Vec::new();
            for (id, steps) in playbooks.iter().enumerate() {
                for (at, _) in steps.iter().enumerate().filter(|(_, used)| **used == Some(template)) {
                    let playbook = format!("<a href=\"../../playbooks/p{id}/\">Playbook {id}</a>");
                    uses.push(format!("Step {} of {} in {playbook}", at + 1, steps.len()));
                }
            }
            prop_assert_eq!(between(page, "<p class=\"used-by-title\">", "</p>"), uses);
            prop_assert_eq!(page.matches("aria-current=\"step\"").count(), cells.len());
        }
    }
}

#[test]
fn a_template_used_twice_is_two_steps_with_their_own_neighbours() {
    let built = programme(&[vec![Some(0), Some(1), Some(0)]], 2);
    let page = built.text("templates/t0/index.html");
    let uses = between(between(page, "class=\"used-by\"", "</section>")[0], "class=\"used-by-title\"", "</div>");
    assert_eq!(uses.len(), 2);
    assert!(uses[0].contains("Step 1 of 3") && !uses[0].contains("rel=\"prev\"") && uses[0].contains("rel=\"next\""));
    assert!(uses[1].contains("Step 3 of 3") && uses[1].contains("rel=\"prev\"") && !uses[1].contains("rel=\"next\""));
}

const RECRUIT: &str = "name: Recruit\nsteps:\n  - name: Partnership pitch\n    template: pitch.md\n  - name: Sign\n";

#[test]
fn a_page_written_for_a_playbook_stands_in_for_the_generated_one() {
    let built = inline(&[
        (
            "content/SUMMARY.md",
            "- [Home](index.md)\n- [How we recruit](../playbooks/recruit.yaml)\n- [Pitch](pitch.md)\n",
        ),
        ("content/index.md", "# Home\n\n[by file](../playbooks/recruit.yaml#step-2)\n"),
        ("content/pitch.md", "# Pitch\n"),
        (
            "content/playbooks/recruit.md",
            "---\nredirect_from: [/recruiting/]\n---\n# How we recruit\n\nBefore.\n\n```{playbook-flow} recruit\n```\n\n\
             Between.\n\n```{playbook-steps} recruit\n```\n\n```{playbook-criteria} recruit\n```\n",
        ),
        ("playbooks/recruit.yaml", RECRUIT),
    ]);
    assert_eq!(built.found, Vec::<String>::new());
    assert_eq!(dead_links(&built.files).len(), 0);
    let page = built.text("playbooks/recruit/index.html");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("Before.") < place("<ol class=\"flow\"") && place("<ol class=\"flow\"") < place("Between."));
    assert!(place("Between.") < place("<li id=\"partnership-pitch\">"));
    assert!(place("<li id=\"partnership-pitch\">") < place("id=\"step-1\""));
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(built.text("index.html").contains("href=\"playbooks/recruit/#step-2\""));
    assert!(built.text("pitch/index.html").contains("href=\"../playbooks/recruit/\""));
    assert!(built.text("playbooks/index.html").contains("href=\"recruit/\""));
    assert!(built.text("recruiting/index.html").contains("../playbooks/recruit/"));
}

#[test]
fn hand_written_copies_are_linked_to_their_steps_while_they_agree() {
    let page = |second: &str| {
        format!(
            "# Guide\n\n## Recruit\n\n<div class=\"playbook-flow\">\n  <span class=\"playbook-step\">Pitch</span>\n  \
             <span class=\"playbook-step\">{second}</span>\n</div>\n\n\
             | Step | Template |\n|---|---|\n| 1 | [Pitch](pitch.md) |\n| 2 | |\n"
        )
    };
    let site = |text: &str| {
        inline(&[("content/index.md", text), ("content/pitch.md", "# Pitch\n"), ("playbooks/recruit.yaml", RECRUIT)])
    };
    let agreeing = site(&page("Sign"));
    assert_eq!(agreeing.found, Vec::<String>::new());
    let html = agreeing.text("index.html");
    assert!(html.contains("<span class=\"playbook-step\"><a href=\"pitch/\">Pitch</a></span>"), "{html}");
    assert!(html.contains("<span class=\"playbook-step\"><a href=\"playbooks/recruit/#sign\">Sign</a></span>"));
    assert!(html.contains("<td><a href=\"playbooks/recruit/#partnership-pitch\">1</a></td>"), "{html}");
    assert!(html.contains("<td><a href=\"playbooks/recruit/#sign\">2</a></td>"));

    let drifted = site(&page("Celebrate"));
    assert_eq!(drifted.found, ["playbook/flow-order content/index.md:7"]);
    assert!(drifted.text("index.html").contains("<span class=\"playbook-step\">Pitch</span>"));
    let fix = drifted.linked.found[0].fix.as_ref().expect("the name instead");
    assert_eq!(fix.edits[0].replacement, "Sign");
    assert_eq!(&page("Celebrate")[fix.edits[0].span.range()], "Celebrate");
}

#[test]
fn a_strip_of_playbooks_leads_to_their_pages() {
    let strip = "# Home\n\n<div class=\"playbook-flow\"><span class=\"playbook-step\">Recruit</span></div>\n";
    let built =
        inline(&[("content/index.md", strip), ("content/pitch.md", "# Pitch\n"), ("playbooks/recruit.yaml", RECRUIT)]);
    assert!(
        built.text("index.html").contains("<span class=\"playbook-step\"><a href=\"playbooks/recruit/\">Recruit</a>")
    );
}

#[test]
fn a_copy_that_is_indented_is_not_replaced() {
    let text = "# Recruit\n\n!!! note\n\n    | Step | Template |\n    |---|---|\n    | 1 | [Pitch](pitch.md) |\n";
    let built =
        inline(&[("content/index.md", text), ("content/pitch.md", "# Pitch\n"), ("playbooks/recruit.yaml", RECRUIT)]);
    let drift = built.linked.found.iter().find(|found| found.rule.code == "playbook/table-mismatch");
    assert_eq!(drift.expect("a step is left out").fix, None);
}

#[test]
fn playbooks_that_lead_to_each_other_are_drawn_as_a_circle_of_links() {
    let built = programme(&[vec![None], vec![None], vec![None]], 0);
    let overview = built.text("playbooks/index.html");
    let svg = between(overview, "<svg", "</svg>").into_iter().find(|svg| svg.contains("pd-node")).expect("a map");
    assert_eq!(hrefs(svg), ["p0/", "p1/", "p2/"]);
    assert_eq!(svg.matches("data-kind=\"solid\"").count(), 3);
}

#[test]
fn the_overview_has_no_map_where_nothing_follows() {
    let built = inline(&[("content/index.md", "# Home\n"), ("playbooks/recruit.yaml", RECRUIT)]);
    assert!(!built.text("playbooks/index.html").contains("class=\"map\""));
}

/// The navigation as lines, indented by depth.
fn outline(built: &Built) -> String {
    let nav = &built.linked.site.nav;
    let mut lines = String::new();
    let mut open: Vec<_> = nav.roots().iter().rev().map(|root| (0, *root)).collect();
    while let Some((depth, id)) = open.pop() {
        let entry = nav.entry(id);
        lines += &" ".repeat(depth);
        lines += &entry.title;
        lines += "\n";
        open.extend(entry.children.iter().rev().map(|child| (depth + 1, *child)));
    }
    lines
}

#[test]
fn the_overview_stands_where_the_outline_lists_playbooks() {
    let with = |summary: &str| {
        let renew = "name: Renew\nsteps:\n  - name: Talk\n";
        let files =
            [("content/index.md", "# Home\n"), ("playbooks/recruit.yaml", RECRUIT), ("playbooks/renew.yaml", renew)];
        outline(&inline(&[&[("content/SUMMARY.md", summary), ("content/pitch.md", "# Pitch\n")], &files[..]].concat()))
    };
    let recruit = "[Recruit](../playbooks/recruit.yaml)";
    assert_eq!(with("- [Home](index.md)\n"), "Home\nPlaybooks\n Recruit\n Renew\n");
    assert_eq!(
        with(&format!("# Summary\n\n# Playbooks\n\n- {recruit}\n\n# Rest\n\n- [Home](index.md)\n")),
        "Playbooks\n All playbooks\n Recruit\n Renew\nRest\n Home\n"
    );
    assert_eq!(
        with(&format!("- [Playbooks]()\n  - {recruit}\n- [Home](index.md)\n")),
        "Playbooks\n Recruit\n Renew\nHome\n"
    );
    assert_eq!(with(&format!("- [Home](index.md)\n- {recruit}\n")), "Home\nPlaybooks\n Renew\nRecruit\n");
}

/// The ids of the steps on the page of `recruit`.
fn steps_of(yaml: &str) -> Vec<String> {
    let built = inline(&[("content/index.md", "# Home\n"), ("playbooks/recruit.yaml", yaml)]);
    let page = built.text("playbooks/recruit/index.html");
    let ids =
        between(page, "<ol class=\"route\">", "</ol>").into_iter().flat_map(|steps| between(steps, "id=\"", "\""));
    ids.map(str::to_owned).collect()
}

#[test]
fn a_step_keeps_its_address_when_another_is_put_before_it() {
    let before = steps_of("name: R\nsteps:\n  - name: Sift\n  - name: Score the candidate\n");
    let after = steps_of("name: R\nsteps:\n  - name: Sift\n  - name: Ring\n  - name: Score the candidate\n");
    assert_eq!(before, ["sift", "step-1", "score-the-candidate", "step-2"]);
    assert_eq!(after, ["sift", "step-1", "ring", "step-2", "score-the-candidate", "step-3"]);
}

#[test]
fn addresses_of_steps_are_unlike_all_others_on_the_page() {
    let yaml = "name: R\nsteps:\n  - name: Step 2\n  - name: Steps\n  - name: Main\n  - name: \"!\"\n  \
                - name: Next\n  - name: Next!\n";
    let ids = steps_of(yaml);
    let numbered: Vec<&String> = ids.iter().filter(|id| id.starts_with("step-") && id.len() == 6).collect();
    assert_eq!(numbered.len(), 6, "{ids:?}");
    assert_eq!(ids[0], "step-2-1");
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert!(!ids.iter().any(|id| ["steps", "next"].contains(&id.as_str())), "{ids:?}");
    assert!(ids.contains(&"main".to_owned()), "the theme takes no name that a step may have: {ids:?}");
    let built = inline(&[
        ("content/playbooks/recruit.md", "# R\n\n## Sign\n\n```{playbook-steps} recruit\n```\n"),
        ("content/index.md", "# Home\n\n[sign](playbooks/recruit.md#sign) [step](playbooks/recruit.md#sign-1)\n"),
        ("playbooks/recruit.yaml", "name: R\nsteps:\n  - name: Sign\n"),
    ]);
    assert_eq!(built.found, Vec::<String>::new());
    assert!(built.text("playbooks/recruit/index.html").contains("<li id=\"sign-1\">"));
}

#[test]
fn playbooks_in_folders_have_addresses_of_their_own() {
    let built = inline(&[
        ("content/index.md", "# Home\n"),
        ("playbooks/emea/recruit.yaml", "name: Recruit in Europe\nnext_playbook: index\nsteps:\n  - name: Sift\n"),
        ("playbooks/apac/recruit.yaml", "name: Recruit in Asia\nsteps:\n  - name: Ring\n"),
        ("playbooks/index.YAML", "name: House rules\nsteps:\n  - name: Read\n"),
    ]);
    assert_eq!(built.found, Vec::<String>::new());
    assert_eq!(dead_links(&built.files).len(), 0);
    assert!(built.text("playbooks/emea/recruit/index.html").contains("id=\"sift\""));
    assert!(built.text("playbooks/apac/recruit/index.html").contains("id=\"ring\""));
    assert!(built.text("playbooks/index/index.html").contains("id=\"read\""));
    let overview = built.text("playbooks/index.html");
    for href in ["emea/recruit/", "apac/recruit/", "index/"] {
        assert!(overview.contains(&format!("<a href=\"{href}\">")), "{href}");
    }
    assert!(built.text("manifest.json").contains("\"address\": \"/playbooks/emea/recruit/#sift\""));
}

#[test]
fn a_chip_that_is_a_link_keeps_its_own() {
    let built = inline(&[
        (
            "content/index.md",
            "# Recruit\n\n<div class=\"playbook-flow\"><a class=\"playbook-step\" href=\"pitch.md\">Pitch</a>\
             <a href=\"https://example.test/\"><b class=\"playbook-step\">Sign</b></a></div>\n",
        ),
        ("content/pitch.md", "# Pitch\n"),
        ("playbooks/recruit.yaml", RECRUIT),
    ]);
    let page = built.text("index.html");
    assert!(page.contains("<a class=\"playbook-step\" href=\"pitch/\">Pitch</a>"), "{page}");
    assert!(page.contains("<b class=\"playbook-step\">Sign</b></a>"), "{page}");
}

#[test]
fn durations_and_commands_are_shown_as_they_are_written() {
    let built = inline(&[
        ("book.toml", "[playbooks]\nrun = \"assistant --playbook {id} --for {partner}\"\n"),
        ("content/index.md", "# Home\n"),
        (
            "playbooks/emea/recruit.yaml",
            "name: R\nsteps:\n  - name: Call\n    duration: 2 days\n  - name: Score\n    duration: half a day\n",
        ),
    ]);
    assert_eq!(built.found, ["playbook/unknown-duration playbooks/emea/recruit.yaml:6"]);
    let page = built.text("playbooks/emea/recruit/index.html");
    assert!(page.contains("<td>2 days</td>") && page.contains("<td>half a day</td>"), "{page}");
    assert!(page.contains("assistant --playbook emea/recruit --for {partner}"), "{page}");
}
