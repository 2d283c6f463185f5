//! The documentation of two real teams, which lies beside the repository: what their sites must be.
//! In: `tests/real/*/book.toml`. Out: each thing that is not as the teams' own sources say.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use partner_docs::project::MemoryFileSystem;
use support::crawl::dead_links;
use support::site::{Built, build, folder, real};

/// What the crawl may find dead: what check reports, by the destination as the author wrote it.
fn dead_and_reported(name: &str) -> Option<(BTreeSet<String>, Vec<String>)> {
    let built = folder(&real(name)?);
    let reported = built.found.iter().filter(|found| found.starts_with("link/") || found.starts_with("diagram/"));
    Some((dead_links(&built.files), reported.cloned().collect()))
}

#[test]
fn nothing_is_dead_on_the_accelerators_site_but_what_check_reports() {
    let Some((dead, reported)) = dead_and_reported("accelerator") else { return };
    // Four drawings that the pages offer for download are not in the repository.
    let drawings: BTreeSet<&str> = dead.iter().filter_map(|dead| dead.rsplit('/').next()).collect();
    let expected = [
        "10-step-flow.excalidraw",
        "brief-to-artifacts.excalidraw",
        "oidc-topology.excalidraw",
        "supervisor-workers.excalidraw",
    ];
    assert_eq!(drawings, BTreeSet::from(expected));
    let not_found: Vec<&String> = reported.iter().filter(|found| found.starts_with("link/not-found")).collect();
    assert_eq!(not_found.len(), 4, "{not_found:?}");
}

#[test]
fn nothing_is_dead_on_partneros_site() {
    let Some((dead, _)) = dead_and_reported("partneros") else { return };
    assert_eq!(dead, BTreeSet::new());
}

#[test]
fn the_accelerators_map_has_its_lanes_steps_and_arrows_and_each_step_opens_its_first_action() {
    let Some(project) = real("accelerator") else { return };
    let built = folder(&project);
    let html = built.text("partner-workflow/index.html");
    let count = |needle: &str| html.matches(needle).count();
    assert_eq!(count("class=\"pd-lane\""), 3);
    assert_eq!(count("class=\"pd-node\""), 11);
    assert_eq!(count("data-kind=\"solid\""), 9);
    assert_eq!(count("data-kind=\"dashed\""), 2);
    assert_eq!(count("class=\"pd-edge-label\""), 2);
    let opens = [
        ("D1", "../discovery/how-to-use/"),
        ("E1", "../QUICKSTART/#step-3--scaffold-the-solution-from-the-brief"),
        ("EP", "../QUICKSTART/#step-4--preflight-landing-zone--github-environment"),
        ("E2", "../getting-started/setup-and-prereqs/"),
        ("E3", "../QUICKSTART/#step-7--iterate-with-copilot-ship-through-ci-gates"),
        ("E4", "../partner-playbook/#stage-5--uat"),
        ("D5", "../partner-playbook/#stage-5--uat"),
        ("D6", "../handover/handover-packet-template/"),
        ("C1", "../customer-runbook/"),
        ("C2", "../customer-runbook/"),
        ("D7", "../partner-playbook/#stage-7--measure"),
    ];
    for (node, address) in opens {
        let drawn = html.split(&format!("data-node=\"{node}\"")).nth(1).and_then(|rest| rest.split("</g>").next());
        let drawn = drawn.unwrap_or_else(|| panic!("{node} is not drawn"));
        assert!(drawn.contains(&format!("href=\"{address}\"")), "{node} should open {address}: {drawn}");
    }
}

#[test]
fn the_accelerators_files_are_where_its_staging_script_put_them() {
    let Some(project) = real("accelerator") else { return };
    let built = folder(&project);
    let staged = [
        "QUICKSTART/index.html",
        "about/AGENTS/index.html",
        "about/SECURITY/index.html",
        "about/SUPPORT/index.html",
        "about/CONTRIBUTING/index.html",
        "about/CLA/index.html",
        "chatmodes/delivery-guide.chatmode/index.html",
        "patterns/sales-research-frontend/index.html",
    ];
    for page in staged {
        assert!(built.paths().contains(&page), "{page} is missing");
    }
}

