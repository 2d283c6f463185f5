//! How long `check` takes beside the least that any checker must do: read the files.
//! In: the corpus, written to a disk. Out: lines to stdout.
//! Never knows: what is found.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

use partner_docs::pipeline::{Drafts, Session};
use partner_docs::project::DiskFolder;

use crate::{best, corpus, link, ratio, say};

/// Reading, checking, and the same with another link checker, where one is installed.
pub(crate) fn measure(pages: usize) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut paths = Vec::new();
    for (path, text) in corpus::site(pages) {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().ok_or("a file lies in a folder")?)?;
        std::fs::write(&path, text)?;
        paths.push(path);
    }
    std::fs::create_dir(folder.path().join(".git"))?;
    let read = || paths.iter().map(|path| std::fs::read(path).map_or(0, |bytes| bytes.len())).sum::<usize>();
    let (reading, _) = best(3, read);
    say(&format!("reading, {pages} pages"), reading, "");
    let (check, _) = best(2, || link(&mut Session::new(DiskFolder::new(folder.path(), None), Drafts::Hidden)));
    say(&format!("check, {pages} pages"), check, &format!("{:.1} × reading", ratio(check, reading)));
    let (other, ran) = best(2, || lychee(folder.path()));
    if ran {
        say(&format!("lychee --offline, {pages} pages"), other, &format!("{:.1} × check", ratio(other, check)));
    }
    Ok(())
}

/// Has lychee look at all links between files; whether it is installed.
fn lychee(folder: &Path) -> bool {
    let mut command = Command::new("lychee");
    command.args(["--offline", "--no-progress", "--include-fragments"]).arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}
