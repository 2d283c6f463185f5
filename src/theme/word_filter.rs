//! The words of the interface in templates: `words`, and the filter `with`.
//! In: a word of `wording`, and the values that a template puts in. Out: a text that is ready for HTML.
//! Never knows: what a word means, which template asks.

use serde::Deserialize as _;
use tera::{Kwargs, State, Tera, Value, escape_html};

use crate::wording::{Word, Wording, put_in};

/// Gives all templates the words.
pub(super) fn give(tera: &mut Tera) {
    tera.global_context().insert("words", Wording::english());
    tera.register_filter("with", with);
}

/// `{{ words.playbook.steps | with(count=3) }}`: values are escaped, as everywhere, unless they are markup already.
#[expect(clippy::needless_pass_by_value, reason = "the template engine hands values over")]
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