/// A playbook as its file has it, read line by line and by nothing of this project.
struct Declared {
    id: String,
    name: String,
    /// Each step's name, and the page of its template.
    steps: Vec<(String, String)>,
}

#[expect(clippy::disallowed_methods, reason = "the expectation comes from the file itself")]
fn declared(path: &Path) -> Declared {
    let id = path.file_stem().expect("a file name").to_string_lossy().into_owned();
    let (mut name, mut steps) = (String::new(), Vec::new());
    for line in std::fs::read_to_string(path).expect("a playbook").lines() {
        if let Some(text) = line.strip_prefix("name: ") {
            text.trim_matches('"').clone_into(&mut name);
        } else if let Some(text) = line.strip_prefix("  - name: ") {
            steps.push((text.to_owned(), String::new()));
        } else if let Some(text) = line.trim().strip_prefix("template: docs/") {
            let page = text.trim().trim_end_matches(".md").to_owned();
            steps.last_mut().expect("a step").1 = page;
        }
    }
    Declared { id, name, steps }
}

/// The team's documentation with a page more: templates against playbooks.
fn partneros_with_matrix() -> Option<(Built, Vec<Declared>)> {
    let project = real("partneros")?;
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/partneros");
    let mut files = vec![("docs/matrix.md".to_owned(), b"# Matrix\n\n```{template-matrix}\n```\n".to_vec())];
    let mut open = vec![corpus.join("docs"), corpus.join("scripts/partner_agent/playbooks")];
    let mut playbooks = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().expect("a folder of the team's").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&corpus).expect("a file below").to_string_lossy().into_owned();
            #[expect(clippy::disallowed_methods, reason = "the team's own files, copied into memory")]
            files.push((name, std::fs::read(&path).expect("a file of the team's")));
            if path.extension().is_some_and(|extension| extension == "yaml") {
                playbooks.push(declared(&path));
            }
        }
    }
    #[expect(clippy::disallowed_methods, reason = "the settings of the real project")]
    let settings = std::fs::read_to_string(project.join("book.toml")).expect("its settings");
    let settings = settings.lines().filter(|line| !line.starts_with("root = ")).collect::<Vec<_>>().join("\n");
    files.push(("book.toml".to_owned(), settings.into_bytes()));
    playbooks.sort_by(|a, b| a.id.cmp(&b.id));
    Some((build(MemoryFileSystem::new(files)), playbooks))
}

/// What stands between two texts, for each time they do.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The place of a step: the team's site has headings as Python-Markdown names them.
fn slug(step: &str) -> String {
    let kept: String = step.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).collect();
    kept.to_lowercase().split([' ', '-']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
}

