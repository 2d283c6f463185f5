//! What is left of the constructs of other tools, and of slips in our own: what each is called, and what to do about it.
//! A new one is an entry here, and a row in `table` that says what it looks like.

/// A construct that readers see as text, or not at all.
#[derive(Debug)]
pub(crate) struct Construct {
    /// With its article: `a callout`.
    pub(super) what: &'static str,
    pub(super) help: &'static str,
    pub(super) seen: Seen,
    /// Whose it is. Where there is none, pages may hold it, and each place is a slip of its own.
    pub(super) tool: Option<&'static Tool>,
}

impl Construct {
    /// Whether it is this one.
    pub(super) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What readers see of a construct that is not read.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    /// What its author wrote.
    AsText,
    /// What is inside it, without what its tags say.
    Inside,
    Nothing,
}

impl Seen {
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::AsText => "but readers see it as text",
            Self::Inside => "but readers see only what is inside",
            Self::Nothing => "but readers see nothing of it",
        }
    }
}

/// A tool or plugin whose syntax this program does not read. A page that was written for one may be full of it, and so
/// may be every page of a site.
#[derive(Debug)]
pub struct Tool {
    /// As it is called in a sentence: `mkdocstrings`.
    pub name: &'static str,
    /// What to do about all of it.
    pub help: &'static str,
}

static MKDOCSTRINGS_TOOL: Tool =
    Tool { name: "a plugin for references to code, such as mkdocstrings,", help: API.help };
static TEMPLATES: Tool = Tool {
    name: "a template language such as Jinja or Liquid",
    help: "template languages are not supported: write it as Markdown; names are replaced, as in `{{ name }}`",
};
static INCLUDES: Tool = Tool { name: "a plugin for includes", help: INCLUDED };
static ICONS: Tool = Tool {
    name: "icons or emoji that are not included",
    help: "use an icon of Material, Font Awesome, Octicons or Simple Icons, or an image",
};
static HUGO: Tool = Tool { name: "Hugo", help: SHORTCODE.help };
static MDX: Tool =
    Tool { name: "MDX or other components", help: "code in pages is not run: write it as Markdown or HTML" };
static MYST: Tool =
    Tool { name: "MyST or Sphinx", help: "write links as `[text](page.md#heading)`, the rest as Markdown" };
static WIKI: Tool = Tool { name: "a wiki", help: WIKI_LINK.help };
static DOCFX: Tool = Tool { name: "DocFX", help: "to include a file, write `--8<-- \"path\"`; link to videos" };

/// References to code whose documentation a tool generates.
pub(crate) static MKDOCSTRINGS: &Tool = &MKDOCSTRINGS_TOOL;

const fn slip(what: &'static str, help: &'static str) -> Construct {
    Construct { what, help, seen: Seen::AsText, tool: None }
}

const fn of(tool: &'static Tool, what: &'static str, help: &'static str) -> Construct {
    Construct { what, help, seen: Seen::AsText, tool: Some(tool) }
}

const SPELLING: &str = "check its spelling, its indentation, and the blank line before it";
const NO_TEMPLATES: &str = "template languages are not supported: write it as Markdown";
const NO_CODE: &str = "code in pages is not run: remove it, or write what it shows as Markdown";
const INCLUDED: &str = "to include a file, write `--8<-- \"path\"` on a line of its own";

pub(super) static CALLOUT: Construct = slip("a callout", SPELLING);
pub(super) static COLLAPSIBLE: Construct = slip("a collapsible", SPELLING);
pub(super) static TAB: Construct = slip("a content tab", SPELLING);
pub(super) static ASIDE: Construct = slip("an aside", SPELLING);
pub(super) static BLOCK: Construct = slip("a generic block", SPELLING);
pub(super) static INCLUDE: Construct = slip("an include", SPELLING);
pub(super) static OTHER_INCLUDE: Construct = of(&INCLUDES, "an include", INCLUDED);
pub(super) static LOST_INCLUDE: Construct = Construct { seen: Seen::Nothing, ..of(&INCLUDES, "an include", INCLUDED) };
pub(super) static BOOK_DIRECTIVE: Construct = slip("an mdBook directive", SPELLING);
pub(super) static ATTRIBUTES: Construct = slip("an attribute list", SPELLING);
pub(super) static ICON: Construct = of(&ICONS, "an icon or emoji", SPELLING);
pub(super) static TOC: Construct = slip("a table of contents", "remove it: every page shows its table of contents");
pub(super) static FORMULA: Construct =
    slip("a formula", "to render formulas, set `math = true` in `[markdown]` in book.toml");
