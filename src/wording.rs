//! The words of the interface: everything that readers of a site see and no author wrote.
//! In: `themes/words/en.toml`, the one place where a word stands. Out: each by its name, with values put in, as templates,
//! scripts and the code ask for it.
//! Never knows: where a word is shown, what it is escaped for.
//!
//! A word has a name of two parts, `playbook.steps`. It is a text, or a text for each plural form of its language; what
//! stands in braces is put in, and the value of `count` chooses the form. Tests hold that every word that is asked for is
//! in the file, with the values it needs, and that nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const ENGLISH: &str = include_str!("../themes/words/en.toml");
/// What finds a word in a script.
const SAY: &str = include_str!("../themes/words/say.js");

/// The words of one language.
#[derive(Debug, Serialize)]
pub struct Wording {
    #[serde(skip)]
    language: &'static str,
    #[serde(flatten)]
    groups: BTreeMap<String, BTreeMap<String, Word>>,
}

/// A word.
#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Word {
    /// The same for any number.
    Text(String),
    /// A text for each plural form.
    Forms(BTreeMap<PluralForm, String>),
}

/// The plural forms that languages tell apart, named as Unicode does.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PluralForm {
    /// As in Arabic for 0.
    Zero,
    /// As in English for 1.
    One,
    /// As in Arabic for 2.
    Two,
    /// As in Polish for 2 to 4.
    Few,
    /// As in Polish for 5 to 21.
    Many,
    /// All others.
    Other,
}

impl PluralForm {
    /// The form that English has for a number.
    #[must_use]
    pub const fn of(count: usize) -> Self {
        if count == 1 { Self::One } else { Self::Other }
    }
}

impl Word {
    /// The text for a number, or for none.
    #[must_use]
    pub fn text(&self, count: Option<usize>) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Forms(forms) => {
                let form = count.map_or(PluralForm::Other, PluralForm::of);
                forms.get(&form).or_else(|| forms.get(&PluralForm::Other)).map(String::as_str).unwrap_or_default()
            }
        }
    }

    /// What is put in: the names in braces.
    #[must_use]
    pub fn values(&self) -> BTreeSet<&str> {
        let (forms, chooses): (Vec<&String>, _) = match self {
            Self::Text(text) => (vec![text], None),
            Self::Forms(forms) => (forms.values().collect(), Some("count")),
        };
        let inside = forms.into_iter().flat_map(|text| text.split('{').skip(1));
        inside.filter_map(|rest| Some(rest.split_once('}')?.0)).chain(chooses).collect()
    }
}

impl Wording {
    /// English.
    ///
    /// # Panics
    /// Never: a test reads the file.
    #[must_use]
    pub fn english() -> &'static Self {
        static WORDS: LazyLock<Wording> = LazyLock::new(|| Wording {
            language: "en",
            groups: toml::from_str(ENGLISH).expect("the words are valid TOML"),
        });
        &WORDS
    }

    /// A word by its name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Word> {
        let (group, word) = name.split_once('.')?;
        self.groups.get(group)?.get(word)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.groups.iter().flat_map(|(group, words)| words.keys().map(move |word| format!("{group}.{word}")))
    }

    /// A word without values. One that is not there shows its name.
    #[must_use]
    pub fn say<'a>(&'a self, name: &'a str) -> &'a str {
        self.get(name).map_or(name, |word| word.text(None))
    }

    /// A word with values in it; `count` chooses its form.
    #[must_use]
    pub fn with(&self, name: &str, values: &[(&str, &str)]) -> String {
        let count = values.iter().find(|(value, _)| *value == "count").and_then(|(_, count)| count.parse().ok());
        let text = self.get(name).map_or(name, |word| word.text(count));
        put_in(text, |asked| values.iter().find(|(value, _)| *value == asked).map(|(_, text)| (*text).to_owned()))
    }

    /// Scripts that ask for words, together with the words they ask for.
    #[must_use]
    pub fn in_scripts(&self, scripts: &str) -> String {
        let asked: BTreeMap<&str, &Word> =
            asked_by_script(scripts).filter_map(|name| Some((name, self.get(name)?))).collect();
        if asked.is_empty() {
            return scripts.to_owned();
        }
        let known = serde_json::to_string(&asked).unwrap_or_default();
        format!("((say) => {{\n{scripts}}})(({})(\"{}\", {known}));\n", without_head(SAY), self.language)
    }
}

/// A text with values in the place of names in braces; a name without one stays.
#[must_use]
pub fn put_in(text: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}').and_then(|(name, rest)| Some((value(name)?, rest))) {
            Some((value, rest)) => out.extend([value.as_str(), rest]),
            None => out.extend(["{", part]),
        }
    }
    out
}

/// The names of the words that a script asks for: `say("copy.copy")`.
pub fn asked_by_script(script: &str) -> impl Iterator<Item = &str> {
    script.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next())
}

/// The words that a template asks for, each with its place: `{{ words.page.top }}`.
pub fn asked_by_template(template: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = template.match_indices("words.").map(|(at, words)| at + words.len());
    starts.filter_map(move |at| {
        let (before, rest) = template.split_at_checked(at)?;
        let tag = before.rfind("{{").max(before.rfind("{%"))?;
        let is_closed = before.get(tag..)?.contains('}');
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let is_field = before.trim_end_matches("words.").ends_with(is_name);
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let name = rest.get(..end).filter(|_| !is_closed && !is_field)?;
        Some((at, name))
    })
}

/// A script without the comment it begins with.
fn without_head(script: &str) -> &str {
    script.split_once('\n').filter(|(line, _)| line.starts_with("//")).map_or(script, |(_, rest)| rest).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_chooses_the_form_and_stands_in_it() {
        let words = Wording::english();
        assert_eq!(words.with("playbook.steps", &[("count", "1")]), "1 step");
        assert_eq!(words.with("playbook.steps", &[("count", "12")]), "12 steps");
        assert_eq!(words.say("playbook.steps_title"), "Steps");
        assert_eq!(words.say("playbook.stepz"), "playbook.stepz");
    }

    #[test]
    fn every_form_of_a_word_takes_its_values_from_the_same_names() {
        let words = Wording::english();
        for name in words.names() {
            let word = words.get(&name).unwrap();
            if let Word::Forms(forms) = word {
                assert!(forms.contains_key(&PluralForm::Other), "{name} has no form for other numbers");
            }
            assert!(word.values().iter().all(|value| value.chars().all(|c| c.is_ascii_lowercase())), "{name}");
        }
    }

    #[test]
    fn scripts_bring_the_words_they_ask_for_and_no_others() {
        let words = Wording::english();
        let script = words.in_scripts("alert(say(\"copy.copied\"));\n");
        assert!(script.starts_with("((say) => {\nalert(say(\"copy.copied\"));\n})("), "{script}");
        assert!(script.ends_with("(\"en\", {\"copy.copied\":\"Copied\"}));\n"), "{script}");
        assert_eq!(words.in_scripts("alert(1);\n"), "alert(1);\n");
    }
}
