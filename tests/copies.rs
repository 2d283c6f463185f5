//! Copies of playbooks that somebody wrote into pages, and repairs of them: what only the author said stays.
//! In: pages with copies in which all can be wrong that drifts. Out: each sentence that a repair takes away, and each
//! repair that changes more than it must.
//! Never knows: how copies are compared.

mod support;

use partner_docs::pipeline::{Drafts, Session, changes, repair};
use partner_docs::project::{MemoryFileSystem, OverlayFileSystem};
use partner_docs::source::SourcePath;
use proptest::prelude::*;
use support::site::inline;

const RECRUIT: &str = "name: Recruit a partner\nsteps:\n  - name: Score the candidate\n    template: score.md\n  \
                       - name: Hold the discovery call\n    template: call.md\n  - name: Pitch to the board\n    template: pitch.md\n";
const EXIT: &str = "name: Part ways\nsteps:\n  - name: Give notice\n";

/// A project with these playbooks and one page.
fn project(page: &str, recruit: &str) -> MemoryFileSystem {
    MemoryFileSystem::new([
        ("content/index.md", page),
        ("content/score.md", "# Score\n"),
        ("content/call.md", "# Call\n"),
        ("content/pitch.md", "# Pitch\n"),
        ("playbooks/recruit.yaml", recruit),
        ("playbooks/exit.yaml", EXIT),
    ])
}

/// The page after every repair that is offered.
fn repaired(page: &str, recruit: &str) -> String {
    let mut session = Session::new(OverlayFileSystem::new(project(page, recruit)), Drafts::Hidden);
    let linked = session.link().expect("a project");
    let place = linked.site.config.place.clone();
    repair(&mut session, linked, &|_, _| {}, &mut |_, _, _| true).expect("a project");
    let changed = changes(session.disk(), &place).into_iter().find(|change| change.path.as_str() == "content/index.md");
    changed
        .map_or_else(|| page.to_owned(), |change| String::from_utf8(change.after.unwrap_or_default()).expect("UTF-8"))
}

#[test]
fn a_wrong_link_in_a_step_table_is_repaired_at_its_destination() {
    let page = "# Home\n\n## Recruit\n\n| Step | What happens | Template |\n|---|---|---|\n\
                | 1 | The desk scores each name. | [Score](score.md) |\n\
                | 2 | Two of us listen. | [Call](pitch.md) |\n| 3 | The board has a week. | [Pitch](pitch.md) |\n";
    assert_eq!(repaired(page, RECRUIT), page.replace("[Call](pitch.md)", "[Call](call.md)"));
}

#[test]
fn a_missing_playbook_gets_a_row_and_a_wrong_number_its_number() {
    let page = "# Home\n\n| Playbook | When | Steps |\n|---|---|---|\n| `recruit` | A company asks to join. | 5 |\n\nThe end.\n";
    let expected = page.replace("| 5 |\n", "| 3 |\n| `exit` | | 1 |\n");
    assert_eq!(repaired(page, RECRUIT), expected);
    let page = "# Home\n\n| Playbook | Steps |\n|---|---|\n| `recruit` | 3 |";
    assert_eq!(repaired(page, RECRUIT), format!("{page}\n| `exit` | 1 |"));
}

#[test]
fn chips_are_put_in_order_or_named_and_nothing_else_is_touched() {
    let strip = |labels: [&str; 3]| {
        let chips: String =
            labels.iter().map(|label| format!("  <i class=\"playbook-step\">{label}</i> →\n")).collect();
        format!("# Home\n\n## Recruit\n\n<div class=\"playbook-flow\">\n{chips}</div>\n")
    };
    let expected = strip(["Score", "Discovery", "Pitch"]);
    assert_eq!(repaired(&strip(["Pitch", "Score", "Discovery"]), RECRUIT), expected);
    let named = strip(["Score", "Discovery", "Pitch to the board"]);
    assert_eq!(repaired(&strip(["Score", "Discovery", "Celebrate"]), RECRUIT), named);
    let sentence = strip(["Score", "Discovery", "Now we wait until they call us back."]);
    assert_eq!(repaired(&sentence, RECRUIT), sentence);
}

