//! `[output.html]` of book.toml as written.

use super::choices::{ColorScheme, UrlStyle, Wanted};
use super::keys::{Keys, NamedValues, OptionalText, PathBase, PathKind, TableSchema, WrittenAsset, WrittenPath};
use super::schema::by_default;
use crate::html::RawHtmlPolicy;
use crate::source::Located;
use crate::url::SlugStyle;

/// `[output.html]`
#[derive(Clone, Debug)]
pub struct HtmlTable {
    /// Where the site will live.
    pub site_url: OptionalText,
    /// A host name for GitHub Pages.
    pub cname: Option<String>,
    /// The repository on the web.
    pub git_repository_url: OptionalText,
    /// The branch of the repository's web view.
    pub git_branch: OptionalText,
    /// Where a page is edited.
    pub edit_url_template: OptionalText,
    /// Schemes that addresses may have besides the common ones.
    pub allowed_schemes: Vec<Located<String>>,
    /// What becomes of raw HTML.
    pub raw_html: RawHtmlPolicy,
    /// What addresses look like; see `Config::url_style`.
    pub url_style: Option<UrlStyle>,
    /// How headings become anchors.
    pub heading_ids: SlugStyle,
    /// Style sheets.
    pub additional_css: Vec<WrittenAsset>,
    /// Scripts.
    pub additional_js: Vec<WrittenAsset>,
    /// Folder with files in place of the theme's own.
    pub theme: Option<WrittenPath>,
    /// Light, dark, or as the system is.
    pub default_theme: ColorScheme,
    /// The page for addresses that are none.
    pub input_404: Option<WrittenPath>,
    /// Whether quotes and dashes are made typographic; see `Config::smart_punctuation`.
    pub smart_punctuation: Option<bool>,
    /// Old addresses and where they lead, in order of the old ones.
    pub redirect: NamedValues<String>,
    /// `[output.html.search]`: whether the site can be searched.
    pub search: bool,
    /// `[output.html.code]`: what lines of code begin with that are hidden, by language.
    pub hidden_lines: NamedValues<String>,
    /// `[output.html.print]`: whether there are documents to print.
    pub print: Wanted,
    /// Whether pages are published as Markdown as well.
    pub markdown: bool,
    /// Whether all pages are published in one file of Markdown.
    pub llms_full: Wanted,
}

/// Keys of `[output.html]` that mean something to mdBook alone.
const MDBOOK_HTML: [&str; 15] = [
    "preferred-dark-theme",
    "curly-quotes",
    "mathjax-support",
    "copy-fonts",
    "google-analytics",
    "no-section-label",
    "fold",
    "playground",
    "playpen",
    "git-repository-icon",
    "hash-files",
    "sidebar-header-nav",
    "definition-lists",
    "admonitions",
    "live-reload-endpoint",
];

