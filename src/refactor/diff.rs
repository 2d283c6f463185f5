//! Unified diffs.
//! In: a file's path and text, before and after. Out: a unified diff.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::source::SourcePath;

/// The number of context lines around a change.
const CONTEXT: usize = 3;

/// A diff of one file; if the path changed, of a renamed file. Empty if nothing changed.
#[must_use]
pub fn unified(old: &SourcePath, before: &str, new: &SourcePath, after: &str) -> String {
    let mut out = String::new();
    if old != new {
        let _ = writeln!(out, "diff --git a/{old} b/{new}\nrename from {old}\nrename to {new}");
    }
    if before == after {
        return out;
    }
    let _ = writeln!(out, "--- a/{old}\n+++ b/{new}");
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let _ = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            let _ = write!(out, "{sign}{}", change.value());
            if !change.value().ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unified;
    use crate::source::SourcePath;

    #[test]
    fn a_diff_shows_lines_with_their_own_breaks() {
        let path = SourcePath::new("content/nda.md").unwrap();
        let shown = unified(&path, "# NDA\r\n[a](A.md)", &path, "# NDA\r\n[a](a.md)");
        let expected = "--- a/content/nda.md\n+++ b/content/nda.md\n@@ -1,2 +1,2 @@\n # NDA\r\n-[a](A.md)\n\
                        \\ No newline at end of file\n+[a](a.md)\n\\ No newline at end of file\n";
        assert_eq!(shown, expected);
        assert_eq!(unified(&path, "same", &path, "same"), "");
    }
}
