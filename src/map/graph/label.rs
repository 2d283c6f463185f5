//! Texts of a map: lines of runs, each in one weight and slope.

/// A text in lines of runs.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Label {
    /// Lines as the author broke them.
    pub lines: Vec<Vec<Run>>,
}

/// Text in one weight and slope.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Run {
    /// Plain text, entities decoded.
    pub text: String,
    /// `<b>` or `**`.
    pub bold: bool,
    /// `<i>` or `*`.
    pub italic: bool,
}

impl Label {
    /// A label of plain text; line breaks in it are kept.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let run = |line: &str| vec![Run { text: line.to_owned(), bold: false, italic: false }];
        Self { lines: text.lines().map(run).collect() }
    }

    /// The first line as plain text: in a label of several lines its title.
    #[must_use]
    pub fn title(&self) -> String {
        self.lines.first().map(|line| line.iter().map(|run| run.text.as_str()).collect()).unwrap_or_default()
    }

    /// All lines as plain text, joined by spaces.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect::<String>());
        lines.collect::<Vec<_>>().join(" ")
    }
}
