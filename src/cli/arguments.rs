//! The arguments of every command.
//! In: nothing. Out: the types that clap fills, whose comments are the program's `--help`.
//! Never knows: what the commands do.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::registry;
use crate::diagnostic::nearest;
use crate::report::{self, Format};
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
    /// Find broken links, anchors, playbooks and maps, without building the site
    Check(CheckOptions),
    /// Preview the site with live reload
    Serve(ServeOptions),
    /// Fill in a playbook's templates, or a single one, for a partner
    Fill(FillOptions),
    /// Move a page, a folder or a file, and update every link to it and from it
    Mv(MoveOptions),
    /// Change a heading's id, and update every link to it
    RenameAnchor(RenameAnchorOptions),
    /// Draw one diagram as SVG, without a project
    Map(MapOptions),
    /// Create a theme, or copy one built-in file to change it
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// Explain a rule: what it finds, why it matters, and how to fix it
    Explain {
        /// The name of the rule: link/anchor-not-found
        rule: String,
    },
    /// List all rules with their default severity
    Rules,
    /// Print a JSON Schema, for editors and other programs
    Schema {
        /// What the schema describes
        of: SchemaOf,
    },
}

/// Options of every command that works on a project.
#[derive(Clone, Debug, Args)]
pub(super) struct ProjectOptions {
    /// The project folder, which contains book.toml
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
    /// Report a rule's errors as warnings for this run: link/not-found (repeatable)
    #[arg(short = 'W', long = "warn", value_name = "RULE", value_parser = known_rule)]
    pub(super) warn: Vec<String>,
    /// Set the variable `{{ NAME }}`, overriding pages and book.toml (repeatable)
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
    pub(super) variables: Vec<(String, String)>,
    /// Allow `root` in book.toml to be outside the repository; never use it for pull requests
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
    /// Read values from a YAML file; --var overrides them
    #[arg(long, value_name = "FILE")]
    pub(super) vars: Option<PathBuf>,
    /// Write to this folder; without it, a single template goes to stdout
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
    /// Replace existing files
    #[arg(long)]
    pub(super) force: bool,
    /// Add one printable HTML document with a cover and contents
    #[arg(long)]
    pub(super) html: bool,
    /// Keep the templates' front matter in the documents
    #[arg(long)]
    pub(super) front_matter: bool,
    /// Print `[templates.placeholders]` for the words in brackets that templates contain, without filling anything in
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
    /// Write the site despite errors in the content
    #[arg(long)]
    pub(super) keep_going: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// The format of the report
    #[arg(long, value_parser = format(), default_value = report::FORMATS[0].name)]
    pub(super) format: &'static Format,
    /// Write the report to this file, and a readable one to stdout
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Check only this rule, even if it is off by default (repeatable)
    #[arg(long = "rule", value_name = "RULE", value_parser = known_rule)]
    pub(super) rules: Vec<String>,
    /// Fail the check also on findings of this severity
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) deny: Option<Deny>,
    #[command(flatten)]
    pub(super) fix: FixOptions,
    /// Report only findings that are new since a commit: main, v1.2, HEAD~3
    #[arg(long, value_name = "GIT-REF", conflicts_with_all = ["baseline", "write_baseline", "wanted"])]
    pub(super) new_since: Option<String>,
    /// Report only findings that are not in this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write_baseline", "wanted"])]
    pub(super) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(super) web: ExternalOptions,
    /// Write all findings to this file, and report none
    #[arg(long, value_name = "FILE", conflicts_with = "wanted")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Report published pages, anchors and files that disappeared since a build's manifest.json, or since a commit
    #[arg(long, value_name = "FILE|URL|GIT-REF")]
    pub(super) against: Option<String>,
}

/// Which fixes to apply, and how.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct FixOptions {
    /// Apply all safe fixes, and report what is left
    #[arg(long, group = "wanted")]
    pub(super) fix: bool,
    /// Also apply fixes that are likely guesses, and ask about each one
    #[arg(long, requires = "wanted")]
    pub(super) suggested: bool,
    /// Show the fixes as a diff, without making them
    #[arg(long, group = "wanted", conflicts_with = "format")]
    pub(super) diff: bool,
    /// Apply all suggested fixes without asking
    #[arg(long, requires = "suggested")]
    pub(super) yes: bool,
}

impl FixOptions {
    /// Whether fixes are wanted at all.
    pub(super) fn is_asked(&self) -> bool {
        self.fix || self.diff
    }
}

/// The project, for commands whose positional arguments are something else.
#[derive(Debug, Args)]
pub(super) struct ProjectFolder {
    /// The project folder, which contains book.toml
    #[arg(long = "project", value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
}

