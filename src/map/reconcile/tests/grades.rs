//! What is repaired without being asked, what is only offered, and what nobody but the author can repair.

use super::*;
use crate::diagnostic::Applicability;

/// The findings of a page as `code: grade`.
fn grades(page: &Page) -> Vec<String> {
    let grade = |finding: &Diagnostic| finding.fix.as_ref().map_or("none", |fix| fix.applicability.as_str());
    page.parsed.found.iter().map(|finding| format!("{}: {}", finding.rule.code, grade(finding))).collect()
}

/// The table with other headings, and the cells of one column in their order.
fn with_column(column: usize, heading: &str, cells: [&str; 6]) -> String {
    let mut lines = TABLE.lines().map(|line| line.trim_matches('|').split('|').map(str::to_owned).collect::<Vec<_>>());
    let mut all: Vec<Vec<String>> = lines.by_ref().collect();
    for (row, cell) in all.iter_mut().zip(std::iter::once(heading).chain(cells)) {
        row[column] = format!(" {cell} ");
    }
    all.iter().map(|row| format!("|{}|\n", row.join("|"))).collect()
}

#[test]
fn a_letter_that_differs_is_never_repaired_unasked() {
    for (from, to) in [
        ("Certify team |", "Cerify team |"),
        ("3. Certify team", "3. Certify taem"),
        ("Pay commission |", "Pay comission |"),
    ] {
        let page = changed(from, to);
        assert_eq!(grades(&page), ["swimlane/label-mismatch: suggested"], "{to}");
        let help = page.parsed.found[0].help.as_deref().unwrap_or_default();
        assert!(help.starts_with("they differ in a letter"), "{help}");
    }
}

#[test]
fn another_title_lane_or_stage_is_only_offered() {
    for (from, to) in [
        ("Certify team |", "Train team |"),
        ("3. Certify team", "3. Examine team"),
        ("S2 | Solution Engineer", "S2 | Partner Ops"),
        ("🤝 Partner Manager", "🤝 Alliance Manager"),
        ("| Stage 1 |", "| Stage 3 |"),
        ("2b. Provision", "4b. Provision"),
    ] {
        let page = changed(from, to);
        assert!(grades(&page).iter().all(|grade| grade.ends_with(": suggested")), "{to}: {:?}", grades(&page));
        assert_eq!(grades(&page).len(), 1, "{to}");
    }
}

#[test]
fn a_label_that_was_copied_from_another_step_is_only_offered_its_own_title() {
    let copied = changed("3. Certify team", "3. Pay commission");
    assert_eq!(grades(&copied), ["swimlane/label-mismatch: suggested"]);
    assert!(copied.repaired().contains("<b>3. Certify team</b>"));
}

#[test]
fn a_sentence_or_half_a_word_is_never_written_over() {
    for label in [
        "3. Certify team. Two trainers must have signed.",
        "3. Certify team: see the list",
        "3. Certify the</b><br/><b>team",
        "3. Certi-</b><br/><b>fy team",
    ] {
        let diagram = DIAGRAM.replace("3. Certify team", label);
        let page = page(&diagram, &TABLE.replace("| Certify team |", "| Train everybody |"));
        assert!(grades(&page).iter().all(|grade| !grade.ends_with(": safe")), "{label}: {:?}", grades(&page));
        let kept = page.parsed.found.iter().all(|found| found.fix.is_none());
        assert!(kept || label.contains("the</b>"), "{label}");
    }
}

#[test]
fn a_column_that_agrees_in_few_rows_is_about_something_else() {
    let what = ["30 calls", "48 hours", "90 %", "5 days", "2 demos", "Notion"];
    let page = page(DIAGRAM, &with_column(2, "What", what));
    let finding = "swimlane/table-not-compared: column `What` matches the titles of the diagram in 0 of 6 rows, so it is not compared @ `What`";
    assert_eq!(page.findings(), [finding]);
    assert_eq!(page.node("S2"), "Stage 3|🛠️ Solution Engineer|3. Certify team");
}

#[test]
fn who_answers_for_a_step_moves_no_node() {
    let (manager, engineer, ops) = ("Partner Manager", "Solution Engineer", "Partner Ops");
    let page = page(DIAGRAM, &with_column(1, "Owner", [engineer, ops, manager, manager, engineer, ops]));
    let finding = "swimlane/table-not-compared: column `Owner` matches the lanes of the diagram in 0 of 6 rows, so it is not compared @ `Owner`";
    assert_eq!(page.findings(), [finding]);
    assert_eq!(page.node("S2"), "Stage 3|🛠️ Solution Engineer|3. Certify team");
}

#[test]
fn numbers_that_never_agree_are_no_stages() {
    for stages in [
        ["0 of 4", "1", "Q3", "2026", "", ""],
        ["2024", "2025", "2026", "2027", "2028", "2029"],
        ["4", "3", "4", "2", "1", "1"],
    ] {
        let page = page(DIAGRAM, &with_column(4, "Stage", stages));
        assert_eq!(page.findings(), [] as [&str; 0], "{stages:?}");
        assert_eq!(page.node("O1").split('|').next(), Some("Stage 4"), "{stages:?}");
    }
}

#[test]
fn a_diagram_from_another_file_may_stand_beside_other_tables() {
    let mut sources = Sources::default();
    let file = sources.set(SourcePath::new("map.mmd").unwrap(), DIAGRAM);
    let other =
        TABLE.replace("| Certify team |", "| Train everybody |").replace("S1 | Solution Engineer", "S1 | Partner Ops");
    let page = sources.set(SourcePath::new("page.md").unwrap(), other.as_str());
    let drawn = mermaid::parse(DIAGRAM, &SourceMap::identity(Span::new(file, 0..DIAGRAM.len())));
    let Diagram::Flowchart(graph) = drawn.value else { panic!("a flowchart") };
    let reference = read(&table(&other, 0, page), &ColumnNames::default()).value.unwrap();
    let found = reconcile(graph, &reference).found;
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|finding| finding.fix.is_none()), "{found:?}");
}

#[test]
fn what_comes_next_may_be_a_number_of_a_label() {
    let diagram = DIAGRAM.replace("2a.", "2.").replace("2b.", "3.").replace("3. Certify", "4. Certify");
    let diagram = diagram.replace("4. Pay", "5. Pay").replace("4. Quarterly", "6. Quarterly");
    let rows = |next: [&str; 6]| with_column(5, "Next", next);
    let stages = |table: String| table.replace("Authority (playbook)", "Remark");
    let agreed = ["2", "3.", "4 (certified)", "5", "6, end", "1"];
    assert_eq!(page(&diagram, &stages(rows(agreed))).findings(), [] as [&str; 0]);
    let wrong = page(&diagram, &stages(rows(["3", "3", "4", "5", "9", "in 3 weeks"])));
    assert_eq!(
        wrong.findings(),
        [
            "swimlane/next-mismatch: the row of `P1` lists `S1` as next, but no arrow leads there @ `3`",
            "swimlane/next-mismatch: the row of `O1` lists `9` as next, but no arrow leads there @ `9`",
        ]
    );
    assert!(
        wrong
            .parsed
            .found
            .iter()
            .all(|found| found.fix.as_ref().is_none_or(|fix| fix.applicability == Applicability::Suggested))
    );
}