#[test]
fn a_link_that_others_lead_through_stays() {
    let page = "# Home\n\n## Recruit\n\n| Step | Template |\n|---|---|\n| 1 | [Score](score.md) |\n| 2 | [Call][p] |\n\
                | 3 | [Pitch][p] |\n\n[p]: pitch.md\n";
    assert_eq!(repaired(page, RECRUIT), page);
}

#[test]
fn nothing_is_counted_that_was_not_read() {
    let page = "# Home\n\n| Playbook | Templates |\n|---|---|\n| `recruit` | 3 |\n| `exit` | 0 |\n";
    let half = RECRUIT.replace("template: call.md", "template: call.md: x");
    assert_eq!(repaired(page, &half), page);
    // What was read is still held against the page; the number is a guess as long as something is wrong with the file.
    let slip = format!("{RECRUIT}tagz: [a]\n");
    let built = inline(&[
        ("content/index.md", &page.replace("| 3 |", "| 2 |")),
        ("content/score.md", "# Score\n"),
        ("content/call.md", "# Call\n"),
        ("content/pitch.md", "# Pitch\n"),
        ("playbooks/recruit.yaml", &slip),
        ("playbooks/exit.yaml", EXIT),
    ]);
    let count = built.linked.found.iter().find(|found| found.rule.code == "playbook/count-mismatch");
    let fix = count.and_then(|count| count.fix.as_ref()).expect("a number to write");
    assert_eq!(fix.applicability.as_str(), "suggested");
}

#[test]
fn a_copy_that_says_more_than_its_playbook_is_not_replaced() {
    let settings = "[check]\n\"playbook/hand-written-copy\" = \"warn\"\n";
    let offers = |page: &str| {
        let files = [
            ("book.toml", settings),
            ("content/index.md", page),
            ("content/score.md", "# Score\n"),
            ("content/call.md", "# Call\n"),
            ("content/pitch.md", "# Pitch\n"),
            ("playbooks/recruit.yaml", RECRUIT),
        ];
        let found = inline(&files).linked.found;
        let copies: Vec<bool> = found
            .iter()
            .filter(|found| found.rule.code == "playbook/hand-written-copy")
            .map(|found| found.fix.is_some())
            .collect();
        copies
    };
    let table = |head: &str, cells: [&str; 3]| {
        let rows: Vec<String> = [("Score", "score"), ("Call", "call"), ("Pitch", "pitch")]
            .iter()
            .zip((1..).zip(cells))
            .map(|((title, file), (number, cell))| format!("| {number} | [{title}]({file}.md) |{cell}\n"))
            .collect();
        let line = if head.is_empty() { "|---|---|" } else { "|---|---|---|" };
        format!("# Recruit\n\n| Step | Template |{head}\n{line}\n{}", rows.concat())
    };
    assert_eq!(offers(&table("", ["", "", ""])), [true]);
    assert_eq!(offers(&table(" Why |", [" We ask. |", " We listen. |", " We show. |"])), [false]);
    let strip = |last: &str| {
        format!(
            "# Recruit\n\n<div class=\"playbook-flow\"><b class=\"playbook-step\">Score the candidate</b> → \
             <b class=\"playbook-step\">Hold the discovery call</b> → <b class=\"playbook-step\">{last}</b></div>\n"
        )
    };
    assert_eq!(offers(&strip("Pitch to the board")), [true]);
    assert_eq!(offers(&strip("Pitch, and bring cake")), [false]);
}

#[test]
fn what_no_name_was_read_for_keeps_its_words() {
    let chips = ["Score", "Pitch", "Sign"].map(|label| format!("  <i class=\"playbook-step\">{label}</i>\n")).concat();
    let page = format!("# Home\n\n## Recruit\n\n<div class=\"playbook-flow\">\n{chips}</div>\n");
    let recruit = "name: Recruit\nsteps:\n  - name: Score\n  - nme: Pitch to us\n  - name: Sign\n";
    assert_eq!(repaired(&page, recruit), page);
}

