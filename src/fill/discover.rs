//! Proposes a table for book.toml that names the words in brackets of templates: `[Client Name]`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::page::front_matter::name_of;
use crate::project::Config;
use crate::site::Facts;

/// A name has at most this many words: a sentence in brackets is not a name.
const MOST_WORDS: usize = 5;

/// Words in brackets that mean the same, whatever their capitalization.
struct Word {
    /// Each way it is written, with how often it is.
    spellings: BTreeMap<String, usize>,
    documents: BTreeSet<usize>,
}

impl Word {
    fn count(&self) -> usize {
        self.spellings.values().sum()
    }

    /// The way in which it is written most often.
    fn spelling(&self) -> &str {
        // Of spellings that are equally frequent, the first by alphabet: the table must not change from run to run.
        let most = self.spellings.iter().max_by_key(|(spelling, count)| (**count, std::cmp::Reverse(*spelling)));
        most.map_or("", |(spelling, _)| spelling)
    }
}

/// A line of the table.
struct Proposal {
    name: String,
    words: Vec<Word>,
}

impl Proposal {
    fn count(&self) -> usize {
        self.words.iter().map(Word::count).sum()
    }
}

/// The table `[templates.placeholders]` for the words in brackets of each document, most frequent first. If book.toml
/// has that table, only the new lines.
#[must_use]
pub fn placeholder_table(config: &Config, documents: &[Vec<String>]) -> String {
    let proposals = proposals(config, documents);
    let (named, vague): (Vec<_>, Vec<_>) = proposals.into_iter().partition(|proposal| is_telling(&proposal.name));
    let mut table = String::new();
    if config.written.templates.placeholders.is_empty() {
        table.push_str("[templates.placeholders]\n");
    } else {
        table.push_str("# in [templates.placeholders] in book.toml:\n");
    }
    let mut taken: BTreeSet<String> =
        config.written.templates.placeholders.iter().map(|(name, _)| name.value.clone()).collect();
    // A variable of this name would be filled in where the template asks.
    taken.extend(config.variables.keys().cloned());
    taken.extend(Facts::NAMES.map(str::to_owned));
    for proposal in &named {
        let name = free(&proposal.name, &taken);
        let words: Vec<String> = proposal.words.iter().map(|word| quoted(word.spelling())).collect();
        let words = match words.as_slice() {
            [only] => only.clone(),
            several => format!("[{}]", several.join(", ")),
        };
        let _ = writeln!(table, "{} = {words} # {}", key(&name), times(proposal));
        taken.insert(name);
    }
    // As comments: one name for every `[X]` would fill a number of days into a percentage.
    for proposal in &vague {
        let words: Vec<&str> = proposal.words.iter().map(Word::spelling).collect();
        let _ = writeln!(table, "# {}: {}; too short to mean the same everywhere", words.join(", "), times(proposal));
    }
    table
}

fn times(proposal: &Proposal) -> String {
    let documents: BTreeSet<usize> = proposal.words.iter().flat_map(|word| word.documents.iter().copied()).collect();
    let plural = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    format!("{} in {}", plural(proposal.count(), "time"), plural(documents.len(), "document"))
}

fn proposals(config: &Config, documents: &[Vec<String>]) -> Vec<Proposal> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for (at, brackets) in documents.iter().enumerate() {
        for written in brackets {
            let folded = written.to_lowercase();
            let word =
                words.entry(folded).or_insert_with(|| Word { spellings: BTreeMap::new(), documents: BTreeSet::new() });
            *word.spellings.entry(written.clone()).or_default() += 1;
            word.documents.insert(at);
        }
    }
    // Only what book.toml declares is left out. What a single template declares is proposed for all.
    let own = config.written.templates.placeholders.iter().flat_map(|(_, words)| words);
    let declared: BTreeSet<String> = own.map(|word| word.value.to_lowercase()).collect();
    let mut by_name: BTreeMap<String, Vec<Word>> = BTreeMap::new();
    for (folded, word) in words.into_iter().filter(|(folded, _)| !declared.contains(folded)) {
        by_name.entry(name(&folded)).or_default().push(word);
    }
    let mut proposals: Vec<Proposal> = by_name.into_iter().map(|(name, words)| Proposal { name, words }).collect();
    proposals.sort_by(|a, b| b.count().cmp(&a.count()).then_with(|| a.name.cmp(&b.name)));
    proposals
}

/// The name that some words propose; names of variables begin with a letter.
fn name(words: &str) -> String {
    let whole = name_of(words);
    let short: Vec<&str> = whole.split('_').take(MOST_WORDS).collect();
    let name = short.join("_");
    // `[2026 target]` would make a name that begins with a digit.
    if name.starts_with(char::is_alphabetic) { name } else { format!("value_{name}") }
}

/// Whether a name says what is meant: `[X]` is days in one place and percent in the next.
fn is_telling(name: &str) -> bool {
    name.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

/// A name that nothing else has.
fn free(name: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// A key as TOML has it.
fn key(name: &str) -> String {
    let is_bare = name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A text as TOML has it: as JSON, but for what JSON leaves as it is.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
