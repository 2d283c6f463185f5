//! Git, the same on every machine and in every hook.
//! In: a folder and arguments. Out: what git did there; a panic when it did not.
//! Never knows: settings of whoever runs the tests.

use std::path::Path;
use std::process::Command;

/// What the environment of a hook, or of a shell that works on another repository, says.
const INHERITED: [&str; 5] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"];

/// Git in a folder, not yet started.
pub(crate) fn command(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "user.name=t", "-c", "user.email=t@example.org"]);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for name in INHERITED {
        git.env_remove(name);
    }
    git
}

/// Runs git in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) {
    let output = command(folder).args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