pub(super) static TASK: Construct = slip("a task list checkbox", "write `- [ ] `");
pub(super) static HEADING: Construct = slip("a heading", "add a space after the `#`");
pub(super) static TABLE: Construct =
    slip("a table", "its second line must consist of dashes, `|---|---|`, with as many cells as the first");
pub(super) static TABLE_IN_TEXT: Construct = slip("a table", "add a blank line before its first row");
pub(super) static LINK: Construct = slip("a link", "write `[text](address)`");
pub(super) static SPACED_LINK: Construct =
    slip("a link", "write spaces in an address as `%20`, or the address between `<` and `>`");
pub(super) static SPACED_IMAGE: Construct =
    slip("an image", "write spaces in an address as `%20`, or the address between `<` and `>`");
pub(super) static DEFINITION: Construct =
    slip("the definition of a link", "write spaces in an address as `%20`, or the address between `<` and `>`");
pub(super) static BOLD: Construct =
    slip("bold text", "write `**` directly before the first word and directly after the last");
pub(super) static DIAGRAM: Construct = slip("a diagram", "write it as a fenced block with the language `mermaid`");
pub(super) static MARKDOWN: Construct =
    slip("Markdown", "add a blank line between the HTML tag and the Markdown, or write it as HTML");
pub(super) static NOTE: Construct = slip("a footnote", "write `[^1]`, and `[^1]: …` on a line of its own");
pub(super) static COMMENT: Construct = slip("a comment", "write it as `<!-- … -->`, or remove it");
pub(super) static PAGE_BREAK: Construct =
    slip("a page break", "remove it, or write `<div style=\"page-break-after: always\"></div>`");
pub(super) static PROGRESS: Construct =
    slip("a progress bar", "write it as HTML: `<progress value=\"85\" max=\"100\">85%</progress>`");
pub(super) static LEAF: Construct = slip("a directive of another tool", "write what it shows as Markdown or HTML");
pub(super) static API_PAGE: Construct = slip(
    "documentation generated from a specification",
    "generate Markdown or HTML from it, or link to a page that shows it",
);
pub(super) static SECOND_FRONT_MATTER: Construct =
    slip("a second front matter", "move its keys to the front matter at the top of the file");
/// Of what stands before the only one of a file.
pub(super) static LATE_FRONT_MATTER: Construct =
    slip("front matter that does not start on the first line", "move its `---` to the first line of the file");

/// Lines of `:::` that name a piece of a program.
pub(super) static API: Construct = of(
    MKDOCSTRINGS,
    "documentation generated from code",
    "plugins are not supported: generate Markdown files with its tool and mount them, or link to its pages",
);
pub(super) static SHORTCODE: Construct = of(&HUGO, "a shortcode", NO_TEMPLATES);
pub(super) static TEMPLATE_DIRECTIVE: Construct = of(&TEMPLATES, "a template directive", NO_TEMPLATES);
pub(super) static TEMPLATE_COMMENT: Construct =
    of(&TEMPLATES, "a comment of a template", "write it as `<!-- … -->`, or remove it");
pub(super) static EXTENSION: Construct = slip("an extension", NO_TEMPLATES);
pub(super) static EXPRESSION: Construct = of(
    &TEMPLATES,
    "a template expression",
    "only names are replaced, as in `{{ name }}`; to show braces, write them as code",
);
pub(super) static WIKI_LINK: Construct = of(&WIKI, "a wiki link", "link to the page by its path: `[text](page.md)`");
pub(super) static IMPORT: Construct = of(&MDX, "an import of MDX", NO_CODE);
pub(super) static EXPORT: Construct = of(&MDX, "an export of MDX", NO_CODE);
pub(super) static JSX_COMMENT: Construct = of(&MDX, "a comment of MDX", "write it as `<!-- … -->`, or remove it");
pub(super) static COMPONENT: Construct = Construct {
    seen: Seen::Inside,
    ..of(&MDX, "a component", "components are not run: write what it shows as Markdown or HTML")
};
pub(super) static ELEMENT: Construct = Construct {
    seen: Seen::Inside,
    ..slip("an element that HTML does not have", "to show it, write it as code; else write it as Markdown or HTML")
};
pub(super) static ROLE: Construct =
    of(&MYST, "a role", "write it as Markdown: a link as `[text](page.md#heading)`, code in backticks");
pub(super) static TARGET: Construct = of(&MYST, "a target", "give the heading below an id: `## Heading {#id}`");
pub(super) static BREAK: Construct = of(&MYST, "a block break", "remove it, or write `---` for a line");
pub(super) static RST: Construct =
    of(&MYST, "a directive of reStructuredText", "write it as Markdown: `.. note::` is `!!! note`");
pub(super) static INCLUSION: Construct = of(&DOCFX, "an inclusion", INCLUDED);
