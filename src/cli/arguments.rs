//! The arguments of every command.
//! In: nothing. Out: the types that clap fills, whose comments are the program's `--help`.
//! Never knows: what the commands do.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::registry;
use crate::diagnostic::nearest;
use crate::serve::overlay::Editor;

/// Documentation sites for partner teams: playbooks, templates and workflow maps, checked and cross-linked
#[derive(Debug, Parser)]
#[command(name = "partner-docs", version, propagate_version = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site into its output folder
    Build(BuildOptions),
    /// Look for broken links, anchors, playbooks and maps, and build nothing
    Check(CheckOptions),
    /// Show the site while it is written: watch, rebuild, reload
    Serve(ServeOptions),
    /// Fill in templates for a partner: all of a playbook, or one
    Fill(FillOptions),
    /// Move a page, a folder or a file, with every link to it and from it
    Mv(MoveOptions),
    /// Give a heading another id, with every link to it
    RenameAnchor(RenameAnchorOptions),
    /// Draw one diagram as SVG; needs no project
    Map(MapOptions),
    /// Begin a theme of your own, or take one built-in file to change
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// Explain a rule: what it finds, why, and what to do
    Explain {
        /// The rule's name: link/anchor-not-found
        rule: String,
    },
    /// List all rules
    Rules,
    /// Print the JSON Schema of a kind of file, for editors
    Schema {
        /// The kind of file
        of: SchemaOf,
    },
}

/// What every command on a project takes.
#[derive(Clone, Debug, Args)]
pub(super) struct ProjectOptions {
    /// The project's folder, which holds book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Lower a rule's errors to warnings for this run: link/not-found
    #[arg(short = 'W', long = "warn", value_name = "RULE", value_parser = known_rule)]
    pub(super) warn: Vec<String>,
    /// What `{{ NAME }}` stands for in texts, whatever pages and book.toml say
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
    pub(super) variables: Vec<(String, String)>,
    /// Let `root` in book.toml lead out of the repository: never in a build of pull requests
    #[arg(long)]
    pub(super) trust_root: bool,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(super) struct FillOptions {
    /// The id of a playbook, or the path of a template
    #[arg(value_name = "PLAYBOOK|TEMPLATE.md", required_unless_present = "discover")]
    pub(super) what: Option<String>,
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// Take values from a YAML file; --var overrides them
    #[arg(long, value_name = "FILE")]
    pub(super) vars: Option<PathBuf>,
    /// Write to this folder; one template alone goes to stdout without it
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    pub(super) force: bool,
    /// Add one HTML document with a cover and contents, to print
    #[arg(long)]
    pub(super) html: bool,
    /// Keep the front matter of templates in the documents
    #[arg(long)]
    pub(super) front_matter: bool,
    /// Print `[templates.placeholders]` for the words in brackets that templates have; fill in nothing
    #[arg(long, conflicts_with_all = ["out", "vars", "html", "force", "front_matter"])]
    pub(super) discover: bool,
}

#[derive(Debug, Args)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// Write the site to this folder instead
    #[arg(short, long, value_name = "DEST")]
    pub(super) dest_dir: Option<PathBuf>,
    /// Write the site in spite of errors in its content
    #[arg(long)]
    pub(super) keep_going: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// How findings are reported
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(super) format: ReportFormat,
    /// Write the report to this file, and the one for people to stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Look for what this rule finds and for nothing else, even if it is off; may be given several times
    #[arg(long = "rule", value_name = "RULE", value_parser = known_rule)]
    pub(super) rules: Vec<String>,
    /// What else counts as an error
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    #[command(flatten)]
    pub(super) fix: FixOptions,
    /// Report only what a commit did not have: main, v1.2, HEAD~3
    #[arg(long, value_name = "GIT-REF", conflicts_with_all = ["baseline", "write_baseline", "wanted"])]
    pub(super) new_since: Option<String>,
    /// Report only what this file does not list
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write_baseline", "wanted"])]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) web: ExternalOptions,
    /// List all findings in this file, as known, and report nothing
    #[arg(long, value_name = "FILE", conflicts_with = "wanted")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Look for published pages, anchors and files that vanished: since a build's manifest.json, or a commit
    #[arg(long, value_name = "FILE|URL|GIT-REF")]
    pub(super) against: Option<String>,
}

/// What is done about findings that can be repaired.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct FixOptions {
    /// Repair what can be repaired safely, then report what is left
    #[arg(long, group = "wanted")]
    pub(super) fix: bool,
    /// Also repair where the fix is a good guess: asks about each
    #[arg(long, requires = "wanted")]
    pub(super) suggested: bool,
    /// Show what fixes would change as a diff, and write nothing
    #[arg(long, group = "wanted", conflicts_with = "format")]
    pub(super) diff: bool,
    /// Take all suggested fixes without asking
    #[arg(long, requires = "suggested")]
    pub(super) yes: bool,
}

impl FixOptions {
    /// Whether fixes are wanted at all.
    pub(super) fn is_asked(&self) -> bool {
        self.fix || self.diff
    }
}

/// The project, where other arguments stand in its place.
#[derive(Debug, Args)]
pub(super) struct ProjectFolder {
    /// The project's folder, which holds book.toml
    #[arg(long = "project", value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
}

