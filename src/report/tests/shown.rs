//! What people see, held to a drawing of it in the test.

/// Holds what people see to a drawing of it, which stands in the test as far in as the code around it.
#[track_caller]
pub(super) fn assert_shown(shown: &str, drawing: &str) {
    let lines = || drawing.trim_start_matches('\n').lines();
    let indents = lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len());
    let indent = indents.min().unwrap_or_default();
    let expected: Vec<&str> = lines().map(|line| line.get(indent..).unwrap_or_default()).collect();
    assert_eq!(shown.trim_end(), expected.join("\n").trim_end());
}
