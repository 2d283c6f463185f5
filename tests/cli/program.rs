//! Projects on disk, and the program run on them.
//! In: paths and texts, arguments. Out: an exit code and what was printed.
//! Never knows: what is tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

/// A project in a folder of its own. A `.git` marks the folder as the repository, wherever it lies.
pub(crate) struct Project {
    pub(crate) folder: TempDir,
}

/// How a run ended, and what it printed.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The program, not yet started.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-docs"));
    // Nothing that the developer has set may change what is printed.
    command.env_remove("CLICOLOR_FORCE").env_remove("VISUAL").env_remove("EDITOR").env_remove("GITHUB_STEP_SUMMARY");
    command
}

/// Runs the program in a folder.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = program().args(arguments).current_dir(folder).output().unwrap();
    ended(&output)
}

/// Runs the program where no project is needed.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_in(Path::new("."), arguments)
}

/// What a finished process left.
pub(crate) fn ended(output: &Output) -> Run {
    Run {
        // A process that a signal ended has no code, and no run of ours may end so.
        code: output.status.code().expect("the program ends by itself"),
        stdout: String::from_utf8(output.stdout.clone()).expect("what is printed is UTF-8"),
        stderr: String::from_utf8(output.stderr.clone()).expect("what is printed is UTF-8"),
    }
}

impl Run {
    /// What was printed to stdout as one JSON object on one line. Most small projects do not say where they are published,
    /// which one test of building is about; everywhere else it would be in the way.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.stdout.matches('\n').count(), 1, "one line: {}", self.stdout);
        let mut report: Value =
            serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout));
        if let Some(findings) = report["diagnostics"].as_array_mut() {
            findings.retain(|finding| finding["code"] != "url/no-site-url");
        }
        report
    }

    /// The run, once its code is the one expected.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// The run, once it told people something.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no `{words}` in {}", self.stderr);
        self
    }

    /// The run, once its data holds something.
    #[track_caller]
    pub(crate) fn prints(self, words: &str) -> Self {
        assert!(self.stdout.contains(words), "no `{words}` in {}", self.stdout);
        self
    }
}

impl Project {
    /// A project with these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(project.path(".git")).unwrap();
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// A project in which everything is as it should be.
    pub(crate) fn good() -> Self {
        Self::new(GOOD)
    }

    /// A good project that lies further inside, in a repository of its own.
    pub(crate) fn inside(folder: &str) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir_all(project.path(folder).join(".git")).unwrap();
        for (path, text) in GOOD {
            project.write(&format!("{folder}/{path}"), text);
        }
        project
    }

    /// A good project with one broken link.
    pub(crate) fn with_a_broken_link() -> Self {
        let project = Self::good();
        project.write("content/index.md", "# Partners\n\nOur [contract](legal/contract.md).\n");
        project
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs the program in the project's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.folder.path(), arguments)
    }

    /// All files below a folder with their bytes.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        tree(&self.path(folder))
    }
}

/// All files below a folder with their bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// Pages, a playbook, a map and a picture, and nothing wrong.
pub(crate) const GOOD: &[(&str, &str)] = &[
    ("book.toml", "[book]\ntitle = \"Partners\"\n\n[playbooks]\ndir = \"playbooks\"\n"),
    ("content/index.md", "# Partners\n\nThe [NDA](legal/nda.md#term), and ![our logo](logo.svg).\n"),
    ("content/legal/nda.md", "# NDA\n\n## Term\n\nTwo years.\n"),
    ("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    (
        "content/map.md",
        "# Map\n\n```mermaid\nflowchart LR\nsubgraph WE[We]\nS[Scope]\nend\nsubgraph THEY[They]\nN[Sign]\nend\nS --> N\nclick N \"legal/nda.md\"\n```\n",
    ),
    ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n  - name: Sign\n    template: legal/nda.md\n"),
];
