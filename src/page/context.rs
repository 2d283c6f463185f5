//! The compile context of one page: its own variables and placeholders over those of the project.
//!
//! A value given for this run overrides the page's own, which overrides the project's.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::FrontMatter;
use crate::diagnostic::{Vocabulary, nearest};
use crate::markdown::{CompileContext, NoRoom, NotIncluded, Placeholders, Room};
use crate::source::SourceId;

/// The context as one page sees it.
pub(super) struct FrontMatterContext<'w> {
    variables: HashMap<&'w str, &'w str>,
    blanks: Cow<'w, Placeholders>,
    around: &'w dyn CompileContext,
    room: Room,
    /// Made for the first "did you mean".
    own_names: OnceLock<Vocabulary>,
}

impl<'w> FrontMatterContext<'w> {
    /// With what a page says about itself.
    pub(super) fn new(front: &'w FrontMatter, around: &'w dyn CompileContext) -> Self {
        let mut blanks = Cow::Borrowed(around.blanks());
        if !front.placeholders.is_empty() {
            let own = blanks.to_mut();
            *own = own.for_page();
            for (name, words) in &front.placeholders {
                own.add(&name.value, words.iter().map(String::as_str));
            }
        }
        // If a name has two values, the first is used: collected backwards, it is the last to be inserted.
        let variables = front.variables.iter().rev().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Self { variables, blanks, around, room: Room::default(), own_names: OnceLock::new() }
    }
}

impl FrontMatterContext<'_> {
    /// A plain text with what this run was given for its placeholders; `None` where there is nothing of that.
    pub(super) fn filled(&self, text: &str) -> Option<String> {
        let is_asked = |name: &str| self.blanks.asks_for(name);
        // An empty value is none, as in `Site::value`: the placeholder stays visible.
        let given = |name: &str| self.given(name).filter(|value| is_asked(name) && !value.trim().is_empty());
        let filled = self.blanks.fill(text, given);
        (filled != text).then_some(filled)
    }
}

impl CompileContext for FrontMatterContext<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        let own = || self.variables.get(name).map(|value| (*value).to_owned());
        self.given(name).or_else(own).or_else(|| self.around.variable(name))
    }

    fn given(&self, name: &str) -> Option<String> {
        self.around.given(name)
    }

    fn room_for(&self, bytes: usize) -> Result<(), NoRoom> {
        self.around.room_for(bytes)?;
        self.room.take(bytes)
    }

    fn nearest_name(&self, name: &str) -> Option<String> {
        let own =
            self.own_names.get_or_init(|| self.blanks.own_names().chain(self.variables.keys().copied()).collect());
        // The nearest of all names is the nearest of the page's own or the nearest of the project's.
        let around = self.around.nearest_name(name);
        nearest(name, own.nearest(name).into_iter().chain(around.as_deref())).map(str::to_owned)
    }

    fn blanks(&self) -> &Placeholders {
        &self.blanks
    }

    fn include(&self, from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        self.around.include(from, path)
    }

    fn appended(&self) -> Vec<(SourceId, Arc<str>)> {
        self.around.appended()
    }
}