#[test]
fn a_row_that_a_repair_adds_ends_as_the_others_do() {
    let page = "# Home\n\n| Playbook | When | Steps |\n|---|---|---|\n| `recruit` | Now | 3 |\n\nThe end.\n";
    let expected = page.replace("| 3 |\n", "| 3 |\n| `exit` | | 1 |\n").replace('\n', "\r\n");
    assert_eq!(repaired(&page.replace('\n', "\r\n"), RECRUIT), expected);
    let page = "# Home\n\n| When | Playbook | Templates | Steps |\n|---|---|---|---|\n| Now | `recruit` | 3 | 3 |\n";
    assert_eq!(repaired(page, RECRUIT), format!("{page}| | `exit` | 0 | 1 |\n"));
}

#[test]
fn a_lost_letter_comes_back_and_the_other_words_stay() {
    let strip = |label: &str| {
        let chips =
            ["Score", label, "Pitch"].map(|label| format!("  <i class=\"playbook-step\">{label}</i>\n")).concat();
        format!("# Home\n\n## Recruit\n\n<div class=\"playbook-flow\">\n{chips}</div>\n")
    };
    assert_eq!(repaired(&strip("Our Discvery call"), RECRUIT), strip("Our Discovery call"));
}

#[test]
fn a_number_is_no_safe_repair_where_witnesses_agree_on_the_old_one_or_a_row_was_not_read_whole() {
    let fix_of = |page: &str, recruit: &[u8]| {
        let mut disk = project(page, "");
        disk.write("playbooks/recruit.yaml", recruit);
        let mut session = Session::new(disk, Drafts::Hidden);
        let found = session.link().expect("a project").found;
        let count = found.into_iter().find(|found| found.rule.code == "playbook/count-mismatch");
        count.map(|count| count.fix.map(|fix| fix.applicability.as_str()))
    };
    let overview = "# Home\n\n| Playbook | Steps |\n|---|---|\n| `recruit` | 4 |\n| `exit` | 1 |\n";
    assert_eq!(fix_of(overview, RECRUIT.as_bytes()), Some(Some("safe")));
    let chips =
        ["Score", "Discovery", "Pitch", "Sign"].map(|label| format!("<i class=\"playbook-step\">{label}</i>\n"));
    let strip = format!("{overview}\n## Recruit\n\n<div class=\"playbook-flow\">\n{}</div>\n", chips.concat());
    assert_eq!(fix_of(&strip, RECRUIT.as_bytes()), Some(Some("suggested")));
    assert_eq!(fix_of(&overview.replace("| 4 |", "| 4 | 3 |"), RECRUIT.as_bytes()), None);
    let mut broken = RECRUIT.as_bytes().to_vec();
    broken.extend(b"purpose: caf\xe9\n");
    assert_eq!(fix_of(overview, &broken), Some(Some("suggested")));
}

