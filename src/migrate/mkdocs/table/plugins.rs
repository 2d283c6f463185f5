//! The plugins of MkDocs.

use super::{MkdocsRows, carried, is_off, lost, needless, parts, works};
use crate::migrate::mkdocs::draft::{MkdocsDraft, text_of, texts_of};
use crate::migrate::report::Counterpart;
use crate::migrate::row::{self, FoundSetting};

const GENERATED: &str = "no documentation is made from code: generate Markdown with another tool, and mount it";

pub(super) static ROWS: MkdocsRows = &[
    parts("plugins"),
    works("plugins/search", "the search is built in"),
    needless("plugins/search/*", "the search knows the words of the site's language"),
    works("plugins/redirects", "redirects"),
    carried("plugins/redirects/redirect_maps", redirects),
    works("plugins/exclude", "files that are no part of the site"),
    carried("plugins/exclude/glob", exclude),
    lost("plugins/exclude/regex", "`[book] exclude` has patterns with `*`, and no regular expressions"),
    lost("plugins/blog", "posts are pages at the addresses of their files: redirect from their dated ones"),
    needless("plugins/blog/blog_dir", "posts are where they are"),
    lost("plugins/blog/post_url_format", "posts have the addresses of their files"),
    lost("plugins/blog/post_url_date_format", "posts have the addresses of their files"),
    lost("plugins/blog/post_slugify", "posts have the addresses of their files"),
    lost("plugins/blog/*", "posts are pages: there are no archives, categories, authors or excerpts"),
    works("plugins/tags", "tags in front matter, and their index"),
    lost("plugins/tags/*", "the index of tags is a page of its own"),
    works("plugins/awesome-pages", "SUMMARY.md, in the order of `.pages`"),
    works("plugins/awesome-nav", "SUMMARY.md, in the order of `.nav.yml`"),
    works("plugins/literate-nav", "SUMMARY.md"),
    needless("plugins/awesome-pages/*", "SUMMARY.md names every page"),
    needless("plugins/awesome-nav/*", "SUMMARY.md names every page"),
    needless("plugins/literate-nav/*", "SUMMARY.md names every page"),
    works("plugins/section-index", "SUMMARY.md: the names of sections are links"),
    works("plugins/autorefs", "headings are found by their ids on their own page"),
    works("plugins/include-markdown", "`{% include-markdown %}`"),
    needless("plugins/include-markdown/*", "parts of a file lose their indentation"),
    works("plugins/git-revision-date-localized", "pages show when they were changed last"),
    needless("plugins/git-revision-date-localized/*", "pages show when they were changed last"),
    works("plugins/git-revision-date", "pages show when they were changed last"),
    works("plugins/privacy", "nothing is loaded from other sites"),
    works("plugins/offline", "`url-style = \"file\"` makes a site that works from a disk"),
    works("plugins/mermaid2", "Mermaid diagrams are drawn when the site is built"),
    works("plugins/print-site", "the whole site as one document to print"),
    works("plugins/callouts", "callouts in block quotes"),
    works("plugins/same-dir", "README.md in the content folder is its index"),
    works("plugins/same-dir/*", "README.md in the content folder is its index"),
    lost("plugins/glightbox", "images do not open in full size"),
    lost("plugins/glightbox/*", "images do not open in full size"),
    needless("plugins/minify", "pages are small"),
    needless("plugins/optimize", "images are copied as they are"),
    needless("plugins/htmlproofer", "`check --external` checks links to other sites"),
    needless("plugins/linkcheck", "`check --external` checks links to other sites"),
    needless("plugins/info", "only Material needs it"),
    needless("plugins/typeset", "titles in the navigation are plain"),
    needless("plugins/encryptcontent", "whoever may read a site is decided where it is published"),
    carried("plugins/group", group),
    lost("plugins/macros", "`extra` becomes variables; macros and filters are reported where they are used"),
    lost("plugins/meta", "each page has its own front matter; `.meta.yml` isn't read"),
    lost("plugins/social", "no cards are drawn; `[theme] image` is shown for all pages"),
    lost("plugins/rss", "there is no feed"),
    lost("plugins/mike", "there is no version switcher; build each version into a folder of its own"),
    lost("plugins/i18n", "a site has one language; build each into a folder of its own"),
    lost("plugins/static-i18n", "a site has one language; build each into a folder of its own"),
    lost("plugins/projects", "a site is one project; mounts bring in files from elsewhere"),
    lost("plugins/monorepo", "mounts bring in files from elsewhere; navigations aren't merged"),
    lost("plugins/techdocs-core", "it is a bundle: Markdown extensions work, Backstage's own theme doesn't"),
    lost("plugins/mkdocstrings", GENERATED),
    lost("plugins/api-autonav", GENERATED),
    lost("plugins/autoapi", GENERATED),
    lost("plugins/gen-files", GENERATED),
    lost("plugins/markdown-exec", GENERATED),
    lost("plugins/simple", GENERATED),
    lost("plugins/mkdocs-jupyter", "notebooks aren't pages: convert them to Markdown first"),
    lost("plugins/jupyter", "notebooks aren't pages: convert them to Markdown first"),
    lost("plugins/table-reader", "tables aren't read from files: the line is reported where it is used"),
    lost("plugins/drawio", "only Mermaid diagrams are drawn"),
    lost("plugins/kroki", "only Mermaid diagrams are drawn"),
    lost("plugins/git-committers", "pages don't name their authors"),
    lost("plugins/git-authors", "pages don't name their authors"),
    works("plugins/llmstxt", "`llms.txt` and `llms-full.txt` list all pages"),
    works("plugins/material-llms", "`llms.txt` and `llms-full.txt` list all pages"),
    lost("plugins/swagger-ui-tag", "no description of an API is drawn"),
    lost("plugins/*", "not known to this command; what it does isn't done here"),
];

/// `{old.md: new.md}`
fn redirects(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let pairs = row::parts(found.value);
    let count = pairs.len();
    for (old, new) in pairs {
        if let Some(new) = text_of(new) {
            draft.redirect(old, &new);
        }
    }
    Counterpart::to(format!("[output.html.redirect], {count} addresses"))
}

fn exclude(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    for glob in texts_of(found.value) {
        draft.exclude(glob);
    }
    Counterpart::to("[book] exclude")
}

/// Plugins that are used only sometimes.
fn group(_: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    if is_off(found) {
        return Counterpart::NotNeeded("it is switched off".to_owned());
    }
    let plugins = row::parts(found.value).into_iter().find(|(name, _)| *name == "plugins");
    let names: Vec<String> = plugins
        .map(|(_, plugins)| row::parts(plugins).into_iter().map(|(name, _)| format!("`{name}`")).collect())
        .unwrap_or_default();
    Counterpart::lost(format!("the plugins of a group aren't looked at: {}", names.join(", ")))
}
