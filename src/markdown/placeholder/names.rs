//! Names that are filled in later, and the words that stand for them.
//! In: names, words, and a plain text. Out: where in the text something is to be filled in.
//! Never knows: Markdown, HTML, who fills anything in.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use memchr::memmem;

use super::holes::sealed;
use crate::html::escaped;
use crate::markdown::CompileContext;
use crate::markdown::words::Words;
use crate::source::Part as _;

/// Names that are filled in later, each with the words that stand for it besides `{{ name }}`. To copy them costs
/// nothing: each page has its own, and most are those of the project.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Placeholders {
    own: Arc<Names>,
    /// Those of the project, where a page has its own.
    around: Option<Arc<Names>>,
}

#[derive(Debug, Default)]
struct Names {
    /// What people fill in.
    asked: BTreeMap<String, BTreeSet<String>>,
    /// What the site as a whole knows.
    known: BTreeSet<String>,
    /// Made when somebody first looks for words.
    index: OnceLock<Index>,
}

/// The literal words of some names, as a plain text has them and as HTML has them.
#[derive(Debug)]
struct Index {
    plain: Words,
    html: Words,
    /// The names that the words stand for.
    names: Vec<String>,
}

/// How a text is written.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// As it reads.
    Plain,
    /// As HTML has it: `&amp;`.
    Html,
}

impl Placeholders {
    /// No names.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: LazyLock<Placeholders> = LazyLock::new(Placeholders::default);
        &NONE
    }

    /// The same, for a page that adds some of its own.
    #[must_use]
    pub(crate) fn for_page(&self) -> Self {
        Self { own: Arc::default(), around: Some(Arc::clone(&self.own)) }
    }

    /// Adds a name, and words that stand for it. Bare words stand in brackets: `Partner Name` in a list means
    /// `[Partner Name]`, since not every partner's name in the text is a placeholder, and YAML takes brackets for a list.
    pub fn add<'w>(&mut self, name: &str, words: impl IntoIterator<Item = &'w str>) {
        let own = Arc::make_mut(&mut self.own);
        let known = own.asked.entry(name.to_owned()).or_default();
        for word in words.into_iter().map(str::trim).filter(|word| !word.is_empty()) {
            let is_bare = word.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '_'));
            let word = if is_bare { format!("[{word}]") } else { word.to_owned() };
            known.insert(word);
        }
    }

    /// Adds a name that the site as a whole has a value for.
    pub fn add_known(&mut self, name: &str) {
        Arc::make_mut(&mut self.own).known.insert(name.to_owned());
    }

    /// Whether a name is among them.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.layers().any(|names| names.asked.contains_key(name) || names.known.contains(name))
    }

    /// Whether a name is one that people fill in.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.layers().any(|names| names.asked.contains_key(name))
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.layers().flat_map(|names| names.asked.keys().chain(&names.known)).map(String::as_str)
    }

    /// The names that were added last: those of a page, where it has its own.
    pub(crate) fn own_names(&self) -> impl Iterator<Item = &str> {
        self.own.asked.keys().chain(&self.own.known).map(String::as_str)
    }

    /// A page's own, then those of the project.
    fn layers(&self) -> impl Iterator<Item = &Names> {
        std::iter::once(&*self.own).chain(self.around.as_deref())
    }

    /// Whether words for a name may stand in a text, as far as a quick look tells.
    pub(crate) fn may_be_in(&self, form: Form, text: &str) -> bool {
        self.layers().any(|names| names.words(form).may_be_in(text))
    }

    /// How far the longest words for a name go at the start of a text, and the name.
    pub(super) fn words_at(&self, form: Form, text: &str) -> Option<(usize, &str)> {
        // The longest of both layers: `[Partner Name, Ltd]` of a page before `[Partner Name` of the project. Of two equal
        // ones, the page's own comes first and stays.
        let found = self.layers().filter_map(|names| {
            let (length, name) = names.words(form).at_start_of(text)?;
            Some((length, names.index().names.get(name)?.as_str()))
        });
        found.reduce(|longest, other| if other.0 > longest.0 { other } else { longest })
    }

    /// The placeholders of a plain text, in order: where they stand, and their names.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        // All ends at once: to look for one from each `{{` would go through the rest of a text again and again.
        let mut ends = memmem::find_iter(text.as_bytes(), b"}}").peekable();
        let mut done = 0;
        for (at, letter) in text.char_indices() {
            if at < done {
                continue;
            }
            let rest = text.part(at..);
            let mut in_braces = || {
                while ends.next_if(|end| *end < at + 2).is_some() {}
                let end = *ends.peek()?;
                Some((end + 2 - at, self.in_braces(text.part(at + 2..end))?))
            };
            let is_open = letter == '{' && rest.starts_with("{{");
            let words = self.words_at(Form::Plain, rest);
            if let Some((length, name)) = words.or_else(|| if is_open { in_braces() } else { None }) {
                done = at + length;
                found.push((at..done, name));
            }
        }
        found
    }

    /// The name that stands between braces, with a space on both sides or on neither.
    fn in_braces(&self, inner: &str) -> Option<&str> {
        let name = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' ')).unwrap_or(inner);
        self.layers().find_map(|names| {
            let asked = names.asked.get_key_value(name).map(|(name, _)| name);
            asked.or_else(|| names.known.get(name)).map(String::as_str)
        })
    }

    /// A plain text with values in its placeholders; those without stay as they are.
    #[must_use]
    pub fn fill(&self, text: &str, value: impl Fn(&str) -> Option<String>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, name) in self.find(text) {
            out.push_str(text.part(done..range.start));
            out.push_str(value(name).as_deref().unwrap_or(text.part(range.clone())));
            done = range.end;
        }
        out + text.part(done..)
    }

    /// A text whose names in braces are filled in even where it stands in code: a prompt that is shown as it is.
    #[must_use]
    pub fn sealed(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, name) in self.find(text).into_iter().filter(|(range, _)| text.part(range.clone()).starts_with("{{"))
        {
            out.push_str(text.part(done..range.start));
            out.push_str(&sealed(name));
            done = range.end;
        }
        out + text.part(done..)
    }
}

