//! What a stranger's pull request cannot do: read outside the repository, or publish what runs.
//! In: hostile projects. Out: nothing of it in the site, nor in what is printed.
//! Never knows: which part of the program refuses.

use super::program::{Project, run_in, tree};

/// Everything that a build wrote, as one text.
fn written(project: &Project) -> String {
    project.tree("book").values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

#[test]
fn nothing_unsafe_is_published_whatever_is_lowered() {
    let project = Project::good();
    let page = "# Home\n\n[a](javascript:evil()) <a href='JAVA&#115;CRIPT:evil()' title=t>b</a>\n\n\
                <img srcset='a.png 1x, data:evil() 2x' alt=''>\n\n![c](data:evil()){ onload=evil() }\n";
    project.write("content/index.md", page);
    let settings = "[book]\ntitle = \"T\"\n[check]\n\"link/unsafe-scheme\" = \"off\"\n\
                    \"markdown/unsafe-attribute\" = \"off\"\n[theme]\nfooter = \"[d](vbscript:evil())\"\n";
    for settings in [settings, "[book]\ntitle = \"T\"\n"] {
        project.write("book.toml", settings);
        project.run(&["build", "--keep-going", "-W", "link/unsafe-scheme"]);
        let home = project.tree("book").remove("index.html".as_ref() as &std::path::Path).unwrap();
        let home = String::from_utf8_lossy(&home).into_owned();
        assert!(!home.contains("evil()\"") && !home.contains("onload"), "{home}");
        assert!(home.contains("<a>a</a>") && home.contains("<a title=t>b</a>"), "{home}");
    }
}

#[test]
fn hidden_files_are_shown_only_when_they_are_named() {
    let project = Project::good();
    project.write(".env", "DEPLOY_KEY=4711");
    project.write("docs/.secret", "DEPLOY_KEY=4711");
    project.write(".git/config", "url = DEPLOY_KEY=4711");
    project.write("content/index.md", "# Home\n\n--8<-- \"../.env\"\n");
    for from in ["**", ".git/config", "docs", ".g*/config", "docs/*"] {
        project.write("book.toml", format!("[book]\ntitle = \"T\"\n[[mount]]\nfrom = \"{from}\"\nto = \"all/\"\n"));
        project.run(&["build", "--keep-going"]);
        assert!(!written(&project).contains("4711"), "{from}");
    }
    project.write("book.toml", "[book]\ntitle = \"T\"\n[[mount]]\nfrom = \".env\"\nto = \"env.txt\"\n");
    project.run(&["build", "--keep-going"]);
    assert!(written(&project).contains("4711"));
}

#[cfg(unix)]
#[test]
fn links_show_nothing_hidden() {
    let project = Project::good();
    project.write(".git/config", "url = DEPLOY_KEY=4711");
    project.write(".env", "DEPLOY_KEY=4711");
    project.write("content/index.md", "# Home\n\n--8<-- \"../x/config\"\n");
    for (target, link) in
        [("../.git", "content/g"), ("../.env", "content/env.txt"), (".git", "x"), ("../.env", "content/env.md")]
    {
        let link = project.path(link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        project.run(&["build", "--keep-going"]).ends_with(1);
        assert!(!written(&project).contains("4711"), "{target}");
        std::fs::remove_file(&link).unwrap();
    }
}

#[test]
fn values_bring_no_scheme_that_runs() {
    let project = Project::good();
    project.write("content/index.md", "# Home\n\n[a]({{ portal }}) <a href=\"{{ portal }}\">b</a>\n");
    for value in ["javascript:evil()", "JAVA\tscript:evil()", " data:evil()", "unheard-of:evil()"] {
        project.run(&["build", "--keep-going", "--var", &format!("portal={value}")]).ends_with(1);
        assert!(!written(&project).contains("evil()\""), "{value:?}");
    }
    project.run(&["build", "--var", "portal=xmpp:desk@example.org"]).ends_with(0);
}

#[test]
fn a_root_outside_the_repository_takes_a_flag() {
    let project = Project::good();
    project.write("repo/.git/HEAD", "ref: refs/heads/main");
    project.write("repo/docs/content/index.md", "# Home\n\n--8<-- \"../../../beside.md\"\n");
    project.write("beside.md", "word-from-outside");
    for root in ["../..", "../../content", "../.git"] {
        project.write("repo/docs/book.toml", format!("[book]\nroot = \"{root}\"\n"));
        let report = project.run(&["check", "repo/docs", "--format", "json"]).ends_with(2).json();
        let first = &report["diagnostics"][0];
        assert_eq!((&first["code"], &first["line"]), (&"config/value".into(), &2.into()), "{root}");
    }
    project.write("repo/docs/book.toml", "[book]\nroot = \"../..\"\n");
    let said = |flag: &str| {
        project.run(&[
            "build",
            "repo/docs",
            "-d",
            "out",
            flag,
            "-W",
            "playbook/template-not-found",
            "-W",
            "link/not-found",
        ]);
        project.path("out").exists()
            && tree(&project.path("out"))
                .values()
                .any(|bytes| String::from_utf8_lossy(bytes).contains("word-from-outside"))
    };
    assert!(!said("--keep-going") && said("--trust-root"));
    project.write("repo/docs/content/index.md", "# Home\n");
    project.write("repo/docs/book.toml", "[book]\nroot = \"..\"\n");
    project.run(&["check", "repo/docs"]).ends_with(0);
}

#[cfg(unix)]
#[test]
fn a_folder_outside_the_repository_is_written_only_where_somebody_chose_it() {
    let project = Project::good();
    project.write("inner/.git/HEAD", "");
    project.write("inner/content/index.md", "# Home\n");
    let build = |build_dir: &str, more: &[&str]| {
        project.write("inner/book.toml", format!("[build]\nbuild-dir = \"{build_dir}\"\n"));
        run_in(&project.path("inner"), &[&["build"], more].concat())
    };
    for outside in ["../out", "a/../../out", "../inner/../out/deep"] {
        build(outside, &[]).ends_with(2).says("--dest-dir");
    }
    for git in [".git/out", ".GIT/hooks", "../inner/.git/modules/x"] {
        build(git, &[]).ends_with(2).says("git's own files");
    }
    assert!(!project.path("out").exists() && !project.path("inner/.git/out").exists());
    build("site", &[]).ends_with(0);
    // Once a person has built there, book.toml may name it.
    build("../out", &["--dest-dir", "../out"]).ends_with(0);
    build("../out", &[]).ends_with(0).says("0 files written");
}

#[test]
fn a_book_toml_that_leads_out_of_the_repository_is_not_read() {
    let project = Project::good();
    project.write("secret", "password = 4711\npassword: 4711\n");
    project.write("repo/.git/config", "password: 4711\n");
    project.write("repo/content/index.md", "# Home\n");
    let link = project.path("repo/book.toml");
    for target in ["../secret", ".git/config"] {
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        for format in ["human", "json", "github", "sarif"] {
            let run = project.run(&["check", "repo", "--format", format]).ends_with(2);
            assert!(!format!("{}{}", run.stdout, run.stderr).contains("4711"), "{format}");
        }
    }
}

#[test]
fn a_folder_that_is_no_project_is_told_what_to_do_next() {
    let project = Project::good();
    project.write("empty/notes.txt", "x");
    let run = project.run(&["check", "empty"]).ends_with(2);
    assert!(format!("{}{}", run.stdout, run.stderr).contains("content/index.md"));
}
