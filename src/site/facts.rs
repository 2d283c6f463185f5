//! What only the whole site knows, by the names that texts use: `{{ playbooks.count }}`.
//! In: a site whose playbooks have their templates. Out: values, and texts with them.
//! Never knows: which texts use them.

use std::borrow::Cow;
use std::sync::Arc;

use super::Site;
use crate::text::Located;

/// Numbers that nobody should have to count.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// `{{ playbooks.count }}`
    playbooks: usize,
    /// `{{ templates.count }}`
    templates: usize,
}

impl Facts {
    /// The names that texts use.
    pub const NAMES: [&'static str; 2] = ["playbooks.count", "templates.count"];

    /// The facts of a site.
    pub(super) fn of(site: &Site) -> Self {
        Self { playbooks: site.playbooks.len(), templates: site.templates.len() }
    }

    /// The value of a name; `None` when it names no fact.
    #[must_use]
    pub fn value(self, name: &str) -> Option<String> {
        match name {
            "playbooks.count" => Some(self.playbooks.to_string()),
            "templates.count" => Some(self.templates.to_string()),
            _ => None,
        }
    }

    /// A plain text with the facts in it.
    #[must_use]
    pub fn fill(self, text: &str) -> Cow<'_, str> {
        let mut text = Cow::Borrowed(text);
        let is_used = text.contains("{{");
        for (name, value) in Self::NAMES.iter().filter(|_| is_used).filter_map(|name| Some((name, self.value(name)?))) {
            for written in [format!("{{{{ {name} }}}}"), format!("{{{{{name}}}}}")] {
                if text.contains(&written) {
                    text = Cow::Owned(text.replace(&written, &value));
                }
            }
        }
        text
    }
}

/// Puts the facts into the names of pages and the texts of playbooks.
pub(super) fn put(site: &mut Site) {
    let facts = site.facts;
    for page in &mut site.pages {
        if let Cow::Owned(title) = facts.fill(&page.title) {
            Arc::make_mut(page).title = title;
        }
    }
    for entry in &mut site.playbooks {
        let uses = |text: &&Located<String>| matches!(facts.fill(&text.value), Cow::Owned(_));
        if entry.playbook.texts().any(|text| uses(&text)) {
            let playbook = Arc::make_mut(&mut entry.playbook);
            playbook.for_each_text(&mut |text| {
                if let Cow::Owned(filled) = facts.fill(&text.value) {
                    text.value = filled;
                }
            });
        }
    }
}
