//! The shell scripts of workflows, of the action and of the installer, run against folders of this machine.
//! In: the scripts as they are in the repository, and small programs in place of those that reach the network. Out: what
//! they left behind.
//! Never knows: GitHub.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::{read, repository, yaml_of};

/// Copies what it is told to download from a folder.
const CURL: &str = "#!/bin/sh\nfor word in \"$@\"; do\n  [ \"$before\" != --output ] || to=$word\n  before=$word\n\
    done\nexec cp \"${word#file://}\" \"$to\"\n";
/// Notes what it is asked, and knows of an earlier comment once one was written.
const GH: &str = "#!/bin/sh\necho \"$*\" >> \"$GH_LOG\"\ncase \"$*\" in\n  *--jq*) [ ! -f \"$GH_LOG.written\" ] || echo 7 ;;\n\
    *) touch \"$GH_LOG.written\" ;;\nesac\n";

/// A runner: a folder to work in, programs of its own that come first, and what its environment says.
struct Runner {
    folder: tempfile::TempDir,
    values: BTreeMap<String, String>,
}

impl Runner {
    fn new() -> Self {
        let runner = Self { folder: tempfile::tempdir().unwrap(), values: BTreeMap::new() };
        runner.program("curl", CURL).program("gh", GH);
        fs::create_dir_all(runner.path("tmp")).unwrap();
        runner
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shown(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
        self
    }

    fn program(&self, name: &str, script: &str) -> &Self {
        let file = self.path("bin").join(name);
        self.write(&format!("bin/{name}"), script);
        fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
        self
    }

    /// What `${{ name }}` stands for from now on.
    fn value(&mut self, name: &str, value: &str) {
        self.values.insert(name.to_owned(), value.to_owned());
    }

    fn expanded(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.values {
            text = text.replace(&format!("${{{{ {name} }}}}"), value);
        }
        assert!(!text.contains("${{"), "nothing says what this is: {text}");
        text
    }

    fn run(&self, shell: &[&str], script: &str, environment: &[(&str, String)]) -> Output {
        let search = format!("{}:{}", self.shown("bin"), std::env::var("PATH").unwrap());
        // Without a shell, the script is the program itself.
        let words: Vec<&str> = shell.iter().copied().chain([script]).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).current_dir(self.folder.path()).env("PATH", search);
        for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GH_LOG"] {
            command.env(name, self.path(&name.to_lowercase()));
        }
        command.env("RUNNER_TOOL_CACHE", self.path("tools")).env("RUNNER_TEMP", self.path("tmp"));
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env_remove("GITHUB_BASE_REF");
        command.envs(environment.iter().map(|(name, value)| (name, value))).output().unwrap()
    }

    /// Runs a step as GitHub does: its script in bash, which ends at the first failure, with its environment.
    fn step(&self, step: &Value, more: &[(&str, &str)]) -> Output {
        let own = step["env"].as_object().into_iter().flatten();
        let own = own.map(|(name, value)| (name.as_str(), self.expanded(value.as_str().unwrap())));
        let environment: Vec<_> = own.chain(more.iter().map(|(name, value)| (*name, (*value).to_owned()))).collect();
        let script = self.expanded(step["run"].as_str().unwrap());
        self.run(&["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], &script, &environment)
    }

    /// Makes a release of a version for a target, in a folder like the one on the web.
    fn release(&self, version: &str, target: &str) -> String {
        let program = if target.contains("windows") { "partner-docs.exe" } else { "partner-docs" };
        let folder = format!("releases/download/v{version}");
        self.write(&format!("pack/{program}"), &format!("#!/bin/sh\necho partner-docs {version}\n"));
        fs::create_dir_all(self.path(&folder)).unwrap();
        let script = format!(
            "tar -czf {folder}/partner-docs-{target}.tar.gz -C pack . && cd {folder} && sha256sum -- *.tar.gz > SHA256SUMS"
        );
        assert_success(&self.run(&["sh", "-ec"], &script, &[]));
        format!("file://{}", self.shown("releases"))
    }
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn assert_success(output: &Output) {
    assert!(output.status.success(), "{}", printed(output));
}

/// A step of a job, by its name.
fn named<'a>(steps: &'a Value, name: &str) -> &'a Value {
    let steps = steps.as_array().unwrap();
    steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("no step is called `{name}`"))
}

fn installer() -> String {
    repository().join("install.sh").display().to_string()
}

