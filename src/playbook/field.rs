//! The keys of a playbook file with their types and meanings: the parser, suggestions and the JSON Schema follow them.

use super::{Playbook, Step};
use crate::source::Located;

/// A key of a mapping that is read into a `T`.
pub(super) struct Field<T: 'static> {
    pub(super) name: &'static str,
    /// One or two sentences for editors, in Markdown.
    pub(super) meaning: &'static str,
    pub(super) kind: FieldKind<T>,
}

/// Where the value of a key is kept.
type Slot<T, V> = fn(&mut T) -> &mut V;
type FieldText = Located<String>;

/// What the value of a key may be, and where it is kept.
pub(super) enum FieldKind<T> {
    /// A text that has a stand-in while it is missing.
    Name(Slot<T, FieldText>),
    /// A text.
    Text(Slot<T, Option<FieldText>>),
    /// A text, or `true`.
    TextOrTrue(Slot<T, Option<FieldText>>),
    /// A day of the calendar.
    Day(Slot<T, Option<FieldText>>),
    /// A whole number.
    Integer(Slot<T, Option<Located<i64>>>),
    /// `true` or `false`.
    Flag(Slot<T, bool>),
    /// A list of texts.
    Texts(Slot<T, Vec<FieldText>>),
    /// A list of texts, or one text.
    TextOrTexts(Slot<T, Vec<FieldText>>),
    /// The same, where an empty list means something else than none.
    SomeTexts(Slot<T, Option<Vec<FieldText>>>),
    /// A list of steps.
    Steps(Slot<T, Vec<Step>>),
}

/// The keys of a playbook, in the order in which its page shows them.
pub(super) static PLAYBOOK: [Field<Playbook>; 16] = [
    Field {
        name: "name",
        meaning: "The title that readers see. Defaults to the id.",
        kind: FieldKind::Name(|playbook| &mut playbook.name),
    },
    Field {
        name: "description",
        meaning: "One sentence, for the overview.",
        kind: FieldKind::Text(|playbook| &mut playbook.description),
    },
    Field {
        name: "purpose",
        meaning: "When and why to use it, in a paragraph of Markdown.",
        kind: FieldKind::Text(|playbook| &mut playbook.purpose),
    },
    Field {
        name: "owner",
        meaning: "Who keeps this playbook up to date: a name, or a list of names.",
        kind: FieldKind::TextOrTexts(|playbook| &mut playbook.owner),
    },
    Field {
        name: "version",
        meaning: "Its version, shown on its page: `2.1`.",
        kind: FieldKind::Text(|playbook| &mut playbook.version),
    },
    Field {
        name: "last_reviewed",
        meaning: "The day on which somebody last checked that it's still right: `2026-05-31`.",
        kind: FieldKind::Day(|playbook| &mut playbook.last_reviewed),
    },
    Field {
        name: "order",
        meaning: "Its position in lists of playbooks, as a number. Playbooks with a number come first, the lowest at \
            the top; the others follow in the order in which they lead to each other.",
        kind: FieldKind::Integer(|playbook| &mut playbook.order),
    },
    Field { name: "tags", meaning: "Keywords to find it by.", kind: FieldKind::Texts(|playbook| &mut playbook.tags) },
    Field {
        name: "prerequisites",
        meaning: "What you need before you start.",
        kind: FieldKind::Texts(|playbook| &mut playbook.prerequisites),
    },
    Field { name: "steps", meaning: "The steps, in order.", kind: FieldKind::Steps(|playbook| &mut playbook.steps) },
    Field {
        name: "success_criteria",
        meaning: "How you know that it succeeded. Shown as a checklist at the end of its page.",
        kind: FieldKind::Texts(|playbook| &mut playbook.success_criteria),
    },
    Field {
        name: "next_playbook",
        meaning: "The id of the playbook that follows, or a list of ids. A playbook's id is its path inside the \
            playbooks folder, without `.yaml`; the last part is enough if no other id ends the same way.",
        kind: FieldKind::TextOrTexts(|playbook| &mut playbook.next_playbook),
    },
    Field {
        name: "recurring",
        meaning: "How often it is repeated: `quarterly`, or `true`.",
        kind: FieldKind::TextOrTrue(|playbook| &mut playbook.recurring),
    },
    Field {
        name: "warnings",
        meaning: "What to be careful about.",
        kind: FieldKind::Texts(|playbook| &mut playbook.warnings),
    },
    Field {
        name: "run",
        meaning: "The command that runs it, instead of the project's. `{id}` is replaced with the playbook's id.",
        kind: FieldKind::Text(|playbook| &mut playbook.run),
    },
    Field {
        name: "redirect_from",
        meaning: "An old address that redirects to the playbook, `/playbooks/recruiting/`, or a list of addresses.",
        kind: FieldKind::TextOrTexts(|playbook| &mut playbook.redirect_from),
    },
];