#[test]
fn a_copy_that_is_too_long_to_compare_is_said_to_be() {
    let found = |steps: usize| {
        let names = |form: fn(usize) -> String| (0..steps).map(form).collect::<String>();
        let recruit = format!("name: Recruit\nsteps:\n{}", names(|at| format!("  - name: Step number{at}\n")));
        let chips = names(|at| format!("<i class=\"playbook-step\">number{at}</i>\n"));
        let page = format!("# Home\n\n## Recruit\n\n<div class=\"playbook-flow\">\n{chips}</div>\n");
        let mut session = Session::new(project(&page.replace(">number0<", ">Party<"), &recruit), Drafts::Hidden);
        let found = session.link().expect("a project").found;
        found.iter().map(|found| found.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(found(500), ["playbook/flow-order"]);
    assert_eq!(found(501), ["playbook/not-compared"]);
}

/// What a cell of prose says: a sentence that no playbook holds.
fn sentence() -> impl Strategy<Value = String> {
    "(Ask|Tell|Show) (them|us|all) (why|how|when) [a-z]{4,9} (matters|helps)\\."
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn a_repair_never_takes_away_a_sentence(
        said in prop::collection::vec(sentence(), 8),
        links in prop::collection::vec(prop::sample::select(vec!["score.md", "call.md", "pitch.md", "gone.md", ""]), 4),
        labels in prop::collection::vec(prop::sample::select(vec!["Score", "Call", "Pitch", "Party", "Hold on, and wait."]), 1..5),
        counts in prop::collection::vec(0usize..6, 2),
        name in prop::sample::select(vec!["recruit", "recruti", "exit", "review", "Recruit a partner"]),
        recruit in prop::sample::select(vec![
            RECRUIT.to_owned(),
            format!("{RECRUIT}tagz: [a]\n"),
            RECRUIT.replace("template: call.md", "template: [call.md"),
            RECRUIT.replace("  - name: Pitch", "  - Pitch"),
        ]),
    ) {
        let chips: String = labels.iter().map(|label| format!("<b class=\"playbook-step\">{label}</b> {}\n", said[0])).collect();
        let rows: String = links
            .iter()
            .zip(&said[1..5])
            .enumerate()
            .map(|(at, (link, text))| format!("| {} | {text} | [{text}]({link}) |\n", at + 1))
            .collect();
        let page = format!(
            "# Home\n\n| Playbook | When | Steps |\n|---|---|---|\n| `{name}` | {} | {} |\n| `exit` | {} | {} |\n\n\
             ## Recruit\n\n<div class=\"playbook-flow\">\n{chips}</div>\n\n\
             | Step | What happens | Template |\n|---|---|---|\n{rows}\n{}\n",
            said[5], counts[0], said[6], counts[1], said[7],
        );
        let after = repaired(&page, &recruit);
        for text in said.iter().chain(std::iter::once(&"Hold on, and wait.".to_owned())) {
            let times = |page: &str| page.matches(text.as_str()).count();
            prop_assert!(times(&after) >= times(&page), "`{text}` is gone:\n{page}\nbecame\n{after}");
        }
    }
}

#[test]
fn a_strip_or_table_of_a_renamed_playbook_is_said_where_it_stands_alone() {
    const STRIP: &str = "<div class=\"playbook-flow\">\n<span class=\"playbook-step\">Numbers</span>\n\
                         <span class=\"playbook-step\">Agenda</span>\n</div>\n";
    const TABLE: &str = "| Step | Template |\n|---|---|\n| 1. Numbers | [a](index.md) |\n";
    let found = |file: &str, text: &str, moves: &[(&str, &str)]| {
        let files = [("content/index.md", "# Home\n"), (file, text), ("playbooks/qbr.yaml", "name: QBR\nsteps: [a]\n")];
        let mut session = Session::new(MemoryFileSystem::new(files), Drafts::Hidden);
        let path = |path: &str| SourcePath::new(path).expect("a path");
        session.know_moves(moves.iter().map(|(from, to)| (path(from), path(to))));
        let linked = session.link().expect("a project");
        let of_rule = linked.found.iter().filter(|finding| finding.rule.code == "playbook/not-found");
        of_rule
            .map(|finding| format!("{} {}", finding.message, finding.help.as_deref().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let renamed = [("playbooks/review.yaml", "playbooks/qbr.yaml")];
    let said = ["playbook not found: `Review` did you mean `qbr`?"];
    for copy in [STRIP, TABLE] {
        assert_eq!(found("content/a.md", &format!("# Guide\n\n## Review\n\n{copy}"), &renamed), said);
        assert_eq!(found("content/a.md", &format!("# Guide\n\n## Other\n\n{copy}"), &renamed), [""; 0]);
        assert_eq!(found("content/a.md", &format!("# Review\n\n{copy}"), &[]), [""; 0], "nobody knows of a playbook");
        assert_eq!(
            found("content/a.md", &format!("# Review\n\n{copy}"), &[("docs/review.md", "docs/qbr.md")]),
            [""; 0]
        );
        let of_file = found("content/review.md", &format!("# Guide\n\n{copy}"), &renamed);
        assert_eq!(of_file, ["playbook not found: `review` did you mean `qbr`?"]);
    }
}
