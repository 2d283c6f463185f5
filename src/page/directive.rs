//! Directives: fenced blocks that ask for a part of playbooks or a list of templates.
//! In: a fenced block whose name stands in braces. Out: which part is meant, of what, with which options.
//! Never knows: which playbooks and templates there are, what the parts look like.

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, nearest};
use crate::markdown::Embed;
use crate::source::Located;

/// A block in braces that means nothing.
pub(super) static UNKNOWN: Rule = Rule::error("directive/unknown", include_str!("unknown_directive.md"));
/// An option that its directive does not know.
pub static UNKNOWN_OPTION: Rule = Rule::error("directive/unknown-option", include_str!("unknown_option.md"));
/// Words or lines that a directive has no use for.
pub(super) static UNEXPECTED: Rule = Rule::error("directive/unexpected", include_str!("unexpected.md"));

/// A part that is put into a text: ```` ```{playbook-flow} recruit ````.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Which part.
    pub kind: DirectiveKind,
    /// Of what: the id of a playbook, or a folder of templates.
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

/// The parts there are.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum DirectiveKind {
    /// The strip of a playbook.
    Flow,
    /// Its steps.
    Steps(StepsAs),
    /// Its success criteria.
    Criteria,
    /// All playbooks.
    Overview,
    /// A list of templates.
    TemplateIndex,
    /// Templates against playbooks.
    TemplateMatrix,
}

/// How the steps of a playbook are shown.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum StepsAs {
    /// Each with its prompt, its checklist and all else.
    Sections,
    /// A row each.
    Table,
}

/// What a directive's argument is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Argument {
    /// The id of a playbook.
    Playbook,
    /// A folder, or nothing.
    Folder,
    /// There is none.
    Nothing,
}

const KINDS: [(&str, DirectiveKind); 6] = [
    ("{playbook-flow}", DirectiveKind::Flow),
    ("{playbook-steps}", DirectiveKind::Steps(StepsAs::Sections)),
    ("{playbook-criteria}", DirectiveKind::Criteria),
    ("{playbook-overview}", DirectiveKind::Overview),
    ("{template-index}", DirectiveKind::TemplateIndex),
    ("{template-matrix}", DirectiveKind::TemplateMatrix),
];
const STEPS_AS: [(&str, StepsAs); 2] = [("sections", StepsAs::Sections), ("table", StepsAs::Table)];

impl DirectiveKind {
    /// What stands behind the directive's name.
    #[must_use]
    pub fn argument(self) -> Argument {
        match self {
            Self::Flow | Self::Steps(_) | Self::Criteria => Argument::Playbook,
            Self::TemplateIndex | Self::TemplateMatrix => Argument::Folder,
            Self::Overview => Argument::Nothing,
        }
    }

    /// Whether its options say which templates are listed: any key of front matter.
    #[must_use]
    pub fn filters_templates(self) -> bool {
        matches!(self, Self::TemplateIndex | Self::TemplateMatrix)
    }
}

/// Every part there is, by its name in braces.
pub fn kinds() -> impl Iterator<Item = (&'static str, DirectiveKind)> {
    KINDS.into_iter()
}

/// The part that a block asks for; `None` when there is no such part.
pub(super) fn read(embed: &Embed, found: &mut Diagnostics) -> Option<Directive> {
    let name = embed.name.value.as_str();
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == name) else {
        found.push(unknown(&embed.name));
        return None;
    };
    if kind.argument() == Argument::Nothing && !embed.arguments.value.is_empty() {
        let finding = UNEXPECTED.at(embed.arguments.span, format!("`{name}` shows all playbooks and takes no id"));
        found.push(finding.help("remove it, or use another directive, such as `{playbook-flow}`"));
    }
    let options = options(embed, found);
    let mut directive = Directive { kind: *kind, argument: embed.arguments.clone(), options, name: embed.name.clone() };
    if !kind.filters_templates() {
        apply(&mut directive, found);
    }
    Some(directive)
}

fn unknown(name: &Located<String>) -> Diagnostic {
    let finding = UNKNOWN.at(name.span, format!("unknown directive `{}`", name.value));
    match nearest(&name.value, KINDS.iter().map(|(known, _)| *known).chain(["{swimlane}"])) {
        Some(better) => {
            let edits = vec![Edit { span: name.span, replacement: better.to_owned() }];
            finding.help(format!("did you mean `{better}`?")).fix(Fix::suggested(edits))
        }
        None => finding,
    }
}

/// The lines `:key: value`; all others are of no use here.
pub(super) fn options(embed: &Embed, found: &mut Diagnostics) -> Vec<DirectiveOption> {
    let mut options = Vec::new();
    let mut at = 0;
    for line in embed.text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let text = line.trim();
        at += line.len();
        if text.is_empty() {
            continue;
        }
        let located = |from: usize, text: &str| {
            Located::new(text.to_owned(), embed.origin.span(start + from..start + from + text.len()))
        };
        let split = text.strip_prefix(':').and_then(|rest| rest.split_once(':'));
        let Some((key, value)) = split.filter(|(key, _)| !key.trim().is_empty()) else {
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

/// Takes the options that a part of a playbook knows; there is one, and only the steps have it.
fn apply(directive: &mut Directive, found: &mut Diagnostics) {
    for option in &directive.options {
        let (key, value) = (&option.key, &option.value);
        let DirectiveKind::Steps(shown) = &mut directive.kind else {
            let finding = UNKNOWN_OPTION.at(key.span, format!("`{}` has no options", directive.name.value));
            found.push(finding.help("remove the line"));
            continue;
        };
        if key.value != "as" {
            let finding = UNKNOWN_OPTION.at(key.span, format!("unknown option `{}`", key.value));
            found.push(finding.help("did you mean `as`?"));
        } else if let Some((_, wanted)) = STEPS_AS.iter().find(|(word, _)| *word == value.value) {
            *shown = *wanted;
        } else {
            let finding = UNKNOWN_OPTION.at(value.span, format!("invalid value `{}` for `as`", value.value));
            let better =
                nearest(&value.value, STEPS_AS.map(|(word, _)| word)).map(|near| format!("did you mean `{near}`?"));
            found.push(finding.help(better.unwrap_or_else(|| "use `sections` or `table`".to_owned())));
        }
    }
}