impl ProjectFolder {
    /// As every command on a project takes it.
    pub(super) fn as_options(&self) -> ProjectOptions {
        ProjectOptions { folder: self.folder.clone(), warn: Vec::new(), variables: Vec::new(), trust_root: false }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// Write a theme folder that changes nothing yet
    New {
        #[command(flatten)]
        project: ProjectFolder,
    },
    /// Copy one built-in file into the theme folder, where it takes the built-in one's place
    Eject {
        /// Its path, as `theme list` has it; `templates/` may be left out: partials/footer.html
        #[arg(value_name = "PARTIAL")]
        file: String,
        #[command(flatten)]
        project: ProjectFolder,
    },
    /// List the files of the built-in theme
    List,
}

#[derive(Debug, Args)]
pub(super) struct MoveOptions {
    /// What moves: a page, a folder, an image
    pub(super) old: PathBuf,
    /// Its new path, or the folder to move it into
    pub(super) new: PathBuf,
    #[command(flatten)]
    pub(super) project: ProjectFolder,
    /// Show what would change as a diff, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct RenameAnchorOptions {
    /// The page with the heading
    pub(super) page: PathBuf,
    /// The heading's id, as links name it
    pub(super) old: String,
    /// Its new id
    #[arg(value_parser = known_form)]
    pub(super) new: String,
    #[command(flatten)]
    pub(super) project: ProjectFolder,
    /// Show what would change as a diff, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// The port; 0 takes any free one. Without it: 4100, or the next that is free
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// The address to listen on; the network can see everything but 127.0.0.1
    #[arg(long, value_name = "ADDR")]
    pub(super) host: Option<IpAddr>,
    /// Open the site in the browser, at the page of --page where that is given
    #[arg(short, long)]
    pub(super) open: bool,
    /// Print the address of the page made from this file: content/legal/nda.md
    #[arg(long, value_name = "FILE")]
    pub(super) page: Option<PathBuf>,
    /// The editor that links in findings open: code, cursor, zed, idea, subl. Without it, that of VISUAL or EDITOR
    #[arg(long, value_name = "NAME", value_parser = known_editor)]
    pub(super) editor: Option<Editor>,
    /// Ask the disk again and again, where file events do not arrive
    #[arg(long)]
    pub(super) poll: bool,
    /// Print each page that is rendered, and why
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct MapOptions {
    /// A Mermaid file, or a Markdown file: its map is drawn with the table that describes it
    pub(super) file: PathBuf,
    /// Which map of a Markdown file
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    pub(super) number: usize,
    /// Write here instead of to stdout
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
}

/// What is asked of the web, and what is not.
#[derive(Debug, Args)]
pub(super) struct ExternalOptions {
    /// Ask the web whether links to other sites still lead somewhere
    #[arg(long)]
    pub(super) external: bool,
    /// Ask only for addresses like this; `*` stands for anything
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) include: Vec<String>,
    /// Leave addresses like this out; `*` stands for anything
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) exclude: Vec<String>,
    /// Remember answers in this file, good ones for a day, others for an hour
    #[arg(long, value_name = "FILE", requires = "external")]
    pub(super) external_cache: Option<PathBuf>,
}

/// How findings are reported.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    /// With the source line and what to do
    Human,
    /// One JSON object
    Json,
    /// Annotations on a pull request, and a table in the summary of the run
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// The results of tests, in XML
    Junit,
    /// GitLab's code quality report
    Gitlab,
}

/// What else counts as an error.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}

/// Files that have a schema.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum SchemaOf {
    /// playbooks/*.yaml
    Playbook,
    /// What `check --format json` prints
    Findings,
}

/// An editor that opens files by address: for another, links would do nothing, and nobody would know why.
fn known_editor(name: &str) -> Result<Editor, String> {
    Editor::named(name).ok_or_else(|| format!("`{name}` is no editor that opens files by address, as `code` does"))
}

/// An id that can stand in `{#id}`, in a link and in HTML alike.
fn known_form(id: &str) -> Result<String, String> {
    let id = id.trim_start_matches('#');
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if !id.is_empty() && !id.starts_with(['.', '-']) && id.chars().all(legal) {
        return Ok(id.to_owned());
    }
    Err("an id is letters, digits, `-`, `_`, `.` and `:`".to_owned())
}

/// `partner=Acme Corp`
fn variable(written: &str) -> Result<(String, String), String> {
    let pair = written.split_once('=').map(|(name, value)| (name.trim(), value));
    match pair.filter(|(name, _)| !name.is_empty()) {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("write a name, `=` and its value: `--var partner=\"Acme Corp\"`".to_owned()),
    }
}

/// A rule that exists: one that does not would silence nothing, and nobody would know.
fn known_rule(code: &str) -> Result<String, String> {
    if registry::rule(code).is_some() {
        return Ok(code.to_owned());
    }
    let near = nearest(code, registry::rules().map(|rule| rule.code));
    Err(near.map_or_else(
        || format!("there is no rule `{code}`; `partner-docs rules` lists them all"),
        |near| format!("there is no rule `{code}`; did you mean `{near}`?"),
    ))
}