impl TableSchema for HtmlTable {
    #[expect(clippy::too_many_lines, reason = "a list: one call for each key of the table")]
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        // Projects that are also built with mdBook get one remark for all of these, and no error for each.
        keys.foreign(&MDBOOK_HTML);
        Self {
            site_url: keys.url(
                "site-url",
                "Where the site will be published. Used for the sitemap, the feed and canonical links; the pages themselves \
                work anywhere. With `cname`, it defaults to that host.",
            ),
            cname: keys
                .text("cname", "The host name for the `CNAME` file, for GitHub Pages.")
                .map(Located::into_value),
            git_repository_url: keys.url(
                "git-repository-url",
                "The repository on the web. The target of links to files that aren't part of the site.",
            ),
            git_branch: keys.text("git-branch", by_default("the current branch", "The branch that those links use.")),
            edit_url_template: keys.text(
                "edit-url-template",
                by_default(
                    "on GitHub, GitLab, Bitbucket, Gitea: the editor there",
                    "The URL to edit a page. `{path}` is replaced with the page's path, relative to `book.toml`. The \
                    default takes `git-repository-url`, and `main` if there is no `git-branch`.",
                ),
            ),
            // Added to the common ones, not in their place: a list that forgot `mailto` would break every contact
            // page.
            allowed_schemes: keys.texts(
                "allowed-schemes",
                "Schemes to allow in addition to `http`, `https` and those for mail, phone, maps and calendars: \
                `[\"slack\", \"vscode\"]`. Schemes that can run a script, such as `javascript` and `data`, are never \
                allowed.",
            ),
            raw_html: keys.choice(
                "raw-html",
                "What happens to [HTML in Markdown](markdown.md#html). `allow`: it's published as it is. `sanitize`: \
                scripts, styles, forms, frames and event handlers are left out, from SVG files too. `escape`: readers see \
                the tags as text; SVG files are sanitized.",
            ),
            url_style: keys
                .optional_choice(
                    "url-style",
                    by_default(
                        "`directory`; `file` in a project of mdBook",
                        "`directory`: `recruit.md` is at `recruit/`. `file`: it's at `recruit.html`, which also works from \
                        disk, and is what mdBook does. A project whose `SUMMARY.md` is in a content folder that isn't \
                        called `content` is one of mdBook.",
                    ),
                )
                .map(|style| style.value),
            heading_ids: keys
                .choice("heading-ids", "How [anchors](markdown.md#headings) are derived from headings."),
            additional_css: keys.assets("additional-css", "Style sheets to load after the theme's: paths or URLs."),
            additional_js: keys.assets(
                "additional-js",
                "Scripts to load after the theme's: paths or URLs, or tables that say how: `{ file = \"app.js\", module = \
                true }` for a module, `async = true` for a script that needn't wait for the page. A `.mjs` is a module.",
            ),
            theme: keys.path(
                "theme",
                PathBase::Project,
                PathKind::Folder,
                by_default("`theme`", "The folder with files that replace the theme's."),
            ),
            default_theme: keys.choice(
                "default-theme",
                "The colour scheme until the reader chooses one. `auto` follows the reader's system. mdBook's names work \
                too.",
            ),
            input_404: keys.path(
                "input-404",
                PathBase::Content,
                PathKind::File,
                by_default(
                    "`404.md`",
                    "The page to show for addresses that don't exist, relative to the content folder.",
                ),
            ),
            smart_punctuation: keys.optional_flag(
                "smart-punctuation",
                by_default(
                    "`false`; `true` in a project of mdBook",
                    "Whether to convert straight quotes and hyphens to typographic ones.",
                ),
            ),
            redirect: keys.named_texts(
                "redirect",
                "Old addresses and their targets: `\"/old/\" = \"/new/\"`. As in mdBook, a relative target is relative \
                to the old address. The `#part` and the `?query` of the old address are preserved. An old address that \
                ends in a `#part` redirects only from there: `\"/terms/#exit\" = \"/exit/\"`.",
            ),
            hidden_lines: keys
                .table::<CodeTable>(
                    "code",
                    "Lines of code to hide, by language and what they start with: `hidelines.python = \"~\"`. In Rust it's \
                    `# `.",
                )
                .hidden_lines,
            search: keys
                .table::<SearchTable>(
                    "search",
                    by_default("on", "The search. `enable = false` leaves it out."),
                )
                .enable,
            // Three states: without the key, large sites go without documents that would double the time of a build.
            print: keys.table::<PrintTable>("print", "Printable documents.").enable.into(),
            markdown: keys.flag(
                "markdown",
                true,
                "Whether to publish pages as [Markdown](assistants.md) as well, with a list of them in `llms.txt`.",
            ),
            llms_full: keys
                .optional_flag(
                    "llms-full",
                    by_default(
                        "`true` for sites of up to 1,000 pages",
                        "Whether to publish all pages in one file, [`llms-full.txt`](assistants.md#llms-full).",
                    ),
                )
                .into(),
        }
    }
}

struct SearchTable {
    enable: bool,
}

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
        Self { enable: keys.flag("enable", true, "Whether the site has a search.") }
    }
}

struct CodeTable {
    hidden_lines: NamedValues<String>,
}

impl TableSchema for CodeTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        Self { hidden_lines: keys.named_texts("hidelines", "What hidden lines start with, by language.") }
    }
}

struct PrintTable {
    enable: Option<bool>,
}

impl TableSchema for PrintTable {
    fn read(keys: &mut Keys<'_, '_>) -> Self {
        keys.foreign(&["page-break"]);
        let meaning = by_default(
            "`true` for sites of up to 1,000 pages",
            "Whether to write printable documents: the whole site, its sections, and playbooks with their templates.",
        );
        Self { enable: keys.optional_flag("enable", meaning) }
    }
}
