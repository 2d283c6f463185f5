//! Parts that are put into a text: ```` ```{playbook-flow} recruit ````.
//! In: a fenced block whose name stands in braces. Out: which part it asks for, and the options inside it.
//! Never knows: what there is to show.

use super::EmbedContent;
use crate::diagnostic::{Findings, Rule, nearest};
use crate::markdown::Embed;
use crate::text::Located;

/// `directive/unknown`: a block in braces that means nothing.
pub(in crate::page) static UNKNOWN_DIRECTIVE: Rule =
    Rule::error("directive/unknown", include_str!("../unknown_directive.md"));

/// `directive/unknown-option`: a line in such a block that is no option of it.
pub(in crate::page) static UNKNOWN_OPTION: Rule =
    Rule::error("directive/unknown-option", include_str!("../unknown_option.md"));

/// A part that is put into a text.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Which part.
    pub kind: DirectiveKind,
    /// Of what: the id of a playbook, where the part is of one.
    pub argument: Located<String>,
}

/// The parts there are.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum DirectiveKind {
    /// The strip of a playbook.
    Flow,
    /// Its steps.
    Steps,
    /// Its success criteria.
    Criteria,
    /// All playbooks.
    Overview,
}

impl DirectiveKind {
    const ALL: [(&'static str, Self); 4] = [
        ("{playbook-flow}", Self::Flow),
        ("{playbook-steps}", Self::Steps),
        ("{playbook-criteria}", Self::Criteria),
        ("{playbook-overview}", Self::Overview),
    ];
}

/// Reads a part of a playbook.
pub(super) fn read(embed: &Embed, found: &mut Findings) -> EmbedContent {
    let name = embed.name.value.as_str();
    if let Some((_, kind)) = DirectiveKind::ALL.iter().find(|(known, _)| *known == name) {
        return EmbedContent::Directive(Directive { kind: *kind, argument: embed.arguments.clone() });
    }
    let finding = UNKNOWN_DIRECTIVE.at(embed.name.span, format!("there is no part `{name}`"));
    let better = nearest(name, DirectiveKind::ALL.iter().map(|(known, _)| *known).chain(["{swimlane}"]));
    found.push(finding.help_if(better.map(|better| format!("did you mean `{better}`?"))));
    EmbedContent::Source { kind: name.to_owned(), text: embed.text.clone() }
}

/// The options of a block: its lines `:name: value`. What is none of `known` is a finding.
pub(super) fn options(
    embed: &Embed,
    known: &[&'static str],
    found: &mut Findings,
) -> Vec<(&'static str, Located<String>)> {
    let mut options = Vec::new();
    let mut at = 0;
    for line in embed.text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let written = line.trim();
        if written.is_empty() {
            continue;
        }
        let (name, value) = written.strip_prefix(':').and_then(|line| line.split_once(':')).unwrap_or((written, ""));
        let place = |text: &str| embed.origin.span(range_in(&embed.text, text));
        if let Some(name) = known.iter().find(|known| **known == name.trim()) {
            options.push((*name, Located::new(value.trim().to_owned(), place(value.trim()))));
            continue;
        }
        let list = known.iter().map(|name| format!("`:{name}:`")).collect::<Vec<_>>().join(" and ");
        let near = nearest(name.trim(), known.iter().copied()).map(|near| format!("did you mean `:{near}:`?"));
        let message = format!("`{}` is no option of `{}`", name.trim(), embed.name.value);
        let finding = UNKNOWN_OPTION.at(embed.origin.span(start..start + written.len()), message);
        found.push(finding.help(near.unwrap_or_else(|| format!("its options are {list}"))));
    }
    options
}

/// Where a part of a text lies in it.
fn range_in(text: &str, part: &str) -> std::ops::Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + part.len()).min(text.len())
}
