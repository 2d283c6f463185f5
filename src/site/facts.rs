//! Values that only the whole site knows, such as `{{ playbooks.count }}`.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Site, SitePage};
use crate::markdown::Placeholders;
use crate::page::Page;
use crate::project::Config;
use crate::source::Located;

/// Numbers that authors should not have to count.
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
        // Titles and texts of all pages and playbooks pass here, and hardly any has braces: one look saves four
        // searches.
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

/// What is filled in after texts are compiled: by the site, and by whoever fills in a document.
#[must_use]
pub fn placeholders(config: &Config) -> Placeholders {
    let mut blanks = Placeholders::default();
    for name in Facts::NAMES {
        blanks.add_known(name);
    }
    for (name, words) in &config.written.templates.placeholders {
        blanks.add(&name.value, words.iter().map(|word| word.value.as_str()));
    }
    // In `fill`, a value is text, even for a name that other texts use for Markdown.
    for name in config.given.keys().filter(|_| config.fills_in) {
        blanks.add(name, []);
    }
    blanks
}

impl Site {
    /// The value of a name once everything is compiled: a fact, or what this run was given for it. An empty value
    /// counts as missing.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<String> {
        let given = || self.config.given.get(name).filter(|value| !value.trim().is_empty()).cloned();
        self.facts.value(name).or_else(given)
    }

    /// A plain text of a page with what this run was given, and what the site knows.
    #[must_use]
    pub fn filled<'t>(&self, page: &Page, text: &'t str) -> Cow<'t, str> {
        if self.config.given.is_empty() {
            return self.facts.fill(text);
        }
        match &page.manuscript {
            Some(manuscript) => manuscript.blanks.fill(text, |name| self.value(name)),
            None => placeholders(&self.config).fill(text, |name| self.value(name)),
        }
        .into()
    }
}

/// Puts the facts into the names of pages and the texts of playbooks.
pub(super) fn put(site: &mut Site) {
    let facts = site.facts;
    let titles: Vec<Option<String>> = site.pages.iter().map(|page| title(site, page)).collect();
    for (page, title) in site.pages.iter_mut().zip(titles) {
        if let Some(title) = title {
            Arc::make_mut(page).title = title;
        }
    }
    if !site.config.given.is_empty() {
        put_given(site);
    }
    for entry in &mut site.playbooks {
        let uses = |text: &&Located<String>| matches!(facts.fill(&text.value), Cow::Owned(_));
        // Looked at before it is changed: `make_mut` copies the playbook, and a copy counts as changed where
        // playbooks are compared by pointer.
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

/// The title of a page with values filled in, if that changes it.
fn title(site: &Site, page: &SitePage) -> Option<String> {
    let filled = match page.markdown() {
        Some(markdown) => site.filled(markdown, &page.title),
        None => site.facts.fill(&page.title),
    };
    (filled != page.title).then(|| filled.into_owned())
}

/// Puts what this run was given into the plain texts of playbooks. Those in Markdown have holes for it.
fn put_given(site: &mut Site) {
    let blanks = placeholders(&site.config);
    // Taken out while the site is borrowed to look values up; `value` does not need the playbooks.
    let mut playbooks = std::mem::take(&mut site.playbooks);
    for entry in &mut playbooks {
        Arc::make_mut(&mut entry.playbook).for_each_plain_text(&mut |text| {
            text.value = blanks.fill(&text.value, |name| site.value(name));
        });
    }
    for entry in &playbooks {
        let page = Arc::make_mut(site.page_mut(entry.page));
        // An author's page for the playbook keeps the title that the author gave it.
        if page.markdown().is_none() {
            page.title.clone_from(&entry.playbook.name.value);
        }
    }
    site.playbooks = playbooks;
}
