//! The folder that a project begins in: what is there, and what follows from it.

use std::collections::BTreeSet;

use super::remote::WebAddresses;

/// What was found where a project is to begin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FoundFolder {
    /// What it may be called after, the likeliest first: its own name, its repository's, those of the folders around.
    pub names: Vec<String>,
    /// The repository on the web.
    pub web: Option<WebAddresses>,
    /// The files in the folder, with slashes, sorted. Hidden ones are not among them.
    pub files: Vec<String>,
    /// The text of book.toml, if there is one.
    pub book_toml: Option<String>,
}

/// The folder for pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContentFolder {
    /// Its path in the project: `content`, or `.` for the project itself.
    pub folder: String,
    /// Whether there are pages in it already.
    pub has_pages: bool,
    /// Whether one of them is the start page.
    pub has_start_page: bool,
    /// Whether its navigation is written by hand.
    pub has_summary: bool,
}

/// Another tool whose site the folder holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherTool {
    /// What it is called.
    pub name: &'static str,
    /// The file that says so.
    pub file: String,
}

impl OtherTool {
    /// Whether `migrate` reads its projects.
    #[must_use]
    pub fn is_migrated(&self) -> bool {
        !matches!(self.name, "Starlight" | "Docusaurus")
    }
}

/// Files by which other tools are known, with and without their ending.
const OTHER_TOOLS: [(&str, &str); 5] = [
    ("mkdocs", "MkDocs"),
    ("astro.config", "Starlight"),
    ("docusaurus.config", "Docusaurus"),
    // Zensical reads `mkdocs.yml` as well, and names its own settings so.
    ("zensical", "Zensical"),
    ("properdocs", "ProperDocs"),
];
/// Tables of book.toml that mdBook does not have.
const OWN_TABLES: [&str; 6] = ["[[mount]]", "[playbooks", "[templates", "[check", "[variables", "[theme"];

/// Names of folders that say what they are, and not whose.
const PLAIN_NAMES: [&str; 10] =
    ["doc", "docs", "documentation", "site", "website", "web", "www", "src", "content", "pages"];
/// Words that many titles of sites end with, and no company.
const OF_TITLES: [&str; 13] = [
    "hub",
    "partner",
    "partners",
    "doc",
    "docs",
    "documentation",
    "handbook",
    "site",
    "website",
    "portal",
    "program",
    "programme",
    "wiki",
];

/// Folders that pages are usually kept in, the likeliest first.
const LIKELY: [&str; 7] = ["content", "docs", "doc", "documentation", "handbook", "pages", "wiki"];
/// Folders whose Markdown is part of a program, and no documentation.
const OF_CODE: [&str; 12] = [
    "book",
    "build",
    "dist",
    "example",
    "examples",
    "fixtures",
    "playbooks",
    "target",
    "test",
    "tests",
    "theme",
    "vendor",
];
/// Markdown files that a repository has at its top whether or not it holds documentation.
const OF_REPOSITORIES: [&str; 9] =
    ["agents", "changelog", "claude", "code_of_conduct", "contributing", "license", "readme", "security", "support"];

impl FoundFolder {
    /// The name of the site, as far as names tell.
    #[must_use]
    pub fn title(&self) -> String {
        // `docs` in `acme-partners` is the documentation of Acme's partners, whatever its folder is called.
        let is_plain = |name: &&str| name.is_empty() || PLAIN_NAMES.contains(&name.to_ascii_lowercase().as_str());
        let mut names = self.names.iter().map(|name| name.trim_start_matches('.'));
        let title = names.find(|name| !is_plain(name));
        title.map_or_else(|| "Our Partners".to_owned(), words)
    }

    /// The other tool whose site this folder holds.
    #[must_use]
    pub fn other_tool(&self) -> Option<OtherTool> {
        let by_name = self.files.iter().find_map(|file| {
            let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
            let (_, name) = OTHER_TOOLS.iter().find(|(known, _)| stem == *known)?;
            Some(OtherTool { name, file: file.clone() })
        });
        let is_of_mdbook = |text: &String| {
            let own = OWN_TABLES.iter().any(|table| text.lines().any(|line| line.starts_with(table)));
            !own && self.files.iter().any(|file| file.ends_with("SUMMARY.md")) && !self.has("playbooks/")
        };
        let mdbook = self.book_toml.as_ref().filter(|text| is_of_mdbook(text));
        by_name.or_else(|| mdbook.map(|_| OtherTool { name: "mdBook", file: "book.toml".to_owned() }))
    }

    /// The folder for pages: the one that has some, else a new one.
    #[must_use]
    pub fn content(&self) -> ContentFolder {
        let mut tops: BTreeSet<&str> = self.files.iter().filter(|file| is_page(file)).map(|file| top(file)).collect();
        tops.retain(|top| !OF_CODE.contains(top));
        // Programs keep their code in `src`, and pages there only if they say so.
        let keeps_pages = ["src/SUMMARY.md", "src/index.md"].iter().any(|file| self.has(file));
        tops.retain(|top| *top != "src" || keeps_pages);
        let likely = LIKELY.iter().copied().find(|folder| tops.contains(folder));
        let folder = likely.unwrap_or_else(|| match tops.len() {
            0 => "content",
            1 => tops.first().copied().unwrap_or_default(),
            // Several folders with pages: the project is documentation as a whole.
            _ => ".",
        });
        let inside = |name: &str| if folder == "." { name.to_owned() } else { format!("{folder}/{name}") };
        ContentFolder {
            folder: folder.to_owned(),
            has_pages: !tops.is_empty(),
            has_start_page: ["index.md", "README.md"].iter().any(|name| self.has(&inside(name))),
            has_summary: self.has(&inside("SUMMARY.md")),
        }
    }

    fn has(&self, beginning: &str) -> bool {
        self.files.iter().any(|file| file.starts_with(beginning))
    }
}

impl ContentFolder {
    /// The path of a page in the project.
    #[must_use]
    pub fn path(&self, page: &str) -> String {
        if self.folder == "." { page.to_owned() } else { format!("{}/{page}", self.folder) }
    }

    /// A page of the example, whose links to playbooks lead out of the folder for pages.
    pub(super) fn with_its_links(&self, page: &str) -> String {
        if self.folder == "." { page.replace("(../playbooks/", "(playbooks/") } else { page.to_owned() }
    }
}

/// The company that a site of this name belongs to: `Acme` of `Acme Partners`.
pub(super) fn company(title: &str) -> String {
    let mut words: Vec<&str> = title.split_whitespace().collect();
    while words.last().is_some_and(|last| OF_TITLES.contains(&last.to_lowercase().as_str())) {
        words.pop();
    }
    if words.is_empty() { "Our company".to_owned() } else { words.join(" ") }
}

/// Whether a file is a page of documentation.
fn is_page(file: &str) -> bool {
    let Some(stem) = file.strip_suffix(".md") else { return false };
    file.contains('/') || !OF_REPOSITORIES.contains(&stem.to_ascii_lowercase().as_str())
}

/// The first folder of a path; `.` for a file at the top.
fn top(file: &str) -> &str {
    file.split_once('/').map_or(".", |(folder, _)| folder)
}

/// A name of a folder as people write it: `acme-partners` as `Acme Partners`.
fn words(name: &str) -> String {
    let words = name.split(['-', '_', '.', ' ']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}
