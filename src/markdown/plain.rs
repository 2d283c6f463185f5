//! Plain text, as readers hear it.
//! In: text as it is written. Out: what was written between two places.
//! Never knows: who asks for it.

/// A text on one line, with one blank between its words.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Plain text gathered for headings, links, cells and elements, all from one string.
#[derive(Default)]
pub(super) struct Plain {
    text: String,
    gathering: usize,
}

impl Plain {
    /// Starts gathering; returns where.
    pub(super) fn start(&mut self) -> usize {
        self.gathering += 1;
        self.text.len()
    }

    /// What was gathered since `start`.
    pub(super) fn since(&self, start: usize) -> &str {
        &self.text[start..]
    }

    /// Ends one gathering.
    pub(super) fn end(&mut self) {
        self.gathering = self.gathering.saturating_sub(1);
        if self.gathering == 0 {
            self.text.clear();
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        if self.gathering > 0 {
            self.text.push_str(text);
        }
    }
}
