use proptest::prelude::*;

use super::*;
use crate::diagnostic::Diagnostics;
use crate::playbook::{PlaybookNames, flow, parse};
use crate::source::{SourceId, Span};

/// A page of its own, so that its spans cannot be mistaken for the playbook's.
const PAGE: SourceId = SourceId::new(1);

const EXIT: &str = "\
steps:
  - name: Exit Planning
    template: exit-checklist.md
  - name: Customer Assessment
    template: icp-tracker.md
  - name: Performance Documentation
    template: success-metrics.md
  - name: Execute Wind-Down
    template: exit-checklist.md
";

fn playbook(id: &str, text: &str) -> Playbook {
    parse(text, SourceId::new(0), id, &[]).value
}

fn located(text: &str) -> Located<String> {
    Located::new(text.to_owned(), Span::new(PAGE, 0..text.len()))
}

impl Template for String {
    fn in_place_of(&self, _: &Self) -> Option<String> {
        Some(self.clone())
    }
}

/// Labels, none of them a link.
fn chips(labels: impl IntoIterator<Item = Located<String>>) -> Vec<Chip<String>> {
    labels.into_iter().map(|label| Chip { label, template: None }).collect()
}

fn strip_of(labels: &[Chip<String>], playbook: &Playbook) -> Diagnostics {
    let key_of = |step: usize| playbook.steps[step].template.as_ref().map(|template| template.value.clone());
    compare_strip(labels, playbook, key_of)
}

#[track_caller]
fn messages(found: &Diagnostics, expected: &[&str]) {
    assert!(found.iter().all(|finding| finding.span.source == PAGE));
    assert_eq!(found.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), expected);
}

/// Labels with arrows between them, against the exit playbook.
#[track_caller]
fn strip(labels: &str, expected: &[&str]) {
    let labels = chips(labels.split(" → ").filter(|label| !label.is_empty()).map(located));
    messages(&strip_of(&labels, &playbook("exit", EXIT)), expected);
}

#[test]
fn labels_shorter_than_names_tell_the_same_story() {
    strip("Exit Planning → Customer Review → Metrics Doc → Wind-Down", &[]);
    strip("", &[]);
}

#[test]
fn a_strip_that_drifted_is_found_at_the_label() {
    strip(
        "Customer Review → Exit Planning → Metrics Doc → Wind-Down",
        &["`Customer Review` is out of order: it is step 2 of `exit`"],
    );
    strip(
        "Exit Planning → Customer Review → Wind-Down",
        &["missing step 3 `Performance Documentation` of `exit` after `Customer Review`"],
    );
    strip(
        "Exit Planning → Legal → Metrics Doc → Wind-Down",
        &["`Legal` does not match step 2 `Customer Assessment` of `exit`"],
    );
    strip("Exit Planning → Customer Review → Metrics Doc → Wind-Down → Party", &["`Party` is not a step of `exit`"]);
    strip(
        "Wind-Down",
        &[
            "missing steps 1 `Exit Planning`, 2 `Customer Assessment`, 3 `Performance Documentation` of `exit` before `Wind-Down`",
        ],
    );
}

#[test]
fn names_that_share_a_word_are_still_told_apart() {
    let text = "steps:\n  - name: Partner Qualification\n  - name: Partnership Pitch\n  - name: Partner Proposal\n";
    let labels = chips(["Partnership Pitch", "Partner Qualification", "Partner Proposal"].map(located));
    let found = strip_of(&labels, &playbook("recruit", text));
    messages(&found, &["`Partnership Pitch` is out of order: it is step 2 of `recruit`"]);
    assert_eq!(found[0].help.as_deref(), Some("move it after `Partner Qualification`"));
}

/// Rows `1 exit-checklist.md Name`, where `-` stands for nothing, against the exit playbook.
#[track_caller]
fn table(rows: &[&str], expected: &[&str]) {
    let row = |row: &&str| {
        let mut cells = row.splitn(3, ' ').map(|cell| (cell != "-").then(|| located(cell)));
        let mut cell = || cells.next().flatten();
        TableRow { span: Span::new(PAGE, 0..1), number: cell(), template: cell(), name: cell(), is_whole: true }
    };
    let rows: Vec<TableRow<String>> = rows.iter().map(row).collect();
    let exit = playbook("exit", EXIT);
    let key_of = |step: usize| exit.steps[step].template.as_ref().map(|template| template.value.clone());
    messages(&compare_table(&rows, &exit, key_of), expected);
}

#[test]
fn a_table_that_agrees_is_left_alone() {
    table(&["1 exit-checklist.md", "2 icp-tracker.md", "3 success-metrics.md", "4 exit-checklist.md"], &[]);
    table(&["1 - Planning", "2 - Customers", "3 - Performance", "4 - Wind-Down"], &[]);
    table(&["1 exit-checklist.md", "2 -", "3 success-metrics.md", "4 exit-checklist.md"], &[]);
}

