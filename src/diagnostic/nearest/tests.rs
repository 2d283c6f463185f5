//! Guesses, and names that are not guessed.

use proptest::prelude::*;

use super::*;

#[test]
fn near_names_are_offered_and_far_ones_are_not() {
    let keys = ["name", "template", "prompt"];
    assert_eq!(nearest("templte", keys), Some("template"));
    assert_eq!(nearest("Name", keys), Some("name"));
    assert_eq!(nearest("owner", keys), None);
    assert_eq!(nearest("A", ["B", "a"]), Some("a"));
    assert_eq!(nearest("A", ["B"]), None);
}

#[test]
fn another_word_another_number_and_a_short_name_are_no_slips() {
    for (written, there) in
        [("import", "export"), ("step-3", "step-4"), ("nda", "nds"), ("msa", "sow"), ("q1-plan", "q2-plan")]
    {
        assert_eq!(nearest(written, [there]), None, "{written}");
    }
}

#[test]
fn of_two_that_are_equally_near_none_is_offered() {
    assert_eq!(nearest("terns", ["terms", "turns", "terns-of-exit"]), None);
    assert_eq!(nearest("NDA", ["nda", "n-d-a"]), Some("nda"));
    assert_eq!(nearest("next_steps", ["next-steps", "Next-Steps"]), None);
    assert_eq!(nearest("nmae", ["name", "name"]), Some("name"), "the same name twice is one");
}

#[test]
fn words_that_came_or_went_are_found_when_only_one_name_has_them() {
    let names: Vocabulary = ["install-the-partner-cli", "terms-of-exit", "terms-of-renewal"].into_iter().collect();
    assert_eq!(names.reworded("install-the-cli"), Some("install-the-partner-cli"));
    assert_eq!(names.reworded("the-terms-of-an-early-exit"), Some("terms-of-exit"));
    assert_eq!(names.reworded("terms-of"), None);
    assert_eq!(names.reworded("terms"), None);
}

#[test]
fn the_index_finds_what_a_look_at_all_finds() {
    let names: Vec<String> = (0..2_000).map(|n| format!("Sign the paper number {n} of Acme")).collect();
    let index: Vocabulary = names.iter().cloned().collect();
    for n in [0, 7, 41, 1_999] {
        let wanted = format!("sign-the-papr-nubmer-{n}-of-acme");
        assert_eq!(index.nearest(&wanted), Some(names[n].as_str()));
    }
    assert_eq!(index.nearest("sign-the-paper-number-2000-of-acme"), None);
}

proptest! {
    #[test]
    fn a_guess_among_many_names_is_that_of_a_look_at_all(
        names in prop::collection::vec("[a-e]{2,5}(-[a-e]{1,5}){0,2}", 30..90), wanted in "[a-e]{3,6}(-[a-e]{2,4})?",
    ) {
        let index: Vocabulary = names.iter().cloned().collect();
        prop_assert_eq!(index.nearest(&wanted), nearest(&wanted, names.iter().map(String::as_str)));
    }

    #[test]
    fn the_same_name_has_the_same_letters_and_digits(a in "[a-cA-C1_ -]{0,5}", b in "[a-cA-C1_ -]{0,5}") {
        let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        prop_assert!(!is_same_name(&a, &b) || letters(&a) == letters(&b));
    }

    #[test]
    fn a_guess_changes_no_digit(a in "[ab]{2,4}-?[0-9]{0,2}", b in "[ab]{2,4}-?[0-9]{0,2}") {
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert!(nearest(&a, [b.as_str()]).is_none() || digits(&a) == digits(&b));
    }
}
