//! book.toml as written.
//! In: its text. Out: `BookToml`, every key with its value or its default, and what does not fit.
//! Never knows: whether a file that is named exists.
//!
//! Tables and keys are mdBook's wherever they mean the same here. A key is declared once, by the call that reads it; what
//! takes no more to know than this file is read from here by everybody, as `config.written`.

use super::check_table::CheckTable;
use super::choices::TextDirection;
use super::html_table::HtmlTable;
use super::keys::{self, Keys, NamedValues, OptionalText, PathBase, PathKind, TableSchema, WrittenPath};
use super::schema::{StringKind, TableKey, by_default};
use super::templates_table::{SchemaKey, TemplatesTable};
use super::theme_table::ThemeTable;
use crate::diagnostic::{Parsed, Rule};
use crate::source::{Located, SourceId};

/// mdBook's keys that have no effect here, in a single finding.
pub static MDBOOK_KEY: Rule = Rule::info("config/mdbook-key", include_str!("mdbook_key.md"));

/// Programs that mdBook runs over pages, and that are not run here.
pub static PREPROCESSOR: Rule = Rule::warning("config/mdbook-preprocessor", include_str!("mdbook_preprocessor.md"));

/// mdBook's preprocessors whose work is done here as well.
const BUILT_IN: [&str; 10] =
    ["links", "index", "mermaid", "admonish", "alerts", "katex", "footnote", "footnotes", "emojicodes", "callouts"];

/// Parses book.toml. Whatever is broken affects only itself.
#[must_use]
pub fn parse(text: &str, source: SourceId) -> Parsed<BookToml> {
    let mut read = keys::read::<BookToml>(text, source);
    let (programs, foreign): (Vec<_>, Vec<_>) =
        read.foreign.into_iter().partition(|key| key.value.starts_with("preprocessor."));
    read.foreign = foreign;
    for program in programs {
        let name = program.value.trim_start_matches("preprocessor.");
        if BUILT_IN.contains(&name) {
            read.foreign.push(program);
        } else {
            let message = format!("the preprocessor `{name}` is not run: what it writes is missing from pages");
            let help = "delete it if no page needs it; otherwise, run it first, and mount what it writes";
            read.found.push(PREPROCESSOR.at(program.span, message).help(help));
        }
    }
    read.found.sort_by_key(|finding| finding.span);
    if let Some(first) = read.foreign.first() {
        let names: Vec<String> = read.foreign.iter().map(|key| format!("`{}`", key.value)).collect();
        let (has, it) = if names.len() == 1 { ("has", "it") } else { ("have", "them") };
        let finding = MDBOOK_KEY
            .at(first.span, format!("{} {has} no effect: only mdBook uses {it}", names.join(", ")))
            .help(format!("keep {it} if you also build with mdBook; otherwise, delete {it}"));
        read.found.push(finding);
    }
    // Gathered by the reader of the file, since each table knows only its own.
    Parsed { value: BookToml { paths: read.paths, ..read.value }, found: read.found }
}

/// Every key that book.toml can have.
#[must_use]
pub fn known_keys() -> Vec<TableKey> {
    keys::read::<BookToml>("", SourceId::new(0)).keys
}

/// The whole file.
#[derive(Clone, Debug)]
pub struct BookToml {
    /// `[book]`
    pub book: BookTable,
    /// `[build]`
    pub build: BuildTable,
    /// `[output.html]`
    pub html: HtmlTable,
    /// `[nav]`
    pub nav: NavTable,
    /// `[[mount]]`
    pub mounts: Vec<Located<MountTable>>,
    /// `[playbooks]`
    pub playbooks: PlaybooksTable,
    /// `[markdown]`
    pub markdown: MarkdownTable,
    /// `[templates]`
    pub templates: TemplatesTable,
    /// `[theme]`
    pub theme: ThemeTable,
    /// `[variables]`, in order of name
    pub variables: NamedValues<String>,
    /// `[check]`
    pub check: CheckTable,
    /// All files and folders that any key names.
    pub paths: Vec<WrittenPath>,
}