#[test]
fn a_table_that_drifted_is_found_at_the_cell() {
    table(
        &["1 exit-checklist.md", "2 proposal.md", "3 success-metrics.md", "4 exit-checklist.md"],
        &["step 2 `Customer Assessment` of `exit` uses `icp-tracker.md`, not `proposal.md`"],
    );
    table(
        &["1 exit-checklist.md", "2 success-metrics.md", "3 icp-tracker.md", "4 exit-checklist.md"],
        &["`success-metrics.md` is out of order: it is step 3 of `exit`"],
    );
    table(
        &["1 exit-checklist.md", "2 success-metrics.md", "3 exit-checklist.md"],
        &["missing row: step 2 `Customer Assessment` of `exit` after this row"],
    );
    table(
        &["1 exit-checklist.md", "2 icp-tracker.md", "4 success-metrics.md", "3 exit-checklist.md"],
        &["wrong number `4` for step 3 `Performance Documentation` of `exit`"],
    );
    table(
        &["1 - Planning", "2 - Legal", "3 - Performance", "4 - Wind-Down"],
        &["`Legal` does not match step 2 `Customer Assessment` of `exit`"],
    );
}

/// Rows `exit, 4`.
#[track_caller]
fn overview(rows: &[&str], expected: &[&str]) -> Diagnostics {
    let row = |row: &&str| {
        let (playbook, count) = row.split_once(", ").unwrap();
        OverviewRow { playbook: located(playbook), counts: vec![located(count)] }
    };
    let rows = rows.iter().map(row).collect();
    let head = Located::new("Name".to_owned(), Span::new(PAGE, 0..8));
    let overview = Overview { head, names: 0, counted: vec![(1, Counted::Templates)], end: None, rows };
    let plan = playbook("support-escalation", "name: Support Escalation\nsteps:\n  - name: Plan\n");
    let exit = playbook("exit", EXIT);
    let found =
        compare_overview(&overview, &[&exit, &plan], &PlaybookNames::of([&exit, &plan]), &|_| None).unwrap_or_default();
    messages(&found, expected);
    found
}

#[test]
fn an_overview_counts_steps_that_have_a_template_or_their_documents() {
    overview(&["exit, 4", "support-escalation, 0"], &[]);
    overview(&["exit, 3", "support-escalation, 0"], &[]);
    overview(&["Exit, 4 templates", "Support Escalation, —"], &[]);
    let found = overview(&["exit, 5", "support-escalation, 0"], &["`exit` has 4 steps with a template, not `5`"]);
    assert_eq!(found[0].fix.as_ref().unwrap().edits[0].replacement, "4");
}

#[test]
fn a_playbook_that_an_overview_leaves_out_is_found_at_its_head() {
    let found = overview(&["exit, 4"], &["this overview does not list `support-escalation`"]);
    assert_eq!((found[0].rule.code, found[0].span.end), ("playbook/not-listed", 8));
    let found = overview(&["exit, 4", "suport-escalation, 0"], &["this overview does not list `support-escalation`"]);
    assert!(found[0].help.as_ref().unwrap().contains("`suport-escalation` does not match any playbook"));
}

#[test]
fn a_table_about_something_else_is_no_overview() {
    overview(&["exit, Exit Checklist → Wind-Down"], &[]);
    overview(&["Bronze, 3", "Silver, 5"], &[]);
}

fn playbook_of(names: &[impl std::fmt::Display]) -> Playbook {
    let lines: Vec<String> = names.iter().map(|name| format!("  - name: \"{name}\"")).collect();
    playbook("any", &format!("steps:\n{}", lines.join("\n")))
}

proptest! {
    #[test]
    fn a_strip_made_of_the_names_always_agrees(names in prop::collection::vec("[A-Za-z&-]{1,9}( [A-Za-zü]{1,9}){0,3}", 0..9)) {
        let playbook = playbook_of(&names);
        let labels = chips(flow::labels(&playbook).into_iter().map(located));
        prop_assert_eq!(strip_of(&labels, &playbook), vec![]);
    }

    #[test]
    fn a_label_that_moved_is_always_found(count in 2usize..9, from in 0usize..9, by in 1usize..9) {
        let from = from % count;
        let to = (from + by.min(count - 1)) % count;
        let names = ["Agree", "Build", "Certify", "Discover", "Enable", "Forecast", "Grow", "Handover", "Invest"];
        let mut labels = chips(names[..count].iter().map(|name| located(name)));
        let moved = labels.remove(from);
        labels.insert(to, moved);
        let found = strip_of(&labels, &playbook_of(&names[..count]));
        prop_assert_eq!(found.len(), 1);
    }
}
