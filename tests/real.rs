//! The documentation of two real teams, which lies beside the repository: what their sites must be.
//! In: `tests/real/*/book.toml`. Out: each thing that is not as the teams' own sources say.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::crawl::dead_links;
use support::site::{folder, real};

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

#[test]
fn every_step_of_partneros_playbooks_is_linked_to_its_template() {
    let Some(project) = real("partneros") else { return };
    let built = folder(&project);
    let playbooks =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/partneros/scripts/partner_agent/playbooks");
    let (mut pages, mut steps) = (0, 0);
    for entry in playbooks.read_dir().expect("the folder of playbooks").flatten() {
        let path = entry.path();
        let id = path.file_stem().expect("a file name").to_string_lossy().into_owned();
        #[expect(clippy::disallowed_methods, reason = "the expectation comes from the file itself")]
        let yaml = std::fs::read_to_string(&path).expect("a playbook");
        let html = built.text(&format!("playbooks/{id}/index.html"));
        pages += 1;
        for template in yaml.lines().filter_map(|line| line.trim().strip_prefix("template: docs/")) {
            steps += 1;
            let address = format!("href=\"../../{}/\"", template.trim().trim_end_matches(".md"));
            assert!(html.contains(&address), "{id} lacks {address}");
            let page = built.text(&template.trim().replace(".md", "/index.html"));
            assert!(page.contains(&format!("/playbooks/{id}/")), "{template} does not lead back to {id}");
        }
    }
    assert_eq!((pages, steps), (7, 33));
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
