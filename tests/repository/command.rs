//! Commands, held against the workspace: whether what they name is there.
//! In: what cargo says of the workspace, and a line of a shell script. Out: what is wrong with the line.
//! Never knows: what a command does, or where it is written.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What commands may name.
pub(super) struct Workspace {
    root: PathBuf,
    packages: Vec<Value>,
}

impl Workspace {
    pub(super) fn read(root: &Path) -> Self {
        let arguments = ["metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"];
        let output = Command::new(env!("CARGO")).args(arguments).current_dir(root).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        Self { root: root.to_owned(), packages: metadata["packages"].as_array().unwrap().clone() }
    }

    /// The programs of a package, sorted.
    pub(super) fn programs(&self, package: &str) -> Vec<&str> {
        let package = self.packages.iter().find(|known| known["name"] == package).unwrap();
        let mut programs: Vec<&str> = targets(package, "bin").collect();
        programs.sort_unstable();
        programs
    }

    /// Why a line of a script is no command that works here. Other programs than cargo and scripts of the repository are
    /// not looked at.
    pub(super) fn error(&self, line: &str) -> Option<String> {
        let words = line.split_whitespace().skip_while(|word| word.contains('=') && !word.starts_with('-'));
        let words: Vec<&str> = words.collect();
        let (program, arguments) = words.split_first()?;
        if program.starts_with('.') || program.starts_with("examples/") {
            return (!self.root.join(program).is_file()).then(|| "there is no such script".to_owned());
        }
        if *program == "cargo" { self.cargo_error(arguments) } else { None }
    }

    fn cargo_error(&self, arguments: &[&str]) -> Option<String> {
        // What follows `--` is for another program.
        let arguments = arguments.iter().copied().take_while(|argument| *argument != "--");
        let arguments: Vec<&str> = arguments.filter(|argument| !argument.starts_with(['+', '"'])).collect();
        let (command, options) = arguments.split_first()?;
        if !["bench", "build", "check", "clippy", "deny", "doc", "fmt", "fuzz", "run", "test"].contains(command) {
            return (*command != "install").then(|| format!("`{command}` is not used here"));
        }
        if *command == "fuzz" {
            let target = options.last().copied().unwrap_or_default();
            return (!self.programs("partner-docs-fuzz").contains(&target)).then(|| format!("no target `{target}`"));
        }
        let mut options = options.iter().copied().peekable();
        while let Some(option) = options.next() {
            let is_there = match option {
                "-p" | "--package" => self.has(options.next()?, |package| package["name"].as_str().into_iter()),
                "--test" => self.has(options.next()?, |package| targets(package, "test")),
                "--bench" => self.has(options.next()?, |package| targets(package, "bench")),
                "--features" => self.has(options.next()?, features),
                "--lib" => options.peek().is_none_or(|path| path.starts_with('-') || self.is_module(path)),
                _ => true,
            };
            if !is_there {
                return Some(format!("what `{option}` names is not there"));
            }
        }
        None
    }

    fn has<'a, I: Iterator<Item = &'a str>>(&'a self, name: &str, all: impl Fn(&'a Value) -> I) -> bool {
        self.packages.iter().any(|package| all(package).any(|known| known == name))
    }

    /// Whether `map::layout` is a module of the library.
    fn is_module(&self, path: &str) -> bool {
        let path = self.root.join("src").join(path.replace("::", "/"));
        path.is_dir() || path.with_extension("rs").is_file()
    }
}

/// The names of a package's targets of one kind.
fn targets<'a>(package: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a str> {
    let targets = package["targets"].as_array().into_iter().flatten();
    let of_kind =
        targets.filter(move |target| target["kind"].as_array().is_some_and(|kinds| kinds.contains(&kind.into())));
    of_kind.filter_map(|target| target["name"].as_str())
}

fn features(package: &Value) -> impl Iterator<Item = &str> {
    package["features"].as_object().into_iter().flat_map(|features| features.keys().map(String::as_str))
}
