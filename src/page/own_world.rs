//! What a page's text may ask for: the world around it, and what the page itself says.
//! In: front matter and the world. Out: values and blanks; a value given for this run holds before the page's own, and
//! that before the project's.
//! Never knows: where values are used.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::FrontMatter;
use crate::markdown::{Blanks, NotIncluded, Room, World};
use crate::text::SourceId;

/// The world as one page sees it.
pub(super) struct OwnWorld<'w> {
    variables: HashMap<&'w str, &'w str>,
    blanks: Cow<'w, Blanks>,
    around: &'w dyn World,
    room: Room,
}

impl<'w> OwnWorld<'w> {
    /// With what a page says about itself.
    pub(super) fn new(front: &'w FrontMatter, around: &'w dyn World) -> Self {
        let mut blanks = Cow::Borrowed(around.blanks());
        if !front.placeholders.is_empty() {
            let own = blanks.to_mut();
            *own = own.for_page();
            for (name, words) in &front.placeholders {
                own.add(&name.value, words.iter().map(String::as_str));
            }
        }
        // Of two values of one name the first holds.
        let variables = front.variables.iter().rev().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Self { variables, blanks, around, room: Room::default() }
    }
}

impl World for OwnWorld<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        let own = || self.variables.get(name).map(|value| (*value).to_owned());
        self.given(name).or_else(own).or_else(|| self.around.variable(name))
    }

    fn given(&self, name: &str) -> Option<String> {
        self.around.given(name)
    }

    fn has_room_for(&self, bytes: usize) -> bool {
        self.room.take(bytes)
    }

    fn names(&self) -> Vec<String> {
        let mut names = self.around.names();
        names.extend(self.blanks.names().map(str::to_owned));
        names.extend(self.variables.keys().map(|name| (*name).to_owned()));
        names.sort();
        names.dedup();
        names
    }

    fn blanks(&self) -> &Blanks {
        &self.blanks
    }

    fn include(&self, from: SourceId, path: &str) -> Result<(SourceId, Arc<str>), NotIncluded> {
        self.around.include(from, path)
    }
}
