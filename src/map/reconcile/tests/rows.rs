//! Rows: what they say comes next, those that end early, and those that have another's id or a number for one.

use super::*;
use crate::diagnostic::Applicability;

/// The table with a column that says what comes next.
fn with_next(cells: [&str; 6]) -> Page {
    let mut lines = TABLE.lines();
    let head = format!("{} Next |\n", lines.next().unwrap());
    let rows = lines.zip(cells).map(|(row, next)| format!("{row} {next} |\n"));
    page(DIAGRAM, &(head + &rows.collect::<String>()))
}

#[test]
fn what_comes_next_is_compared_with_the_arrows() {
    let agreed = ["P2", "S1", "S2 (certified)", "→ O1", "P6", "P1: new deal"];
    assert_eq!(with_next(agreed).findings(), [] as [&str; 0]);
    let [first, .., last] = agreed;
    let wrong = with_next([first, "S2", "S2", "O1", "Quarterly review", last]);
    let finding = "swimlane/next-mismatch: the row of `P2` lists `S2` as next, but no arrow leads there @ `S2`";
    assert_eq!(wrong.findings(), [finding]);
    assert!(wrong.repaired().contains("[msa.md] | S1 |"), "{}", wrong.repaired());
    let missing = with_next([first, "—", "S2, end", "O1", "S9", last]);
    assert_eq!(
        missing.findings(),
        [
            "swimlane/next-mismatch: an arrow leads from `P2` to `S1`, but its row does not list it @ `—`",
            "swimlane/next-mismatch: the row of `O1` lists `S9` as next, but no arrow leads there @ `S9`",
        ]
    );
    assert_eq!(with_next(["", "sign or stop", "We meet again", "", "", ""]).findings(), [] as [&str; 0]);
}

#[test]
fn a_row_that_is_too_short_is_the_source_of_nothing() {
    let row = "| S2 | Solution Engineer | Certify team | Fewer tickets. | Stage 3 | [certify.md] |";
    let short = "| S2 | Certify team | Fewer tickets. | Stage 3 | [certify.md] |";
    let page = changed(row, short);
    assert_eq!(page.findings(), [] as [&str; 0]);
    assert_eq!(page.node("S2"), "Stage 3|🛠️ Solution Engineer|3. Certify team");
    let unknown = changed(row, &short.replace("S2", "S3"));
    assert_eq!(unknown.findings(), ["swimlane/node-not-in-table: node `S2` has no row in the table @ `S2`"]);
}

#[test]
fn rows_with_the_ids_of_each_other_are_no_reason_to_rename_anything() {
    let swapped = TABLE.replace("| P1 |", "| PX |").replace("| P2 |", "| P1 |").replace("| PX |", "| P2 |");
    let found = page(DIAGRAM, &swapped).parsed.found;
    assert!(found.iter().any(|finding| finding.rule == &LABEL_MISMATCH), "{found:?}");
    let is_safe = |finding: &&Diagnostic| {
        finding.rule == &LABEL_MISMATCH
            && finding.message.contains("calls it")
            && finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe)
    };
    assert_eq!(found.iter().find(is_safe), None);
}

#[test]
fn numbers_stand_for_the_labels_that_bear_them() {
    let rows = [
        "1 | Partner Manager | Qualify partner",
        "2a | Solution Engineer | Sign agreement",
        "2b | Solution Engineer | Provision sandbox",
        "3 | Solution Engineer | Certify team",
        "4 | Partner Ops | Pay commission",
        "4 | Partner Manager | Quarterly review",
    ];
    let table = format!("| # | Who | Step |\n{}", rows.map(|row| format!("| {row} |\n")).concat());
    let page = page(DIAGRAM, &table);
    let finding = "swimlane/lane-mismatch: node `P2` is in lane `🤝 Partner Manager`, but the table says `Solution Engineer` @ `P2`";
    assert_eq!(page.findings(), [finding]);
    assert_eq!(page.node("O1"), "Stage 4|🏛️ Partner Ops|4. Pay commission");
}