#[test]
fn every_page_of_partneros_playbooks_says_what_the_yaml_says() {
    let Some((built, playbooks)) = partneros_with_matrix() else { return };
    let overview = built.text("playbooks/index.html");
    for Declared { id, name, steps } in &playbooks {
        let page = built.text(&format!("playbooks/{id}/index.html"));
        let hrefs: Vec<String> = steps.iter().map(|(_, template)| format!("../../{template}/")).collect();
        let strip = between(page, "<ol class=\"flow\"", "</ol>")[0];
        assert_eq!(between(strip, "href=\"", "\""), hrefs, "the strip of {id}");
        let table = between(page, "<tbody>", "</tbody>")[0];
        let rows: Vec<String> = between(table, "<tr>", "</tr>").into_iter().map(str::to_owned).collect();
        assert_eq!(rows.len(), steps.len(), "{id}");
        for ((row, (step, _)), (href, number)) in rows.iter().zip(steps).zip(hrefs.iter().zip(1..)) {
            let told = format!("<td>{number}</td><td><a href=\"#{}\">{}</a></td>", slug(step), escaped(step));
            assert!(row.starts_with(&told) && row.contains(&format!("href=\"{href}\"")), "{id}: {row}");
            assert!(page.contains(&format!("<h3>{}</h3>", escaped(step))), "{id} lacks a section for {step}");
        }
        let card = between(overview, &format!("<h2 id=\"{id}\">"), "</li>\n<li>\n<h2")[0];
        let from_overview: Vec<String> = steps.iter().map(|(_, template)| format!("../{template}/")).collect();
        let strip = between(card, "<ol class=\"flow\"", "</ol>")[0];
        assert_eq!(between(strip, "href=\"", "\""), from_overview, "the strip of {id} in the overview");
        assert!(card.contains(&format!(">{} steps</li>", steps.len())), "{id}: {card}");
        let documents: BTreeSet<&str> = steps.iter().map(|(_, template)| template.as_str()).collect();
        assert!(card.contains(&format!(">{} templates</li>", documents.len())), "{id}: {card}");
        assert!(card.starts_with(&format!("<a href=\"{id}/\">{}</a>", escaped(name))), "{id}: {card}");
    }
    let steps: usize = playbooks.iter().map(|playbook| playbook.steps.len()).sum();
    assert_eq!((playbooks.len(), steps), (7, 33));
}

#[test]
fn every_template_of_partneros_knows_its_steps_and_so_does_the_matrix() {
    let Some((built, playbooks)) = partneros_with_matrix() else { return };
    let matrix = between(built.text("matrix/index.html"), "class=\"table matrix\"", "</table>")[0];
    let rows = between(matrix, "<th scope=\"row\">", "</tr>");
    let mut filled_in = BTreeSet::new();
    for row in &rows {
        let template = between(row, "href=\"../", "/\"")[0];
        let uses: Vec<(&Declared, usize)> = playbooks
            .iter()
            .flat_map(|playbook| (1..).zip(&playbook.steps).map(move |(number, step)| (playbook, number, step)))
            .filter(|(_, _, (_, own))| own == template)
            .map(|(playbook, number, _)| (playbook, number))
            .collect();
        // The columns are in the order in which playbooks lead to each other.
        let mut cells: Vec<&str> = between(row, "href=\"../playbooks/", "\"");
        cells.sort_unstable();
        let mut wanted: Vec<String> = uses
            .iter()
            .map(|&(playbook, number)| {
                let step = slug(&playbook.steps[number - 1].0);
                format!("{}/#{step}", playbook.id)
            })
            .collect();
        wanted.sort_unstable();
        assert_eq!(cells, wanted, "{template}");
        let page = built.text(&format!("{template}/index.html"));
        let told: Vec<&str> = between(page, "<p class=\"used-by-title\">", "</p>");
        let wanted: Vec<String> = uses
            .iter()
            .map(|(playbook, number)| {
                let name = format!("<a href=\"../../playbooks/{}/\">{}</a>", playbook.id, escaped(&playbook.name));
                format!("Step {number} of {} in {name}", playbook.steps.len())
            })
            .collect();
        assert_eq!(told, wanted, "{template}");
        filled_in.extend(uses.first().map(|_| template.to_owned()));
    }
    let declared: BTreeSet<String> =
        playbooks.iter().flat_map(|playbook| playbook.steps.iter().map(|(_, template)| template.clone())).collect();
    assert_eq!(filled_in, declared, "every template that a step uses has its row");
    let unused = rows.len() - filled_in.len();
    assert!(built.text("matrix/index.html").contains(&format!("{unused} templates are not used by any playbook")));
}

#[test]
fn partneros_hand_written_copies_differ_from_its_playbooks_in_two_places() {
    let Some(project) = real("partneros") else { return };
    let built = folder(&project);
    let drift: Vec<&String> = built.found.iter().filter(|found| found.starts_with("playbook/")).collect();
    // The overview lists five of seven playbooks; every strip, step table and number agrees.
    let place = "playbook/not-listed docs/agent/playbooks.md:29";
    assert_eq!(drift, [place, place]);
}
