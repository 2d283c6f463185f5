//! book.toml as written.
//! In: its text. Out: `BookToml`, every value with its place, and what does not fit.
//! Never knows: defaults, or whether a file that is named exists.
//!
//! Tables and keys are mdBook's wherever they mean the same here.

use super::check_table::{CheckTables, External};
use super::choices::{ColorScheme, SeverityLevel, TextDirection, UrlStyle};
use super::keys::{self, Keys, NamedValues, TableSchema};
use super::schema::TableKey;
use super::templates_table::Templates;
use super::theme_table::ThemeTable;
use crate::diagnostic::{Parsed, Rule};
use crate::source::{Located, SourceId};
use crate::url::SlugStyle;

/// Keys of mdBook's that mean nothing here, all in one remark.
pub static MDBOOK_KEY: Rule = Rule::info("config/mdbook-key", include_str!("rule_mdbook_key.md"));

/// A text that may be left out.
pub type OptionalText = Option<Located<String>>;
/// A switch that may be left out.
pub type Flag = Option<Located<bool>>;

/// Reads book.toml. What is broken in it costs only itself.
#[must_use]
pub fn parse(text: &str, source: SourceId) -> Parsed<BookToml> {
    let mut read = keys::read::<BookToml>(text, source);
    if let Some(first) = read.foreign.first() {
        let names: Vec<String> = read.foreign.iter().map(|key| format!("`{}`", key.value)).collect();
        let (has, it) = if names.len() == 1 { ("has", "it") } else { ("have", "them") };
        let finding = MDBOOK_KEY
            .at(first.span, format!("{} {has} no effect: only mdBook uses {it}", names.join(", ")))
            .help(format!("keep {it} if you also build with mdBook; otherwise, delete {it}"));
        read.found.push(finding);
    }
    Parsed { value: read.value, found: read.found }
}

/// Every key that book.toml may have.
#[must_use]
pub fn known_keys() -> Vec<TableKey> {
    keys::read::<BookToml>("", SourceId::new(0)).keys
}

/// The whole file.
#[derive(Clone, Debug, Default)]
pub struct BookToml {
    /// `[book]`
    pub book: BookTable,
    /// `[build]`
    pub build: Build,
    /// `[output.html]`
    pub html: HtmlTable,
    /// `[[mount]]`
    pub mounts: Vec<Located<MountTable>>,
    /// `[playbooks]`
    pub playbooks: PlaybooksTable,
    /// `[markdown]`
    pub markdown: Markdown,
    /// `[templates]`
    pub templates: Templates,
    /// `[theme]`
    pub theme: ThemeTable,
    /// `[variables]`, in order of name
    pub variables: NamedValues<String>,
    /// `[check]`, in order of name
    pub check: NamedValues<SeverityLevel>,
    /// `[check.external]`
    pub external: External,
    /// `[check.terms]`, in order of name
    pub terms: NamedValues<String>,
}

impl TableSchema for BookToml {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["rust", "preprocessor"]);
        let read = Self {
            book: keys.table("book", "The site and its sources."),
            build: keys.table("build", "Where the site is written."),
            html: keys.table::<OutputTable>("output", "How the site is built.").html,
            mounts: keys.tables("mount", "Adds files from anywhere in the repository to the site."),
            playbooks: keys.table("playbooks", "Playbooks."),
            markdown: keys.table("markdown", "How Markdown is read."),
            templates: keys.table("templates", "Documents to fill in for a partner."),
            theme: keys.table("theme", "How the site looks, without changing templates."),
            variables: keys.named_texts("variables", "The value of each `{{ name }}` on pages."),
            check: NamedValues::new(),
            external: External::default(),
            terms: NamedValues::new(),
        };
        let meaning = "The severity of each rule: `\"nav/orphan\" = \"error\"`.";
        let (check, CheckTables { external, terms }) = keys.named_choices_and("check", meaning);
        Self { check, external, terms, ..read }
    }
}