impl TableSchema for BookToml {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["rust"]);
        // Each by its name: what it does to pages is missing.
        keys.table::<PreprocessorTable>("preprocessor", "mdBook's preprocessors, which are not run.");
        Self {
            book: keys.table("book", "The site and its sources."),
            build: keys.table("build", "Where the site is written."),
            html: keys.table::<OutputTable>("output", "How the site is built.").html,
            nav: keys.table("nav", "The navigation, as far as `SUMMARY.md` does not say it."),
            mounts: keys.tables("mount", "Adds files from anywhere in the repository to the site."),
            playbooks: keys.table("playbooks", "Playbooks."),
            markdown: keys.table("markdown", "How Markdown is read."),
            templates: keys.table("templates", "Documents to fill in for a partner."),
            theme: keys.table("theme", "How the site looks, without changing templates."),
            variables: keys.named_texts("variables", "The value of each `{{ name }}` on pages."),
            check: {
                let meaning = "The severity of each rule: `\"nav/orphan\" = \"error\"`.";
                let (severities, check) = keys.named_choices_and::<_, CheckTable>("check", meaning);
                CheckTable { severities, ..check }
            },
            paths: Vec::new(),
        }
    }
}

/// `[book]`
#[derive(Clone, Debug)]
pub struct BookTable {
    /// The name of the site.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// The authors.
    pub authors: Vec<Located<String>>,
    /// As in HTML: `en`, `pt-BR`.
    pub language: String,
    /// The direction of the text.
    pub text_direction: Option<Located<TextDirection>>,
    /// The content folder.
    pub src: Option<WrittenPath>,
    /// Patterns of files in the content folder that are no part of the site.
    pub exclude: Vec<Located<String>>,
    /// The navigation.
    pub summary: Option<WrittenPath>,
    /// The repository. It may lie above book.toml, so that it is no path in it.
    pub root: OptionalText,
}

impl TableSchema for BookTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        // Every new project of mdBook has it, so it must not be an unknown key.
        keys.foreign(&["multilingual"]);
        Self {
            title: keys.text_or(
                "title",
                "Documentation",
                "The name of the site, in its header and in the title of every page.",
            ),
            description: keys
                .text("description", "One sentence, for search engines and link previews.")
                .map(Located::into_value),
            authors: keys.texts("authors", "The authors."),
            language: keys.text_or("language", "en", "The language of the content, as in HTML: `en`, `pt-BR`."),
            text_direction: keys
                .optional_choice("text-direction", by_default("from `language`", "The direction of the text.")),
            src: keys.path(
                "src",
                PathBase::Project,
                PathKind::Folder,
                by_default(
                    "`content`, or else `src`",
                    "The content folder, relative to `book.toml`. Not needed if all pages are mounted.",
                ),
            ),
            exclude: keys.strings(
                StringKind::Pattern,
                "exclude",
                "Files in the content folder that are not part of the site, relative to it: `[\"drafts\", \
                \"**/*.tmp\"]`. A folder excludes everything in it.",
            ),
            summary: keys.path(
                "summary",
                PathBase::Project,
                PathKind::File,
                by_default(
                    "`SUMMARY.md`",
                    "The navigation, relative to `book.toml`. By default, `SUMMARY.md` in the content folder, or else \
                    next to `book.toml`.",
                ),
            ),
            // No `keys.path`: it may lead above the folder of book.toml, and it is needed before any file is listed.
            root: keys.string(
                StringKind::Path,
                "root",
                by_default(
                    "nearest folder with `.git`",
                    "The root of the repository, relative to `book.toml`. Nothing outside it is read.",
                ),
            ),
        }
    }
}

/// `[build]`
#[derive(Clone, Debug)]
pub struct BuildTable {
    /// The output folder, relative to the folder of book.toml.
    pub build_dir: String,
}

impl TableSchema for BuildTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["create-missing", "use-default-preprocessors", "extra-watch-dirs"]);
        let meaning = "The output folder, relative to `book.toml`.";
        Self { build_dir: keys.path_or("build-dir", PathBase::Project, PathKind::Output, "book", meaning) }
    }
}

/// `[output]`: all renderers except `html` belong to other programs.
struct OutputTable {
    html: HtmlTable,
}