#[test]
fn the_installer_puts_the_binary_for_a_machine_in_place() {
    let machines = [
        ("Linux x86_64", "x86_64-unknown-linux-musl"),
        ("Linux arm64", "aarch64-unknown-linux-musl"),
        ("Darwin x86_64", "x86_64-apple-darwin"),
        ("Darwin arm64", "aarch64-apple-darwin"),
        ("MINGW64_NT-10.0 x86_64", "x86_64-pc-windows-msvc"),
    ];
    for (machine, target) in machines {
        let runner = Runner::new();
        let (system, processor) = machine.split_once(' ').unwrap();
        runner.program("uname", &format!("#!/bin/sh\n[ \"$1\" = -s ] && echo {system} || echo {processor}\n"));
        let releases = runner.release("9.9.9", target);
        let environment = [
            ("PARTNER_DOCS_RELEASES", releases),
            ("PARTNER_DOCS_VERSION", "9.9.9".to_owned()),
            ("PARTNER_DOCS_FOLDER", runner.shown("home/a folder")),
        ];
        assert_success(&runner.run(&["sh"], &installer(), &environment));
        let program = if target.contains("windows") { "partner-docs.exe" } else { "partner-docs" };
        let installed = runner.run(&[], &runner.shown(&format!("home/a folder/{program}")), &[]);
        assert_eq!(printed(&installed), "partner-docs 9.9.9\n", "{machine}");
    }
}

#[test]
fn the_installer_installs_nothing_that_is_not_what_was_released() {
    let runner = Runner::new();
    runner.program("uname", "#!/bin/sh\n[ \"$1\" = -s ] && echo Linux || echo x86_64\n");
    let releases = runner.release("9.9.9", "x86_64-unknown-linux-musl");
    let environment = |checksum: &str| {
        [
            ("PARTNER_DOCS_RELEASES", releases.clone()),
            ("PARTNER_DOCS_VERSION", "v9.9.9".to_owned()),
            ("PARTNER_DOCS_FOLDER", runner.shown("home")),
            ("PARTNER_DOCS_CHECKSUM", checksum.to_owned()),
        ]
    };
    let refused = |checksum: &str, why: &str| {
        let output = runner.run(&["sh"], &installer(), &environment(checksum));
        assert!(!output.status.success() && printed(&output).contains(why), "{}", printed(&output));
        assert!(!runner.path("home").exists(), "something was installed");
    };
    refused("0123", "and 0123 was expected");
    runner.write("releases/download/v9.9.9/SHA256SUMS", "0123  partner-docs-x86_64-unknown-linux-musl.tar.gz\n");
    refused("", "and 0123 was expected");
    runner.write("releases/download/v9.9.9/SHA256SUMS", "0123  partner-docs-x86_64-apple-darwin.tar.gz\n");
    refused("", "does not list partner-docs-x86_64-unknown-linux-musl.tar.gz");
    runner.program("uname", "#!/bin/sh\necho Plan9\n");
    refused("", "there is no binary for Plan9 on Plan9");
}

#[test]
fn the_action_installs_its_own_version_and_puts_it_on_the_path() {
    let mut runner = Runner::new();
    runner.program("uname", "#!/bin/sh\n[ \"$1\" = -s ] && echo Linux || echo x86_64\n");
    let version = env!("CARGO_PKG_VERSION");
    let releases = runner.release(version, "x86_64-unknown-linux-musl");
    let action = yaml_of("action.yml");
    let steps = &action["runs"]["steps"];
    runner.value("github.action_path", &repository().display().to_string());
    for (input, value) in [("version", ""), ("checksum", "")] {
        runner.value(&format!("inputs.{input}"), value);
    }
    runner
        .value("inputs.releases || format('{0}/{1}/releases', github.server_url, github.action_repository)", &releases);
    assert_success(&runner.step(named(steps, "Choose the version"), &[]));
    for line in runner.text("github_output").lines() {
        let (name, value) = line.split_once('=').unwrap();
        runner.value(&format!("steps.plan.outputs.{name}"), value);
    }
    assert_success(&runner.step(named(steps, "Download"), &[]));
    let output = runner.step(named(steps, "Add to the path"), &[]);
    assert_eq!(printed(&output), format!("partner-docs {version}\n"));
    assert_eq!(runner.text("github_path"), format!("{}\n", runner.shown(&format!("tools/partner-docs/{version}"))));
}

/// A repository in which a pull request has broken a link.
fn pull_request() -> Runner {
    let runner = Runner::new();
    let partner_docs = Path::new(env!("CARGO_BIN_EXE_partner-docs"));
    std::os::unix::fs::symlink(partner_docs, runner.path("bin/partner-docs")).unwrap();
    runner.write(
        "docs/site/book.toml",
        "[book]\ntitle = \"Acme\"\n[output.html]\nsite-url = \"https://acme.example/\"\n",
    );
    runner
        .write("docs/site/content/index.md", "# Home\n\n[Terms](terms.md)\n")
        .write("docs/site/content/terms.md", "# Terms\n");
    let git = "git -c user.name=t -c user.email=t@example.org";
    let script = format!(
        "git init -q -b main && printf 'bin\\ntmp\\nbook\\ngithub_*\\ngh_*\\n' > .gitignore && git add --all && \
         {git} commit -q -m one && git update-ref refs/remotes/origin/main HEAD && git checkout -q -b change && \
         git rm -q docs/site/content/terms.md && {git} commit -q -m two"
    );
    assert_success(&runner.run(&["sh", "-ec"], &script, &[]));
    runner
}

