use proptest::prelude::*;

use super::*;

const RENEWAL: &str = "\
name: Partner Renewal
description: Annual partnership renewal process
recurring: true
next_playbook: [qbr, exit]
steps:
  - template: enablement/06-success-metrics.md
    name: \"Review Metrics\"
    prompt: |
      Review the partner's performance
      over the past year.

  - name: Renewal Discussion
    checklist: [Terms drafted]
";

fn playbook(text: &str) -> Parsed<Playbook> {
    parse(text, SourceId::new(0), "renewal", &[])
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) -> Playbook {
    let Parsed { value, found } = playbook(text);
    let describe = |d: &Diagnostic| format!("{} {} @ {}", d.rule.code, d.message, &text[d.span.range()]);
    assert_eq!(found.iter().map(describe).collect::<Vec<_>>(), expected);
    value
}

#[test]
fn a_playbook_is_read_with_the_places_of_its_values() {
    let renewal = finds(RENEWAL, &[]);
    assert_eq!((renewal.id.as_str(), renewal.name.value.as_str()), ("renewal", "Partner Renewal"));
    assert_eq!(renewal.recurring.unwrap().value, "regularly");
    let next: Vec<&str> = renewal.next_playbook.iter().map(|id| &RENEWAL[id.span.range()]).collect();
    assert_eq!(next, ["qbr", "exit"]);
    let [review, discussion] = &renewal.steps[..] else { panic!("two steps") };
    assert_eq!(&RENEWAL[review.name.span.range()], "Review Metrics");
    assert_eq!(&RENEWAL[review.template.as_ref().unwrap().span.range()], "enablement/06-success-metrics.md");
    assert_eq!(review.prompt.as_ref().unwrap().value, "Review the partner's performance\nover the past year.");
    assert_eq!((discussion.template.is_none(), discussion.checklist.len()), (true, 1));
    assert!(RENEWAL[discussion.start.start as usize..].starts_with("name: Renewal Discussion"));
}

#[test]
fn a_playbook_without_a_name_goes_by_its_id() {
    assert_eq!(finds("steps:\n  - name: Sign\nnext_playbook: qbr\nrecurring: false\n", &[]).name.value, "renewal");
}

#[test]
fn each_defect_costs_its_own_entry() {
    let text = "\
name: Recruit
tagz: [a]
prerequisites: none
steps:
  - name: Qualify
    templte: a.md
    owner: [[me]]
  -
  - Pitch
  - prompt: Go
  - name: qualify
    duration: 30
";
    let expected = [
        "playbook/unknown-key unknown key `tagz` @ tagz",
        "playbook/type `prerequisites` must be a list of strings @ none",
        "playbook/unknown-key unknown key `templte` @ templte",
        "playbook/type every item of `owner` must be a string @ [me]",
        "playbook/empty-step step 2 is empty @ -",
        "playbook/missing-name step 4 has no name @ prompt",
        "playbook/duplicate-step duplicate step name `qualify` @ qualify",
    ];
    let recruit = finds(text, &expected);
    let names: Vec<&str> = recruit.steps.iter().map(|step| step.name.value.as_str()).collect();
    assert_eq!(names, ["Qualify", "Pitch", "Step 4", "qualify"]);
    assert_eq!(recruit.steps[3].duration.as_ref().unwrap().value, "30");
}

#[test]
fn findings_offer_the_nearest_key_and_name_the_first_step() {
    let found = playbook("step: []\ntemplate: x\nsteps:\n  - name: A\n  - name: A\n    tags: []\n").found;
    assert_eq!(found[0].help.as_deref(), Some("did you mean `steps`?"));
    assert_eq!(found[1].help.as_deref(), Some("`template` belongs to a step: indent it below the step's `name`"));
    assert_eq!(found[2].related[0].span.start, found[2].span.start - 12);
    assert_eq!(found[3].help.as_deref(), Some("`tags` belongs to the playbook: move it to the same level as `steps`"));
}

#[test]
fn broken_yaml_costs_its_entry_and_no_more() {
    let text = "name: \"Recruit\nsteps:\n  - name: A\n    prompt: Note: this\n  - name: [B\n";
    let expected = [
        "playbook/syntax unclosed quote `\"` @ \"Recruit",
        "playbook/syntax unquoted value with a colon: `Note: this` @ Note: this",
        "playbook/syntax unclosed bracket `[` @ [B",
    ];
    let recruit = finds(text, &expected);
    assert_eq!((recruit.name.value.as_str(), recruit.steps.len()), ("renewal", 2));
}

#[test]
fn a_file_that_is_no_playbook_says_so_once() {
    finds("", &["playbook/type the playbook is empty @ "]);
    finds("- a\n- b\n", &["playbook/type a playbook must be a mapping @ - a\n- b"]);
    finds("steps: soon\n", &["playbook/type `steps` must be a list @ soon"]);
}

/// What a slip of the finger makes of a line.
fn slips(line: &str) -> Vec<String> {
    let text = line.trim_start();
    let indentation = &line[..line.len() - text.len()];
    let value = line.find(": ").map(|colon| colon + 2).or(text.starts_with("- ").then_some(indentation.len() + 2));
    let marks = ["\"", "'", "[", "{", "@", "%", "*", "- ", "? ", "a: b: ", "{{ x }} "];
    let within = value.map(|at| marks.map(|mark| format!("{}{mark}{}", &line[..at], &line[at..])));
    let around = [
        format!(" {line}"),
        format!("\t{text}"),
        line.replacen(':', "", 1),
        line[usize::from(line != text)..].to_owned(),
    ];
    within.into_iter().flatten().chain(around).collect()
}

#[test]
fn a_slip_in_one_line_is_one_finding_there_and_costs_one_entry() {
    let lines: Vec<&str> = RENEWAL.lines().collect();
    let names = |playbook: &Playbook| playbook.steps.iter().filter(|step| !step.name.value.is_empty()).count();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        for slip in slips(line) {
            let mut changed = lines.clone();
            changed[index] = &slip;
            let text = changed.join("\n");
            let Parsed { value, found } = playbook(&text);
            assert!(found.len() <= 1, "{text}\n{found:?}");
            let line_of = |finding: &Diagnostic| text[..finding.span.start as usize].matches('\n').count();
            // A block text whose first line is indented deeper is found at the line above or below.
            assert!(found.iter().all(|finding| line_of(finding).abs_diff(index) <= 1), "{text}\n{found:?}");
            assert!(*line == "steps:" || names(&value) >= 1, "{text}\n{found:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_finding_lies_in_it(
        lines in prop::collection::vec("(name|steps|  - name|  -|    prompt|recurring)?:? ?[\"'\\[{|a-zü]?[ -~]{0,6}", 0..16)
    ) {
        let text = lines.join("\n");
        for finding in playbook(&text).found {
            prop_assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
        }
    }
}
