//! A new project, and single new pages: what `init` and `new` write.
//! In: what was found in a folder, or a name and what the project asks of such a page. Out: files, as paths and texts.
//! Never knows: the disk, git, the terminal.
//!
//! The texts are in the folder `starter`, which is itself a project that a test checks and builds.

/// A text of the `starter` folder.
macro_rules! starter {
    ($name:literal) => {
        include_str!(concat!("../../starter/", $name))
    };
}

mod archetype;
mod folder;
mod name;
mod remote;
mod settings;

pub use archetype::{Archetype, PageKind};
pub use folder::{ContentFolder, FoundFolder, OtherTool};
pub use name::{NewName, UnusableName};
pub use remote::WebAddresses;

use settings::settings;

/// A file to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StarterFile {
    /// Its path in the project folder, with slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Whether the example pages are part of a new project.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Examples {
    /// A map, templates and playbooks that work together.
    Included,
    /// Settings only.
    LeftOut,
}

/// What whoever begins a project has decided.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StarterChoices {
    /// The name of the site.
    pub title: String,
    /// Where the site will be published.
    pub site_url: Option<String>,
    /// Where the sources are on the web.
    pub repository_url: Option<String>,
    /// Whether example pages are written.
    pub examples: Examples,
    /// The JSON Schema of playbooks, for editors.
    pub playbook_schema: String,
}

/// The pages and playbooks of the example, by path in the `starter` folder.
const EXAMPLES: [(&str, &str); 7] = [
    ("content/map.md", starter!("content/map.md")),
    ("content/templates/discovery-call.md", starter!("content/templates/discovery-call.md")),
    ("content/templates/proposal.md", starter!("content/templates/proposal.md")),
    ("content/templates/agreement-checklist.md", starter!("content/templates/agreement-checklist.md")),
    ("content/templates/success-metrics.md", starter!("content/templates/success-metrics.md")),
    ("playbooks/recruit.yaml", starter!("playbooks/recruit.yaml")),
    ("playbooks/review.yaml", starter!("playbooks/review.yaml")),
];

/// The settings of the example.
const BOOK_TOML: &str = starter!("book.toml");
/// The start page of the example, which shows its playbook.
const START_PAGE: &str = starter!("content/index.md");
/// A start page for a project without the example.
const PLAIN_START_PAGE: &str = "# {{ our_company }}\n\nSay here what readers find on this site.\n";
/// The workflow that checks and publishes the site on GitHub.
const GITHUB_WORKFLOW: &str = starter!("workflows/github.yml");
/// Where the example has its pages.
const CONTENT: &str = "content/";
/// Where the schema of playbooks lies.
const PLAYBOOK_SCHEMA: &str = "playbooks/playbook.schema.json";

/// All files of a new project. Those that exist already are for the caller to leave out.
#[must_use]
pub fn project(folder: &FoundFolder, choices: &StarterChoices) -> Vec<StarterFile> {
    let content = folder.content();
    let mut files =
        vec![file("book.toml", settings(&content, choices)), file(".gitignore", starter!("gitignore").to_owned())];
    if !content.has_start_page {
        let page = if choices.examples == Examples::Included { START_PAGE } else { PLAIN_START_PAGE };
        files.push(file(&content.path("index.md"), page.to_owned()));
    }
    if choices.examples == Examples::Included {
        files.extend(EXAMPLES.iter().map(|(path, text)| match path.strip_prefix(CONTENT) {
            Some(page) => file(&content.path(page), content.with_its_links(text)),
            None => file(path, (*text).to_owned()),
        }));
        files.push(file(PLAYBOOK_SCHEMA, choices.playbook_schema.clone()));
    }
    files
}

/// The GitHub workflow for a project in this folder of its repository: empty for the top. Its path is relative to the
/// repository.
#[must_use]
pub fn github_workflow(project: &str) -> StarterFile {
    let text = GITHUB_WORKFLOW.replace("@v0.0.0", concat!("@v", env!("CARGO_PKG_VERSION")));
    let place = if project.is_empty() { "." } else { project };
    file(".github/workflows/docs.yml", text.replace("PROJECT: .", &format!("PROJECT: {place}")))
}

fn file(path: &str, text: String) -> StarterFile {
    StarterFile { path: path.to_owned(), text }
}

#[cfg(test)]
mod tests;
