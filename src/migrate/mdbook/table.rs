//! Every setting of mdBook that this command knows, and its well-known preprocessors and renderers, a row each.

use crate::migrate::row::{Fate, SettingRow};

type MdbookRows = &'static [SettingRow<()>];

/// All tables.
pub(super) static TABLES: &[MdbookRows] = &[SETTINGS, PREPROCESSORS, RENDERERS];

const fn parts(path: &'static str) -> SettingRow<()> {
    SettingRow { path, fate: Fate::Parts }
}

const fn works(path: &'static str, how: &'static str) -> SettingRow<()> {
    SettingRow { path, fate: Fate::Works(how) }
}

const fn needless(path: &'static str, why: &'static str) -> SettingRow<()> {
    SettingRow { path, fate: Fate::NotNeeded(why) }
}

const fn lost(path: &'static str, why: &'static str) -> SettingRow<()> {
    SettingRow { path, fate: Fate::Lost(why) }
}

const SAME: &str = "the same key";
/// Tables of partner-docs, in a project that has used it before.
const OWN: &str = "a table of partner-docs";

static SETTINGS: MdbookRows = &[
    parts("book"),
    works("book/title", SAME),
    works("book/authors", SAME),
    works("book/description", SAME),
    works("book/language", SAME),
    works("book/src", SAME),
    works("book/text-direction", SAME),
    works("book/*", "a key of partner-docs"),
    needless("book/multilingual", "mdBook doesn't use it either"),
    parts("build"),
    works("build/build-dir", SAME),
    needless("build/create-missing", "an entry without a file is reported, and no file is created"),
    needless("build/use-default-preprocessors", "includes and README.md as an index are built in"),
    needless("build/extra-watch-dirs", "`partner-docs serve` watches everything that the site is made from"),
    lost("rust", "code isn't run; Rust code is highlighted"),
    parts("output"),
    parts("output/html"),
    works("output/html/site-url", SAME),
    works("output/html/cname", SAME),
    works("output/html/git-repository-url", SAME),
    works("output/html/edit-url-template", SAME),
    works("output/html/additional-css", SAME),
    works("output/html/additional-js", SAME),
    works("output/html/input-404", SAME),
    works("output/html/default-theme", "the same key: mdBook's themes are light or dark"),
    works("output/html/smart-punctuation", SAME),
    works("output/html/curly-quotes", "`smart-punctuation`, which is on in a project of mdBook"),
    carried_redirects(),
    works("output/html/theme", "the same key, for files of partner-docs' theme; `index.hbs` isn't read"),
    needless("output/html/preferred-dark-theme", "there is one dark theme"),
    lost("output/html/mathjax-support", "formulas need `[markdown] math = true`, and no script"),
    needless("output/html/copy-fonts", "system fonts are the default"),
    needless("output/html/hash-files", "names of style sheets and scripts follow their content"),
    needless("output/html/git-repository-icon", "the icon follows the repository's host"),
    needless("output/html/live-reload-endpoint", "`partner-docs serve` has its own"),
    needless("output/html/definition-lists", "definition lists are always read"),
    needless("output/html/admonitions", "callouts are always read"),
    lost("output/html/google-analytics", "no analytics are built in; a script goes into `additional-js`"),
    lost("output/html/no-section-label", "chapters have no numbers"),
    lost("output/html/sidebar-header-nav", "the outline of a page is beside it"),
    needless("output/html/fold", "the navigation shows the way to the current page"),
    lost("output/html/playground", "code isn't run, and can't be edited"),
    lost("output/html/playpen", "code isn't run, and can't be edited"),
    works("output/html/code", "hidden lines"),
    works("output/html/code/hidelines", "hidden lines"),
    works("output/html/code/hidelines/*", "hidden lines"),
    parts("output/html/print"),
    works("output/html/print/enable", SAME),
    needless("output/html/print/page-break", "chapters begin on a new page"),
    parts("output/html/search"),
    works("output/html/search/enable", SAME),
    lost("output/html/search/chapter", "all pages can be found"),
    needless("output/html/search/*", "the search has no settings"),
    works("output/html/*", "a key of partner-docs"),
    parts("preprocessor"),
    works("check", OWN),
    works("check/*", OWN),
    works("markdown", OWN),
    works("markdown/*", OWN),
    works("mount", OWN),
    works("mount/*", OWN),
    works("nav", OWN),
    works("nav/*", OWN),
    works("playbooks", OWN),
    works("playbooks/*", OWN),
    works("templates", OWN),
    works("templates/*", OWN),
    works("theme", OWN),
    works("theme/*", OWN),
    works("variables", OWN),
    works("variables/*", OWN),
];

/// Redirects, which are all in one row: a book may have hundreds.
const fn carried_redirects() -> SettingRow<()> {
    SettingRow {
        path: "output/html/redirect",
        fate: Fate::Carried(|(), _| crate::migrate::Counterpart::CarriedOver("the same key".to_owned())),
    }
}

static PREPROCESSORS: MdbookRows = &[
    works("preprocessor/links", "includes"),
    needless("preprocessor/links/*", "includes are built in"),
    works("preprocessor/index", "README.md as an index"),
    needless("preprocessor/index/*", "README.md as an index is built in"),
    works("preprocessor/mermaid", "Mermaid diagrams are drawn when the site is built"),
    needless("preprocessor/mermaid/*", "Mermaid diagrams are drawn when the site is built"),
    works("preprocessor/admonish", "callouts"),
    needless("preprocessor/admonish/*", "callouts look as the theme has them"),
    works("preprocessor/alerts", "callouts in block quotes"),
    needless("preprocessor/alerts/*", "callouts look as the theme has them"),
    lost("preprocessor/katex", "formulas need `[markdown] math = true`, and no program"),
    works("preprocessor/emojicodes", "emoji by their names"),
    needless("preprocessor/emojicodes/*", "emoji are built in"),
    lost("preprocessor/toc", "`<!-- toc -->` isn't replaced: the outline is beside each page"),
    lost("preprocessor/*", "programs that rewrite pages aren't run; run it first, and mount what it writes"),
];

static RENDERERS: MdbookRows = &[
    needless("output/linkcheck", "links are always checked; `check --external` checks those to other sites"),
    needless("output/linkcheck2", "links are always checked; `check --external` checks those to other sites"),
    needless("output/markdown", "the pages are Markdown already"),
    works("output/pdf", "documents to print, for the whole site and its sections"),
    needless("output/pdf/*", "documents to print have no settings"),
    lost("output/epub", "no e-books are written"),
    lost("output/*", "other programs aren't run; keep mdBook for them"),
];