/// `[book]`
#[derive(Clone, Debug, Default)]
pub struct BookTable {
    /// Name of the site.
    pub title: OptionalText,
    /// One sentence.
    pub description: OptionalText,
    /// Who wrote it.
    pub authors: Vec<Located<String>>,
    /// As in HTML: `en`, `pt-BR`.
    pub language: OptionalText,
    /// Which way texts run.
    pub text_direction: Option<Located<TextDirection>>,
    /// The folder of the pages.
    pub src: OptionalText,
    /// The navigation.
    pub summary: OptionalText,
    /// The repository.
    pub root: OptionalText,
}

impl TableSchema for BookTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["multilingual"]);
        Self {
            title: keys.text("title", "The name of the site, in its header and in the title of every page."),
            description: keys.text("description", "One sentence, for search engines and link previews."),
            authors: keys.texts("authors", "The authors."),
            language: keys.text("language", "The language of the content, as in HTML: `en`, `pt-BR`. Default: `en`."),
            text_direction: keys.choice("text-direction", "The direction of the text. Default: from `language`."),
            src: keys.text(
                "src",
                "The content folder, relative to book.toml. Default: `content`, or else `src`. Not needed if all \
                pages are mounted.",
            ),
            summary: keys.text(
                "summary",
                "The navigation, relative to book.toml. Default: `SUMMARY.md` in the content folder, or else next to \
                book.toml.",
            ),
            root: keys.text(
                "root",
                "The root of the repository, relative to book.toml. Nothing outside it is read. Default: the nearest \
                parent folder with `.git`, or else the folder of book.toml.",
            ),
        }
    }
}

/// `[build]`
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The output folder.
    pub build_dir: OptionalText,
}

impl TableSchema for Build {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["create-missing", "use-default-preprocessors", "extra-watch-dirs"]);
        Self { build_dir: keys.text("build-dir", "The output folder, relative to book.toml. Default: `book`.") }
    }
}

/// `[output]`: renderers; those but `html` are other programs'.
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

/// `[output.html]`
#[derive(Clone, Debug, Default)]
pub struct HtmlTable {
    /// Where the site will live.
    pub site_url: OptionalText,
    /// A host name for GitHub Pages.
    pub cname: OptionalText,
    /// The repository on the web.
    pub git_repository_url: OptionalText,
    /// The branch of the repository's web view.
    pub git_branch: OptionalText,
    /// Where a page is edited.
    pub edit_url_template: OptionalText,
    /// Schemes that addresses may have besides the common ones.
    pub allowed_schemes: Vec<Located<String>>,
    /// What addresses look like.
    pub url_style: Option<Located<UrlStyle>>,
    /// How headings become anchors.
    pub heading_ids: Option<Located<SlugStyle>>,
    /// Style sheets.
    pub additional_css: Vec<Located<String>>,
    /// Scripts.
    pub additional_js: Vec<Located<String>>,
    /// Folder with files in place of the theme's own.
    pub theme: OptionalText,
    /// Light, dark, or as the system is.
    pub default_theme: Option<Located<ColorScheme>>,
    /// The page for addresses that are none.
    pub input_404: OptionalText,
    /// Typographic quotes and dashes.
    pub smart_punctuation: Flag,
    /// Old addresses and where they lead, in order of name.
    pub redirect: NamedValues<String>,
    /// `[output.html.search]`
    pub search: Switch,
    /// `[output.html.print]`
    pub print: Switch,
}

/// Keys of `[output.html]` that mean something to mdBook alone.
const MDBOOK_HTML: [&str; 16] = [
    "preferred-dark-theme",
    "curly-quotes",
    "mathjax-support",
    "copy-fonts",
    "google-analytics",
    "no-section-label",
    "fold",
    "playground",
    "playpen",
    "code",
    "git-repository-icon",
    "hash-files",
    "sidebar-header-nav",
    "definition-lists",
    "admonitions",
    "live-reload-endpoint",
];