#[test]
fn the_workflow_annotates_a_pull_request_and_comments_on_it_once() {
    let mut runner = pull_request();
    let workflow = yaml_of("starter/workflows/github.yml");
    let steps = &workflow["jobs"]["build"]["steps"];
    runner.value("github.token", "secret");
    runner.value("github.event.pull_request.number", "12");
    let github = [("GITHUB_BASE_REF", "main"), ("GITHUB_REPOSITORY", "acme/partners"), ("PROJECT", "docs/site")];
    let built = runner.step(named(steps, "Check and build"), &github);
    assert_eq!(built.status.code(), Some(1), "{}", printed(&built));
    let annotation =
        "::error file=docs/site/content/index.md,line=3,endLine=3,col=9,endColumn=17,title=link/not-found::";
    assert!(printed(&built).contains(annotation), "{}", printed(&built));
    assert!(runner.text("github_step_summary").contains("link/not-found"), "the run has a summary");
    assert!(!runner.path("book").exists(), "a broken site is not published");
    for _ in 0..2 {
        assert_success(&runner.step(named(steps, "Compare with the main branch"), &github));
        assert_success(&runner.step(named(steps, "Comment on the pull request"), &github));
    }
    let comment = runner.text("tmp/comment.md");
    let start =
        "<!-- partner-docs -->\n### What changes for readers\n\n- Removed: Terms (`/terms/`)\n### partner-docs\n";
    assert!(comment.starts_with(start), "{comment}");
    assert!(comment.contains("link/not-found") && comment.contains("url/vanished-page"), "{comment}");
    let asked = runner.text("gh_log");
    let writes: Vec<&str> = asked.lines().filter(|line| !line.contains("--jq")).collect();
    let body = format!("-F body=@{}", runner.shown("tmp/comment.md"));
    let first = format!("api --silent repos/acme/partners/issues/12/comments {body}");
    let second = format!("api --silent --method PATCH repos/acme/partners/issues/comments/7 {body}");
    assert_eq!(writes, [first, second]);
}

#[test]
fn a_release_is_packed_as_the_installer_unpacks_it() {
    let mut runner = Runner::new();
    let workflow = yaml_of(".github/workflows/release.yml");
    let target = "x86_64-unknown-linux-musl";
    for name in ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "Cargo.toml"] {
        runner.write(name, &read(name));
    }
    let tag = format!("v{}", env!("CARGO_PKG_VERSION"));
    runner.write(&format!("target/{target}/dist/partner-docs"), "#!/bin/sh\necho packed\n");
    let binary = &workflow["jobs"]["binary"]["steps"];
    let compare = named(binary, "Compare the tag with the version");
    assert_success(&runner.step(compare, &[("GITHUB_REF_NAME", &tag)]));
    assert!(!runner.step(compare, &[("GITHUB_REF_NAME", "v99.0.0")]).status.success());
    assert_success(&runner.step(named(binary, "Pack"), &[("TARGET", target)]));
    let script = format!(
        "mkdir -p archives releases/download && mv *.tar.gz archives && ln -s ../../archives releases/download/{tag}"
    );
    assert_success(&runner.run(&["sh", "-ec"], &script, &[]));
    let publish = &workflow["jobs"]["publish"]["steps"];
    assert_success(&runner.step(named(publish, "Write the checksums"), &[]));
    runner.value("github.token", "secret");
    runner.write("install.sh", "").write("install.ps1", "");
    assert_success(&runner.step(named(publish, "Publish the release"), &[("GITHUB_REF_NAME", &tag)]));
    assert!(
        runner.text("gh_log").contains("archives/SHA256SUMS archives/partner-docs-x86_64-unknown-linux-musl.tar.gz")
    );
    runner.program("uname", "#!/bin/sh\n[ \"$1\" = -s ] && echo Linux || echo x86_64\n");
    let environment = [
        ("PARTNER_DOCS_RELEASES", format!("file://{}", runner.shown("releases"))),
        ("PARTNER_DOCS_VERSION", tag),
        ("PARTNER_DOCS_FOLDER", runner.shown("home")),
    ];
    assert_success(&runner.run(&["sh"], &installer(), &environment));
    assert!(runner.text("home/partner-docs").contains("echo packed"));
}

#[test]
fn a_binary_is_released_for_each_machine_that_the_installers_know() {
    let workflow = yaml_of(".github/workflows/release.yml");
    let matrix = workflow["jobs"]["binary"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let targets: Vec<&str> = matrix.iter().filter_map(|entry| entry["target"].as_str()).collect();
    let installers = read("install.sh") + &read("install.ps1");
    let missing: Vec<&&str> = targets.iter().filter(|target| !installers.contains(**target)).collect();
    assert!(targets.len() == 5 && missing.is_empty(), "{missing:?}");
    assert_eq!(read("install.sh").matches("target=").count(), targets.len());
}