impl TableSchema for OutputTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        let html = keys.table("html", "The site.");
        keys.rest_is_foreign();
        Self { html }
    }
}

/// `[preprocessor]`: a table for each of mdBook's.
struct PreprocessorTable;

impl TableSchema for PreprocessorTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.rest_is_foreign();
        Self
    }
}

/// `[[mount]]`
#[derive(Clone, Debug, Default)]
pub struct MountTable {
    /// Patterns of paths.
    pub from: Vec<WrittenPath>,
    /// Their paths in the site.
    pub to: OptionalText,
    /// The page template for these files.
    pub template: OptionalText,
}

impl TableSchema for MountTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            from: keys.required_patterns(
                "from",
                "The files, relative to the repository's root. `*` matches any part of a name, `**` any number of \
                folders. A folder includes everything in it.",
            ),
            // A place in the site and not on disk: nothing is there to be looked for.
            to: keys.string(
                StringKind::Path,
                "to",
                by_default(
                    "the path in `from`",
                    "Their path in the content folder. Each `*` or `**` is replaced with what it matched in `from`. A \
                    path that ends in `/` is a folder.",
                ),
            ),
            template: keys.text("template", "The page template for these files."),
        }
    }
}

/// `[nav]`
#[derive(Clone, Debug, Default)]
pub struct NavTable {
    /// Patterns of pages that need no entry.
    pub not_listed: Vec<Located<String>>,
}

impl TableSchema for NavTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            not_listed: keys.strings(
                StringKind::Pattern,
                "not-listed",
                "Pages that aren't in `SUMMARY.md` on purpose, relative to the content folder: `[\"news/**\"]`. They are \
                published, and not reported as [`nav/orphan`](../../src/check/nav/orphan.md).",
            ),
        }
    }
}

/// `[playbooks]`
#[derive(Clone, Debug, Default)]
pub struct PlaybooksTable {
    /// The playbooks folder.
    pub dir: Option<WrittenPath>,
    /// The command that runs one; `{id}` in it is the playbook's.
    pub run: OptionalText,
    /// `[playbooks.schema]`, in order of key
    pub schema: NamedValues<SchemaKey>,
}

impl TableSchema for PlaybooksTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            dir: keys.path(
                "dir",
                PathBase::Repository,
                PathKind::Folder,
                by_default("`playbooks`", "The playbooks folder, relative to the repository's root."),
            ),
            run: keys.text(
                "run",
                "The command shown under *Run this playbook*. `{id}` is replaced with the playbook's id. Without it, \
                the section is left out.",
            ),
            schema: keys.named_tables("schema", "The team's own keys in playbooks, and what they must contain."),
        }
    }
}

/// `[markdown]`
#[derive(Clone, Debug, Default)]
pub struct MarkdownTable {
    /// Whether `$…$` is a formula.
    pub math: bool,
    /// Whether variables are replaced in code, too.
    pub variables_in_code: bool,
    /// Folders that the paths of includes may begin at.
    pub include_paths: Vec<WrittenPath>,
    /// Files to add to every page.
    pub append: Vec<WrittenPath>,
}

impl TableSchema for MarkdownTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            math: keys.flag(
                "math",
                false,
                "Whether `$…$` and `$$…$$` are TeX formulas, as well as `\\(…\\)` and `\\[…\\]`. Off by default, since \
                amounts of money can look like that too.",
            ),
            variables_in_code: keys.flag(
                "variables-in-code",
                false,
                "Whether variables are replaced in code, too. Names that nothing defines stay there as they are.",
            ),
            include_paths: keys.paths(
                "include-paths",
                PathBase::Project,
                PathKind::Folder,
                by_default(
                    "none",
                    "Folders, relative to `book.toml`, where [included files](markdown.md#includes) are looked for after \
                    the folder of the page. The folder of `book.toml` and the repository's root come last.",
                ),
            ),
            append: keys.paths(
                "append",
                PathBase::Project,
                PathKind::File,
                by_default(
                    "none",
                    "Markdown files, relative to `book.toml`, that are added to the end of every page: abbreviations and \
                    link definitions.",
                ),
            ),
        }
    }
}
