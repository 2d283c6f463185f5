//! Compares titles of steps and lanes: stage numbers, case and emoji aside.

use std::ops::Range;

use crate::source::Part as _;

/// The number of a stage: `3a` is part `a` of stage 3.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StageNumber {
    /// The stage.
    pub number: u32,
    /// The part of it, in lower case.
    pub part: Option<char>,
}

impl StageNumber {
    /// Whether both can be said of one step: `3` and `3a` can, `3a` and `3b` cannot.
    #[must_use]
    pub fn fits(self, other: Self) -> bool {
        self.number == other.number && (self.part.is_none() || other.part.is_none() || self.part == other.part)
    }
}

impl std::fmt::Display for StageNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.number)?;
        self.part.map_or(Ok(()), |part| write!(f, "{part}"))
    }
}

/// A stage number at the start of a title, and what it covers: `3a. Preflight`, `Stage 3: Provision`.
/// `5 Whys` and `1.5x growth` have none.
#[must_use]
pub fn leading_stage(title: &str) -> Option<(StageNumber, Range<usize>)> {
    let word = title.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(title.len());
    let named = is_stage_word(title.part(..word));
    let start = if named { title.len() - title.part(word..).trim_start().len() } else { 0 };
    let (stage, length) = number(title.part(start..))?;
    let end = start + length;
    let rest = title.part(end..);
    let behind = rest.trim_start_matches([' ', '.', ')', ':', '-', '–', '—', '·']);
    let separator = rest.part(..rest.len() - behind.len());
    let known = if named {
        behind.is_empty() || !separator.is_empty()
    } else {
        // `3. Sign`, but not `1.5x` or `24h wait`.
        !separator.trim().is_empty() && separator.ends_with(' ') && !behind.is_empty()
    };
    known.then_some((stage, 0..end))
}

/// The stage that a cell names: `Stage 3`, `phase 3a – Provision`, or a bare number.
#[must_use]
pub fn named_stage(text: &str) -> Option<StageNumber> {
    if let Some((stage, length)) = number(text.trim()) {
        // With anything behind it a number counts something else: `12 months`.
        return (length == text.trim().len()).then_some(stage);
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let stage = words.peek().filter(|_| is_stage_word(word)).and_then(|next| whole_number(next));
        if stage.is_some() {
            return stage;
        }
    }
    None
}

fn whole_number(text: &str) -> Option<StageNumber> {
    number(text).filter(|(_, length)| *length == text.len()).map(|(stage, _)| stage)
}

fn is_stage_word(word: &str) -> bool {
    ["stage", "phase"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// A number with at most one letter behind it, at the start of `text`; gives its length. What has four digits is a year.
fn number(text: &str) -> Option<(StageNumber, usize)> {
    const LONGEST: usize = 3;
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > LONGEST {
        return None;
    }
    let number = text.part(..digits).parse().ok()?;
    let mut letters = text.part(digits..).chars();
    let part = letters.next().filter(char::is_ascii_alphabetic);
    if part.is_some() && letters.next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let part = part.map(|letter| letter.to_ascii_lowercase());
    Some((StageNumber { number, part }, digits + usize::from(part.is_some())))
}

/// A title without its stage number.
#[must_use]
pub fn without_stage(title: &str) -> &str {
    let behind = leading_stage(title).map_or(0, |(_, range)| range.end);
    title.part(behind..).trim_start_matches([' ', '.', ')', ':', '-', '–', '—', '·'])
}

/// The words of a text in lower case, without marks and emoji.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether two texts name the same thing: the same words.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    words(a) == words(b)
}

/// Whether one of two titles starts with the other: a table may say more than a box has room for, and a box
/// may add what to do.
#[must_use]
pub fn fits(a: &str, b: &str) -> bool {
    words_fit(&words(without_stage(a)), &words(without_stage(b)))
}

/// The same for titles that are words already.
pub(super) fn words_fit(a: &[String], b: &[String]) -> bool {
    !a.is_empty() && !b.is_empty() && (a.starts_with(b) || b.starts_with(a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_numbers_are_read_where_they_are_meant() {
        let shown =
            |title: &str| leading_stage(title).map(|(stage, range)| (stage.to_string(), title[range].to_owned()));
        let stage = |number: &str, covers: &str| Some((number.to_owned(), covers.to_owned()));
        assert_eq!(shown("1. Scope + discover"), stage("1", "1"));
        assert_eq!(shown("3a. Preflight"), stage("3a", "3a"));
        assert_eq!(shown("2) Sign"), stage("2", "2"));
        assert_eq!(shown("Stage 3: Provision"), stage("3", "Stage 3"));
        assert_eq!(shown("Phase 4"), stage("4", "Phase 4"));
        for none in ["5 Whys", "1.5x growth", "24h wait", "7", "Stage gate", "Step 3: sign", "2026-01 review", "3a"] {
            assert_eq!(shown(none), None, "{none}");
        }
    }

    #[test]
    fn cells_name_stages() {
        let stage = |text| named_stage(text).map(|stage| stage.to_string());
        assert_eq!(stage("Stage 3").as_deref(), Some("3"));
        assert_eq!(stage("see phase 3b (provision)").as_deref(), Some("3b"));
        assert_eq!(stage(" 4 ").as_deref(), Some("4"));
        assert_eq!(stage("— (customer-owned)"), None);
        assert_eq!(stage("12 months"), None);
        assert_eq!(stage("2026"), None);
        assert_eq!(stage("0 of 4"), None);
        assert_eq!(stage("Q3"), None);
    }

    #[test]
    fn titles_fit_when_one_starts_with_the_other() {
        assert!(fits("3a. Preflight", "Preflight (landing zone + GitHub Environment)"));
        assert!(fits("7. Ongoing day-2 ops", "Ongoing Day-2 Ops"));
        assert!(!fits("5. UAT sign-off", "UAT support"));
        assert!(!fits("🚀", "Launch"));
        assert_eq!(without_stage("Stage 3: Provision"), "Provision");
        assert!(same("👤 Delivery Lead", "delivery lead"));
        assert!(!same("Delivery", "Delivery Lead"));
    }
}