impl TableSchema for HtmlTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&MDBOOK_HTML);
        Self {
            site_url: keys.text(
                "site-url",
                "Where the site will be published: `https://example.org/docs/`. For the sitemap and canonical links.",
            ),
            cname: keys.text("cname", "The host name for the `CNAME` file, for GitHub Pages."),
            git_repository_url: keys.text(
                "git-repository-url",
                "The repository on the web: the target of links to files outside the site.",
            ),
            git_branch: keys.text("git-branch", "The branch that those links use. Default: the current branch."),
            edit_url_template: keys.text(
                "edit-url-template",
                "The URL to edit a page. `{path}` is the page's path, relative to book.toml.",
            ),
            allowed_schemes: keys.texts(
                "allowed-schemes",
                "Schemes to allow in addition to `http`, `https` and those for mail, phone, maps and calendars: \
                `[\"slack\", \"vscode\"]`. Schemes that can run a script, such as `javascript` and `data`, are never \
                    allowed.",
            ),
            url_style: keys.choice(
                "url-style",
                "`directory`: `/recruit/`. `file`: `/recruit.html`, which also works from disk. Default: `directory`.",
            ),
            heading_ids: keys.choice(
                "heading-ids",
                "How anchors are derived from headings: as on GitHub and in mdBook, as in MkDocs, or as in \
                `pymdownx.slugs`. Default: `github`.",
            ),
            additional_css: keys.texts("additional-css", "Style sheets to load after the theme's."),
            additional_js: keys.texts("additional-js", "Scripts to load after the theme's."),
            theme: keys.text(
                "theme",
                "The folder with files that replace the theme's, relative to book.toml. Default: `theme`.",
            ),
            default_theme: keys.choice(
                "default-theme",
                "The colour scheme until the reader chooses one. Default: `auto`, which follows the reader's system.",
            ),
            input_404: keys.text("input-404", "The page to show for addresses that do not exist. Default: `404.md`."),
            smart_punctuation: keys
                .flag("smart-punctuation", "Whether to use typographic quotes and dashes. Default: `false`."),
            redirect: keys.named_texts("redirect", "Old addresses and their targets."),
            search: keys.table::<SearchTable>("search", "Search.").0,
            print: keys
                .table::<PrintTable>(
                    "print",
                    "Printable documents: the whole site, its sections, and playbooks with their templates.",
                )
                .0,
        }
    }
}

/// A table with the key `enable`.
pub type Switch = Flag;

struct SearchTable(Switch);

impl TableSchema for SearchTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&[
            "limit-results",
            "teaser-word-count",
            "use-boolean-and",
            "boost-title",
            "boost-hierarchy",
            "boost-paragraph",
            "expand",
            "heading-split-level",
            "copy-js",
            "chapter",
        ]);
        Self(keys.flag("enable", "Whether the site has a search. Default: `true`."))
    }
}

struct PrintTable(Switch);

impl TableSchema for PrintTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["page-break"]);
        Self(
            keys.flag(
                "enable",
                "Whether to write printable documents. Default: `true` for sites of up to 1,000 pages.",
            ),
        )
    }
}

/// `[[mount]]`
#[derive(Clone, Debug, Default)]
pub struct MountTable {
    /// Patterns of paths.
    pub from: Vec<Located<String>>,
    /// Where they appear in the site.
    pub to: OptionalText,
    /// Page template for these.
    pub template: OptionalText,
}

impl TableSchema for MountTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            from: keys.required_text_or_texts(
                "from",
                "A file, folder or pattern, relative to the repository's root. `*` matches any part of a name, `**` \
                any number of folders.",
            ),
            to: keys.text(
                "to",
                "Its path in the content folder. Each `*` or `**` is replaced with what it matched in `from`; a path \
                that ends in `/` is a folder. Default: the same path as in the repository.",
            ),
            template: keys.text("template", "The page template for these files."),
        }
    }
}

/// `[playbooks]`
#[derive(Clone, Debug, Default)]
pub struct PlaybooksTable {
    /// Their folder.
    pub dir: OptionalText,
    /// The command that runs one.
    pub run: OptionalText,
}

impl TableSchema for PlaybooksTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            dir: keys.text(
                "dir",
                "The playbooks folder, relative to the repository's root. Default: `playbooks`, if it exists.",
            ),
            run: keys.text(
                "run",
                "The command shown under \"Run this playbook\". `{id}` is replaced with the playbook's id. Without \
                it, the section is left out.",
            ),
        }
    }
}

/// `[markdown]`
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// Whether `$…$` is a formula.
    pub math: Flag,
}

impl TableSchema for Markdown {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self {
            math: keys.flag(
                "math",
                "Whether `$…$` is a formula. Default: `false`, since amounts of money can look like that too.",
            ),
        }
    }
}
