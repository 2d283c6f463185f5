//! The table of directives: a row says all that is known of one before the site is.
//!
//! A directive that shows what another one shows is a row here and a partial of the theme. A new kind of view, of ids or
//! of option values is a variant, and the compiler then names the one place that has to know it.

/// A directive, as a row of the table.
#[derive(PartialEq, Eq, Debug)]
pub struct DirectiveKind {
    /// Its name in braces.
    pub name: &'static str,
    /// What follows the name.
    pub argument: Argument,
    /// Which lines `:key: value` it takes.
    pub options: OptionKeys,
    /// What it shows unless an option says otherwise.
    pub shown: Shown,
}

/// What a directive's argument is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Argument {
    /// The id of a playbook.
    Playbook,
    /// A folder of templates, or nothing for all.
    Folder,
    /// The name of a map, or nothing where there is one map only.
    Map,
    /// It has none.
    Nothing,
}

/// The options that a directive takes.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum OptionKeys {
    /// These.
    Known(&'static [OptionKind]),
    /// Any key of front matter: the options say which templates are listed.
    FrontMatter,
}

/// An option of a directive.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct OptionKind {
    /// Without its colons.
    pub key: &'static str,
    /// What it may say.
    pub value: OptionValue,
}

/// What an option may say.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum OptionValue {
    /// The name of something that only the site knows; a check looks for it.
    Name,
    /// One of these words, each with what it makes the directive show.
    Word(&'static [ShownAs]),
}

/// A word and what it makes a directive show.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct ShownAs {
    /// As it is written.
    pub word: &'static str,
    /// What is shown then.
    pub shown: Shown,
}

/// What a directive puts into a page.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// What the partial gets to see.
    pub view: DirectiveView,
    /// The theme's partial that makes HTML of it.
    pub partial: &'static str,
    /// The ids that this HTML has: links may lead there.
    pub ids: BroughtIds,
}

/// What the partial of a directive gets to see.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum DirectiveView {
    /// The steps of a playbook in one line, as `flow`.
    Strip,
    /// A playbook, as `playbook`.
    Playbook,
    /// All playbooks, as `playbooks`.
    Playbooks,
    /// The templates that the argument and the options select, as `templates`.
    TemplateList,
    /// The same against all playbooks, as `matrix`.
    TemplateMatrix,
    /// A map or a part of it, as `map`.
    Map,
}

/// The ids that a directive brings into a page.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum BroughtIds {
    /// None.
    Nothing,
    /// One for each step of its playbook.
    Steps,
    /// One for each playbook.
    Cards,
    /// One, for the drawing.
    Drawing,
}

const fn shown(view: DirectiveView, partial: &'static str, ids: BroughtIds) -> Shown {
    Shown { view, partial, ids }
}

// With a name, because sections are both what `:as: sections` means and what is shown without it.
const SECTIONS: Shown = shown(DirectiveView::Playbook, "partials/steps.html", BroughtIds::Steps);
const ROWS: Shown = shown(DirectiveView::Playbook, "partials/step_table.html", BroughtIds::Nothing);

const CARDS: Shown = shown(DirectiveView::Playbooks, "partials/cards.html", BroughtIds::Cards);
const PLAYBOOK_ROWS: Shown = shown(DirectiveView::Playbooks, "partials/playbook_table.html", BroughtIds::Nothing);

/// Every directive.
pub static DIRECTIVES: [DirectiveKind; 7] = [
    DirectiveKind {
        name: "{playbook-flow}",
        argument: Argument::Playbook,
        options: OptionKeys::Known(&[]),
        shown: shown(DirectiveView::Strip, "partials/flow.html", BroughtIds::Nothing),
    },
    DirectiveKind {
        name: "{playbook-steps}",
        argument: Argument::Playbook,
        options: OptionKeys::Known(&[OptionKind {
            key: "as",
            // These words are the same on every site, so they are checked while the page is compiled.
            value: OptionValue::Word(&[
                ShownAs { word: "sections", shown: SECTIONS },
                ShownAs { word: "table", shown: ROWS },
            ]),
        }]),
        shown: SECTIONS,
    },
    DirectiveKind {
        name: "{playbook-criteria}",
        argument: Argument::Playbook,
        options: OptionKeys::Known(&[]),
        shown: shown(DirectiveView::Playbook, "partials/criteria.html", BroughtIds::Nothing),
    },
    DirectiveKind {
        name: "{playbook-overview}",
        argument: Argument::Nothing,
        options: OptionKeys::Known(&[OptionKind {
            key: "as",
            value: OptionValue::Word(&[
                ShownAs { word: "cards", shown: CARDS },
                ShownAs { word: "table", shown: PLAYBOOK_ROWS },
            ]),
        }]),
        shown: CARDS,
    },
    DirectiveKind {
        name: "{template-index}",
        argument: Argument::Folder,
        // Any key of front matter may filter, so a misspelt one is found later, by the site that knows the templates.
        options: OptionKeys::FrontMatter,
        shown: shown(DirectiveView::TemplateList, "partials/templates.html", BroughtIds::Nothing),
    },
    DirectiveKind {
        name: "{template-matrix}",
        argument: Argument::Folder,
        options: OptionKeys::FrontMatter,
        shown: shown(DirectiveView::TemplateMatrix, "partials/matrix.html", BroughtIds::Nothing),
    },
    DirectiveKind {
        name: "{swimlane}",
        argument: Argument::Map,
        options: OptionKeys::Known(&[
            // Lanes and stages belong to the map, which may be on another page: a rule of the site looks for them.
            OptionKind { key: "lane", value: OptionValue::Name },
            OptionKind { key: "stage", value: OptionValue::Name },
        ]),
        shown: shown(DirectiveView::Map, "partials/map.html", BroughtIds::Drawing),
    },
];
