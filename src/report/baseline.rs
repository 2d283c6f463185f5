//! Baseline files: lists of known findings, so that a check fails only for new ones.
//! Each finding is on its own line, in order, so that two versions of the file differ only where the findings do.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::news::{DiagnosticKey, DiagnosticSet};

/// Incremented whenever a field changes its meaning or is removed.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct BaselineFile {
    version: u32,
    findings: Vec<BaselineEntry>,
}

#[derive(Serialize, Deserialize)]
struct BaselineEntry {
    file: String,
    rule: String,
    message: String,
    #[serde(default = "once", skip_serializing_if = "is_once")]
    count: usize,
}

fn once() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_once(count: &usize) -> bool {
    *count == 1
}

impl DiagnosticSet {
    /// The text of a baseline file.
    ///
    /// # Panics
    /// Never: strings and numbers always serialize.
    #[must_use]
    pub fn to_baseline(&self) -> String {
        let line = |(key, count): (&DiagnosticKey, &usize)| {
            let (file, rule) = (key.file.clone(), key.code.to_string());
            let entry = BaselineEntry { file, rule, message: key.message.clone(), count: *count };
            serde_json::to_string(&entry).expect("strings and numbers always serialize")
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        let body = if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
        format!("{{\"version\": {VERSION}, \"findings\": [{body}]}}\n")
    }

    /// Parses a baseline file.
    ///
    /// # Errors
    /// If it isn't one, with the reason.
    pub fn from_baseline(text: &str) -> Result<Self, String> {
        let file: BaselineFile = serde_json::from_str(text).map_err(|error| error.to_string())?;
        // An old program must not take a newer file for an empty one, and let everything through.
        if file.version != VERSION {
            return Err(format!("it has version {}, and this program supports version {VERSION}", file.version));
        }
        let mut known = Self::default();
        for BaselineEntry { file, rule, message, count } in file.findings {
            *known.0.entry(DiagnosticKey { file, code: Cow::Owned(rule), message }).or_default() += count;
        }
        Ok(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(findings: &[(&str, &str, usize)]) -> DiagnosticSet {
        let mut known = DiagnosticSet::default();
        for (file, message, count) in findings {
            let (file, message) = ((*file).to_owned(), (*message).to_owned());
            known.0.insert(DiagnosticKey { file, code: "link/not-found".into(), message }, *count);
        }
        known
    }

    #[test]
    fn a_baseline_has_a_finding_on_each_line_and_reads_back() {
        let known = known(&[("b.md", "no `x`", 1), ("a.md", "no \"y\"\n", 2)]);
        let text = known.to_baseline();
        let expected = "{\"version\": 1, \"findings\": [\n\
            {\"file\":\"a.md\",\"rule\":\"link/not-found\",\"message\":\"no \\\"y\\\"\\n\",\"count\":2},\n\
            {\"file\":\"b.md\",\"rule\":\"link/not-found\",\"message\":\"no `x`\"}\n]}\n";
        assert_eq!(text, expected);
        assert_eq!(DiagnosticSet::from_baseline(&text), Ok(known));
        assert_eq!(DiagnosticSet::default().to_baseline(), "{\"version\": 1, \"findings\": []}\n");
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        assert!(DiagnosticSet::from_baseline("# Notes").is_err());
        assert!(DiagnosticSet::from_baseline("{\"version\": 2, \"findings\": []}").unwrap_err().contains("version 2"));
    }
}
