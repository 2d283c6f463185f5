//! "Did you mean": the name that was probably meant.
//! In: a name and all that exist. Out: the nearest, when it is near enough to be worth saying.
//! Never knows: what is named.

use strsim::damerau_levenshtein;

/// The candidate nearest to `name` by edit distance; `None` when all are too far off to be what was meant.
/// Letter case counts for half: `Recruit` is nearly `recruit`. Ties go to the first in order of text.
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    // A third of the letters may be wrong, but always at least one.
    let limit = (name.chars().count() / 3).max(1) * 2;
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(name.chars().count()) * 2 <= limit)
        .map(|candidate| {
            let folded = damerau_levenshtein(&lower, &candidate.to_lowercase());
            (folded * 2 + usize::from(folded == 0 && candidate != name), candidate)
        })
        // Of one letter, nothing would be left that is alike.
        .filter(|(distance, _)| *distance <= limit && *distance < name.chars().count() * 2)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        let keys = ["name", "template", "prompt"];
        assert_eq!(nearest("templte", keys), Some("template"));
        assert_eq!(nearest("Name", keys), Some("name"));
        assert_eq!(nearest("owner", keys), None);
        assert_eq!(nearest("A", ["B", "a"]), Some("a"));
        assert_eq!(nearest("A", ["B"]), None);
    }
}
