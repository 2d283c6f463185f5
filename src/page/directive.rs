//! Directives: fenced blocks that ask for a part of playbooks, a list of templates, or a map.
//! In: a fenced block with a name in braces. Out: which directive it is, of what, with which options.
//! Never knows: which playbooks, templates and maps exist, or how they are rendered.

pub mod table;

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, did_you_mean, nearest};
use crate::markdown::Embed;
use crate::source::Located;
use table::{Argument, BroughtIds, DIRECTIVES, DirectiveKind, OptionKeys, OptionKind, OptionValue, Shown};

/// A block whose name in braces is unknown.
pub(super) static UNKNOWN: Rule = Rule::error("directive/unknown", include_str!("unknown_directive.md"));
/// An option that its directive does not know.
pub static UNKNOWN_OPTION: Rule = Rule::error("directive/unknown-option", include_str!("unknown_option.md"));
/// Words or lines that a directive ignores.
pub(super) static UNEXPECTED: Rule = Rule::error("directive/unexpected", include_str!("unexpected.md"));

/// A part that is put into a text: ```` ```{playbook-flow} recruit ````.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Its row in the table.
    pub kind: &'static DirectiveKind,
    /// What it shows, by its row and its options.
    pub shown: Shown,
    /// Of what, as [`DirectiveKind::argument`] says.
    pub argument: Located<String>,
    /// The lines `:key: value` of the block, in order.
    pub options: Vec<DirectiveOption>,
    /// `{playbook-flow}`, where it is written.
    pub name: Located<String>,
}

/// A line `:key: value`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DirectiveOption {
    /// Without its colons.
    pub key: Located<String>,
    /// The rest of the line.
    pub value: Located<String>,
}

impl Directive {
    /// What an option says; the last time, where it is written several times.
    #[must_use]
    pub fn option(&self, key: &str) -> Option<&Located<String>> {
        self.options.iter().rev().find(|option| option.key.value.trim() == key).map(|option| &option.value)
    }

    /// Whether it shows a map.
    #[must_use]
    pub fn shows_a_map(&self) -> bool {
        self.shown.ids == BroughtIds::Drawing
    }
}

/// The id of a drawing that a directive shows, which is the one of this number (from 0) among the blocks of its page.
#[must_use]
pub fn drawing_id(number: usize) -> String {
    format!("shown-{}", number + 1)
}

/// Reads a block as a directive; `None` if its name is unknown.
pub(super) fn read(embed: &Embed, found: &mut Diagnostics) -> Option<Directive> {
    let Some(kind) = DIRECTIVES.iter().find(|kind| kind.name == embed.name.value) else {
        found.push(unknown(&embed.name));
        return None;
    };
    let written = embed.arguments.value.trim();
    // Without an argument there is nothing to point at but the name.
    let span = if written.is_empty() { embed.name.span } else { embed.arguments.span };
    if kind.argument == Argument::Nothing && !written.is_empty() {
        let finding = UNEXPECTED.at(span, format!("`{}` takes no argument", kind.name));
        found.push(finding.help("remove it, or use another directive, such as `{playbook-flow}`"));
    }
    let mut directive = Directive {
        kind,
        shown: kind.shown,
        argument: Located::new(written.to_owned(), span),
        options: options(embed, found),
        name: embed.name.clone(),
    };
    if let OptionKeys::Known(known) = kind.options {
        directive.shown = shown(&directive, known, found);
    }
    Some(directive)
}

fn unknown(name: &Located<String>) -> Diagnostic {
    let finding = UNKNOWN.at(name.span, format!("unknown directive `{}`", name.value));
    match nearest(&name.value, DIRECTIVES.iter().map(|kind| kind.name)) {
        Some(better) => {
            let edits = vec![Edit { span: name.span, replacement: better.to_owned() }];
            finding.help(format!("did you mean `{better}`?")).fix(Fix::suggested(edits))
        }
        None => finding,
    }
}

/// The lines `:key: value`; all others are reported.
fn options(embed: &Embed, found: &mut Diagnostics) -> Vec<DirectiveOption> {
    let mut options = Vec::new();
    let mut at = 0;
    for line in embed.text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let text = line.trim();
        // Before blank lines are skipped: otherwise every option below one would have the wrong span.
        at += line.len();
        if text.is_empty() {
            continue;
        }
        let located = |from: usize, text: &str| {
            Located::new(text.to_owned(), embed.origin.span(start + from..start + from + text.len()))
        };
        let split = text.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        let Some((key, value)) = split.filter(|(key, _)| !key.trim().is_empty()) else {
            // A directive replaces the whole block: a sentence in it would disappear from the page without a finding.
            let finding = UNEXPECTED.at(located(0, text).span, "unexpected text: this line is not shown");
            found.push(finding.help("write options as `:key: value`, and put text outside the block"));
            continue;
        };
        let blanks = value.len() - value.trim_start().len();
        let value = located(key.len() + 2 + blanks, value.trim());
        options.push(DirectiveOption { key: located(1, key), value });
    }
    options
}

/// What a directive shows with its options, and a finding for each option that it does not take.
fn shown(directive: &Directive, known: &[OptionKind], found: &mut Diagnostics) -> Shown {
    let mut shown = directive.shown;
    for DirectiveOption { key, value } in &directive.options {
        let Some(option) = known.iter().find(|option| option.key == key.value.trim()) else {
            found.push(unknown_option(directive, key, known));
            continue;
        };
        match option.value {
            // Only the site knows whether there is such a thing: a check says so.
            OptionValue::Name => {}
            OptionValue::Word(words) => {
                if let Some(own) = words.iter().find(|own| own.word == value.value) {
                    shown = own.shown;
                } else {
                    let message = format!("invalid value `{}` for `{}`", value.value, option.key);
                    let help = instead(&value.value, words.iter().map(|own| own.word), "use");
                    found.push(UNKNOWN_OPTION.at(value.span, message).help(help));
                }
            }
        }
    }
    shown
}

fn unknown_option(directive: &Directive, key: &Located<String>, known: &[OptionKind]) -> Diagnostic {
    let name = &directive.name.value;
    if known.is_empty() {
        return UNKNOWN_OPTION.at(key.span, format!("`{name}` has no options")).help("remove the line");
    }
    let written = key.value.trim();
    let finding = UNKNOWN_OPTION.at(key.span, format!("`{name}` has no option `{written}`"));
    finding.help(instead(written, known.iter().map(|option| option.key), "use"))
}

/// The word that was probably meant, else all there are.
fn instead(written: &str, known: impl Iterator<Item = &'static str> + Clone, all: &str) -> String {
    if let Some(near) = nearest(written, known.clone()) {
        return did_you_mean(near);
    }
    let known: Vec<String> = known.map(|word| format!("`{word}`")).collect();
    format!("{all} {}", known.join(" or "))
}