impl ProjectFolder {
    /// The same, as the options of a command that works on a project.
    pub(super) fn as_options(&self) -> ProjectOptions {
        ProjectOptions { folder: self.folder.clone(), warn: Vec::new(), variables: Vec::new(), trust_root: false }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// Create a theme folder that does not change anything yet
    New {
        #[command(flatten)]
        project: ProjectFolder,
    },
    /// Copy one built-in file into the theme folder, where it replaces the built-in one
    Eject {
        /// Its path, as printed by `theme list`, with or without `templates/`: partials/footer.html
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
    /// The page, folder or other file to move
    pub(super) old: PathBuf,
    /// Its new path, or the folder to move it to
    pub(super) new: PathBuf,
    #[command(flatten)]
    pub(super) project: ProjectFolder,
    /// Show the changes as a diff, without making them
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct RenameAnchorOptions {
    /// The page with the heading
    pub(super) page: PathBuf,
    /// The heading's id, as used in links
    pub(super) old: String,
    /// Its new id
    #[arg(value_parser = known_form)]
    pub(super) new: String,
    #[command(flatten)]
    pub(super) project: ProjectFolder,
    /// Show the changes as a diff, without making them
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    #[command(flatten)]
    pub(super) project: ProjectOptions,
    /// The port to listen on; 0 picks any free one. Defaults to 4100, or the next free port
    #[arg(short, long)]
    pub(super) port: Option<u16>,
    /// The address to listen on; with any but 127.0.0.1, others on the network can see the site
    #[arg(long, value_name = "ADDR")]
    pub(super) host: Option<IpAddr>,
    /// Open the site in the browser, at the page that --page names
    #[arg(short, long)]
    pub(super) open: bool,
    /// Print the URL of the page for this file: content/legal/nda.md
    #[arg(long, value_name = "FILE")]
    pub(super) page: Option<PathBuf>,
    /// The editor that links in findings open: code, cursor, zed, idea, subl. Defaults to VISUAL or EDITOR
    #[arg(long, value_name = "NAME", value_parser = known_editor)]
    pub(super) editor: Option<Editor>,
    /// Poll for changes instead of using file events
    #[arg(long)]
    pub(super) poll: bool,
    /// Print each page that is rendered, and the reason
    #[arg(long)]
    pub(super) explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct MapOptions {
    /// A Mermaid file, or a Markdown file with a map and its table
    pub(super) file: PathBuf,
    /// Which map in a Markdown file
    #[arg(short, long, value_name = "N", default_value_t = 1)]
    pub(super) number: usize,
    /// Write to this file instead of stdout
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
}

/// Which links to other sites to check.
#[derive(Debug, Args)]
pub(super) struct ExternalOptions {
    /// Check links to other sites over the network
    #[arg(long)]
    pub(super) external: bool,
    /// Check only matching URLs; `*` matches anything (repeatable)
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) include: Vec<String>,
    /// Skip matching URLs; `*` matches anything (repeatable)
    #[arg(long, value_name = "PATTERN", requires = "external")]
    pub(super) exclude: Vec<String>,
    /// Cache answers in this file: successful ones for a day, others for an hour
    #[arg(long, value_name = "FILE", requires = "external")]
    pub(super) external_cache: Option<PathBuf>,
}

/// Severities that can be made to fail the check.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Deny {
    /// Warnings
    Warnings,
}

/// What a JSON Schema can be printed for.
#[derive(Copy, Clone, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum SchemaOf {
    /// playbooks/*.yaml
    Playbook,
    /// book.toml
    BookToml,
    /// The output of `check --format json`
    Findings,
}

/// The formats of reports, by their names.
fn format() -> impl TypedValueParser<Value = &'static Format> {
    let values = report::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values).try_map(|name| {
        report::FORMATS.iter().find(|format| format.name == name).copied().ok_or("there is no such format")
    })
}

/// An editor that can open files from a URL. Any other is an error, because its links would silently do nothing.
fn known_editor(name: &str) -> Result<Editor, String> {
    Editor::named(name).ok_or_else(|| format!("cannot open files in `{name}` from a URL; use an editor such as `code`"))
}

/// An id that is valid in `{#id}`, in a link and in HTML.
fn known_form(id: &str) -> Result<String, String> {
    let id = id.trim_start_matches('#');
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if !id.is_empty() && !id.starts_with(['.', '-']) && id.chars().all(legal) {
        return Ok(id.to_owned());
    }
    Err("an id can contain only letters, digits, `-`, `_`, `.` and `:`, and cannot start with `-` or `.`".to_owned())
}

/// `partner=Acme Corp`
fn variable(written: &str) -> Result<(String, String), String> {
    let pair = written.split_once('=').map(|(name, value)| (name.trim(), value));
    match pair.filter(|(name, _)| !name.is_empty()) {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("write a name, `=` and its value: `--var partner=\"Acme Corp\"`".to_owned()),
    }
}

/// A rule that exists. An unknown one is an error, because it would silently have no effect.
fn known_rule(code: &str) -> Result<String, String> {
    if registry::rule(code).is_some() {
        return Ok(code.to_owned());
    }
    let near = nearest(code, registry::rules().map(|rule| rule.code));
    Err(near.map_or_else(
        || format!("unknown rule `{code}`; run `partner-docs rules` to list all rules"),
        |near| format!("unknown rule `{code}`; did you mean `{near}`?"),
    ))
}
