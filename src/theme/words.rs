//! The words of the interface in templates: `words`, and the filter `with`.
//! In: the words of `wording`, and templates that ask for them. Out: texts that are ready for HTML, and what a template
//! asks for in vain.
//! Never knows: what a word means.

use serde::Deserialize as _;
use tera::{Kwargs, State, Tera, Value, escape_html};

use super::templates::{Overrides, TEMPLATE};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::Span;
use crate::wording::{Word, Wording, asked_by_template, put_in};

/// Gives all templates the words.
pub(super) fn give(tera: &mut Tera) {
    tera.global_context().insert("words", Wording::english());
    tera.register_filter("with", with);
}

/// `{{ words.playbook.steps | with(count=3) }}`: values are escaped, as everywhere, unless they are markup already.
fn with(word: &Value, values: Kwargs, _: &State<'_>) -> tera::TeraResult<Value> {
    let word =
        Word::deserialize(word).map_err(|_| tera::Error::message("`with` follows a word: `words.playbook.steps`"))?;
    let count = values.get::<usize>("count")?;
    let mut missing = None;
    let text = put_in(&escaped(word.text(count)), |name| {
        let value = values.get::<&Value>(name).ok().flatten();
        if value.is_none() {
            missing = Some(name.to_owned());
        }
        value.map(|value| if value.is_safe() { value.to_string() } else { escaped(&value.to_string()) })
    });
    match missing {
        Some(name) => Err(tera::Error::message(format!("the word needs a value: `with({name}=…)`"))),
        None => Ok(Value::safe_string(&text)),
    }
}

/// As the template engine escapes what it puts in.
fn escaped(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len());
    // Memory takes what it is given.
    let _ = escape_html(text, &mut html);
    String::from_utf8(html).unwrap_or_default()
}

/// The templates that ask for words that are not there, each with its first. One that has a variable of its own called
/// `words` means that one.
pub(super) fn missing(templates: &Overrides) -> Vec<(String, Diagnostic)> {
    let own = ["set words", "for words", "words:", "words="];
    let meant = templates.iter().filter(|(_, (_, text))| !own.iter().any(|own| text.contains(own)));
    let found = meant.filter_map(|(template, (source, text))| {
        let (at, name) = asked_by_template(text).find(|(_, name)| name.contains('.') && unknown(name))?;
        let span = Span::new(*source, at..at + name.len());
        let names: Vec<String> = Wording::english().names().collect();
        let meant = nearest(name, names.iter().map(String::as_str)).map(|name| format!("did you mean `words.{name}`?"));
        let help = meant.or_else(|| Some("the theme reference says where to find all words".to_owned()));
        Some((template.clone(), TEMPLATE.at(span, format!("there is no word `{name}`")).help_if(help)))
    });
    found.collect()
}

fn unknown(name: &str) -> bool {
    Wording::english().get(name).is_none()
}