/// The keys of a step, in the order in which its page shows them.
pub(super) static STEP: [Field<Step>; 17] = [
    Field {
        name: "name",
        meaning: "What to do. Must be unique in the playbook.",
        kind: FieldKind::Name(|step| &mut step.name),
    },
    Field {
        name: "label",
        meaning: "A shorter name for the flow strip.",
        kind: FieldKind::Text(|step| &mut step.label),
    },
    Field {
        name: "description",
        meaning: "What happens in this step, in a sentence or two of Markdown.",
        kind: FieldKind::Text(|step| &mut step.description),
    },
    Field {
        name: "template",
        meaning: "The document to fill in: a path relative to the content folder, the repository's root or the \
            playbook's own folder; a section of it, `nda.md#terms`; or the address of a document on the web.",
        kind: FieldKind::Text(|step| &mut step.template),
    },
    Field {
        name: "prompt",
        meaning: "What to ask an assistant, or yourself.",
        kind: FieldKind::Text(|step| &mut step.prompt),
    },
    Field { name: "checklist", meaning: "What to tick off.", kind: FieldKind::Texts(|step| &mut step.checklist) },
    Field { name: "kpis", meaning: "What to measure.", kind: FieldKind::Texts(|step| &mut step.kpis) },
    Field {
        name: "inputs",
        meaning: "What you need to begin, as Markdown: one thing, or a list.",
        kind: FieldKind::TextOrTexts(|step| &mut step.inputs),
    },
    Field {
        name: "outputs",
        meaning: "What exists afterwards, as Markdown: one thing, or a list.",
        kind: FieldKind::TextOrTexts(|step| &mut step.outputs),
    },
    Field {
        name: "owner",
        meaning: "Who does it: a name, or a list of names. Readers may know the role as *responsible*.",
        kind: FieldKind::TextOrTexts(|step| &mut step.owner),
    },
    Field {
        name: "accountable",
        meaning: "Who answers for the result, if it isn't the owner: a name, or a list of names.",
        kind: FieldKind::TextOrTexts(|step| &mut step.accountable),
    },
    Field {
        name: "consulted",
        meaning: "Who is asked before it is done: a name, or a list of names.",
        kind: FieldKind::TextOrTexts(|step| &mut step.consulted),
    },
    Field {
        name: "informed",
        meaning: "Who is told when it is done: a name, or a list of names.",
        kind: FieldKind::TextOrTexts(|step| &mut step.informed),
    },
    Field {
        name: "depends_on",
        meaning: "The steps that must be finished first: a name, a label or a number, or a list of them. `[]` for \
            none. Without this key, a step waits for the one before it.",
        kind: FieldKind::SomeTexts(|step| &mut step.depends_on),
    },
    Field {
        name: "optional",
        meaning: "`true` for a step that can be left out.",
        kind: FieldKind::Flag(|step| &mut step.optional),
    },
    Field {
        name: "when",
        meaning: "The condition under which the step is done at all, as Markdown: *for resellers only*.",
        kind: FieldKind::Text(|step| &mut step.when),
    },
    Field {
        name: "duration",
        meaning: "How long it takes: `30 minutes`.",
        kind: FieldKind::Text(|step| &mut step.duration),
    },
];
