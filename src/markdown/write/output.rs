//! HTML under construction, with holes.

use crate::html::{escape_attribute, escape_text};
use crate::markdown::document::{Hole, HoleContent};

/// HTML with holes.
#[derive(Clone, Default, Debug)]
pub(crate) struct HtmlOutput {
    pub html: String,
    /// Sorted by place.
    pub holes: Vec<Hole>,
}

impl HtmlOutput {
    /// Adds markup.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// Adds text between tags.
    pub(crate) fn text(&mut self, text: &str) {
        escape_text(&mut self.html, text);
    }

    /// Adds ` name="value"`.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        escape_attribute(&mut self.html, value);
        self.html.push('"');
    }

    /// Leaves a hole here.
    pub(crate) fn hole(&mut self, content: HoleContent) {
        self.holes.push(Hole { at: self.html.len(), content });
    }

    /// Starts a new line, unless at the start of one.
    pub(crate) fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Puts markup into HTML that is written already.
    pub(crate) fn insert(&mut self, at: usize, markup: &str) {
        self.html.insert_str(at, markup);
        // From the end: attributes go into a tag near it, so few holes come after it.
        for hole in self.holes.iter_mut().rev().take_while(|hole| hole.at >= at) {
            hole.at += markup.len();
        }
    }

    /// Trims whitespace off the end.
    pub(crate) fn trim_end(&mut self) {
        let end = self.html.trim_end().len();
        self.html.truncate(end);
    }

    /// Adds other HTML at the end.
    pub(crate) fn append(&mut self, other: &Self) {
        // Holes are offsets, and the HTML in front of them grows.
        let shift = self.html.len();
        self.html.push_str(&other.html);
        self.holes.extend(other.holes.iter().map(|hole| Hole { at: hole.at + shift, ..*hole }));
    }
}