impl Names {
    fn words(&self, form: Form) -> &Words {
        match form {
            Form::Plain => &self.index().plain,
            Form::Html => &self.index().html,
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let all =
                || self.asked.values().enumerate().flat_map(|(at, words)| words.iter().map(move |word| (word, at)));
            let html: Vec<(String, usize)> = all().map(|(word, at)| (escaped(word), at)).collect();
            Index {
                plain: Words::of(all().map(|(word, at)| (word.as_str(), at))),
                html: Words::of(html.iter().map(|(word, at)| (word.as_str(), *at))),
                names: self.asked.keys().cloned().collect(),
            }
        })
    }

    /// What makes names what they are; the index follows from it.
    fn content(&self) -> (&BTreeMap<String, BTreeSet<String>>, &BTreeSet<String>) {
        (&self.asked, &self.known)
    }
}

impl Clone for Names {
    /// Whoever takes a copy is about to add to it.
    fn clone(&self) -> Self {
        Self { asked: self.asked.clone(), known: self.known.clone(), index: OnceLock::new() }
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.content() == other.content()
    }
}

impl Eq for Names {}

impl Hash for Names {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.content().hash(state);
    }
}

/// The value that an author gave a name, which is Markdown like the text around it. What is given to a placeholder is
/// a text: it is put in once the Markdown is read, so that nothing in it is taken for markup.
pub(crate) fn authored(world: &dyn CompileContext, name: &str) -> Option<String> {
    let is_text = world.blanks().asks_for(name) && world.given(name).is_some();
    if is_text { None } else { world.variable(name) }
}
