//! What a kit holds, and how values stand in it: in diagrams, titles, definitions and front matter.
//! In: projects, and values. Out: the folder that is written, and what is said.
//! Never knows: how documents are made.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{PROJECT, program, project, said};

const VALUES: [&str; 6] =
    ["--var", "partner=Acme \"A\" *Corp*", "--var", "portal=https://acme.example", "--var", "boss=Jo"];

const BOOK: &str = "[book]\ntitle = \"Partners\"\n[output.html]\nsite-url = \"https://docs.example/\"\n[playbooks]\n\
    dir = \"playbooks\"\nrun = \"./run.sh {id}\"\n[templates.placeholders]\npartner = \"[Partner Name]\"\nportal = []\nboss = []\n";

/// A project with a letter.
fn with_letter(text: &str) -> tempfile::TempDir {
    let playbook = "name: Grow\nsteps:\n- name: Meet\n";
    let pages = [("content/index.md", "# Home\n"), ("content/letter.md", text)];
    project(&[&[("book.toml", BOOK), ("playbooks/grow.yaml", playbook)], &pages[..]].concat())
}

/// A letter filled in alone, as it goes to standard output, and what is said.
fn letter(text: &str, more: &[&str]) -> (String, String) {
    let project = with_letter(text);
    let output = program(project.path(), &[&["fill", "content/letter.md"], more, &VALUES[..]].concat());
    (String::from_utf8_lossy(&output.stdout).into_owned(), said(&output))
}

#[test]
fn a_diagram_has_values_in_its_quotes_and_keeps_its_brackets() {
    let text = "# L\n\n```mermaid\nflowchart LR\n  A[Partner Name] --> B[\"[Partner Name]\"]\n  %% \"half\n  \
                B -->|\"to [partner name]\"| C[[Partner Name]]\n```\n\n[Partner Name]\n";
    let expected = text
        .replace("\"[Partner Name]\"", "\"Acme #quot;A#quot; *Corp*\"")
        .replace("[partner name]", "Acme #quot;A#quot; *Corp*")
        .replace("\n[Partner Name]\n", "\nAcme \"A\" \\*Corp\\*\n");
    let (written, said) = letter(text, &[]);
    assert_eq!(written, expected, "{said}");
}

#[test]
fn a_diagram_on_paper_has_the_values_that_the_text_has() {
    let text =
        "# L\n\n```mermaid\nflowchart LR\n  A[\"[Partner Name] signs\"] --> B[\"Done\"]\n```\n\n[Partner Name]\n";
    let project = with_letter(text);
    let arguments = ["fill", "content/letter.md", "--html", "--out", "out", "--var", "partner=A<b>"];
    let output = program(project.path(), &arguments);
    let page =
        fs::read_to_string(project.path().join("out/letter.html")).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert!(page.contains("A&lt;b&gt; signs") && !page.contains("[Partner Name]"), "{page}");
}

#[test]
fn quotes_in_a_value_end_no_title() {
    let text = "---\nplaceholders: [portal]\n---\n# L\n\n[r]: {{ portal }} \"For {{ partner }}\"\n\n[r] and [by {{ partner }}][r]\n\n\
                !!! note \"For {{ partner }}\"\n    Text \"of [Partner Name]\".\n\n\
                === \"[Partner Name]\"\n\n    ??? tip \"{{ partner }}\"\n        Deep.\n\n[x](index.md \"{{ partner }}\")\n";
    let (written, said) = letter(text, &[]);
    for part in [
        "[r]: https://acme.example \"For Acme &quot;A&quot; *Corp*\"\n",
        "[by Acme \"A\" \\*Corp\\*][r]",
        "!!! note \"For Acme &quot;A&quot; \\*Corp\\*\"\n    Text \"of Acme \"A\" \\*Corp\\*\".\n",
        "=== \"Acme &quot;A&quot; \\*Corp\\*\"\n",
        "??? tip \"Acme &quot;A&quot; \\*Corp\\*\"\n",
    ] {
        assert!(written.contains(part), "{part}: {written}{said}");
    }
}

#[test]
fn front_matter_that_goes_along_is_filled_in_and_said_to_be_open() {
    let text = "---\nowner: \"{{ partner }}\"\ncontact: [Partner Name]\nplain: For [Partner Name] now\nlevels: [Gold]\nsingle: 'It''s [Partner Name]'\n\
                lines: |\n  To [Partner Name]\nwho:\n  - x\n  - \"{{ boss }}\"\n---\n# L\n\n[Partner Name]\n";
    let (written, said) = letter(text, &["--front-matter"]);
    let head = "---\nsource: \"https://docs.example/letter/\"\nowner: \"Acme \\\"A\\\" *Corp*\"\n\
                contact: \"Acme \\\"A\\\" *Corp*\"\nplain: \"For Acme \\\"A\\\" *Corp* now\"\nlevels: [Gold]\n\
                single: \"It's Acme \\\"A\\\" *Corp*\"\nlines: |\n  To Acme \"A\" *Corp*\nwho:\n  - x\n  - \"Jo\"\n---\n";
    assert!(written.starts_with(head), "{written}{said}");
    let project = with_letter(text);
    let arguments = ["fill", "content/letter.md", "--var", "partner=Acme"];
    assert!(program(project.path(), &arguments).status.success(), "nothing asks for `boss` without front matter");
    let output = program(project.path(), &[&arguments[..], &["--front-matter"]].concat());
    assert!(super::said(&output).contains("--var boss="), "{}", super::said(&output));
}

#[test]
fn a_kit_holds_files_that_are_no_pages_and_says_what_the_playbook_says() {
    let recruit = "name: Recruit\nowner: [Alliances, Sales]\nversion: 2.1\nlast_reviewed: 2026-10-02\n\
                   recurring: every quarter\nnext_playbook: [grow]\nsteps:\n- name: Agree\n  \
                   template: terms.docx\n- name: Again\n  template: terms.docx\n- name: Sheet\n  template: data/sheet.csv\n\
                   - name: Apply\n  template: https://forms.example/apply.docx\n  depends_on: [1, Sheet]\n";
    let project = project(&[
        ("book.toml", BOOK),
        ("content/index.md", "# Home\n"),
        ("content/data/sheet.csv", "a,b\n"),
        ("terms.docx", "not Markdown: [Partner Name]"),
        ("playbooks/recruit.yaml", recruit),
        ("playbooks/grow.yaml", "name: Grow\nrun: \"make {id}\"\nsteps:\n- name: Meet\n"),
    ]);
    let output = program(project.path(), &["fill", "recruit", "--out", "out"]);
    assert!(
        said(&output).contains("copied without filling anything in\n  01-terms.docx: terms.docx\n"),
        "{}",
        said(&output)
    );
    let read = |file: &str| fs::read_to_string(project.path().join("out").join(file)).unwrap();
    assert_eq!(read("01-terms.docx"), "not Markdown: [Partner Name]");
    assert_eq!(read("03-sheet.csv"), "a,b\n");
    let list = read("README.md");
    for part in [
        "- Owner: Alliances, Sales\n- Version: 2.1\n- Last reviewed: 2026-10-02\n- Repeated: every quarter\n",
        "Run it with:\n\n```sh\n./run.sh recruit\n```\n",
        "### 1. Agree\n\n- Document: [terms.docx](<01-terms.docx>)\n",
        "### 2. Again\n\n- Document: [terms.docx](<01-terms.docx>)\n",
        "### 4. Apply\n\n- After: Agree, Sheet\n- Document: [apply.docx](<https://forms.example/apply.docx>)\n",
        "## Next\n\n- [Grow](<https://docs.example/playbooks/grow/>)\n",
    ] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let checked = program(project.path(), &["check"]);
    let why = "template `terms.docx` is in the repository, but not part of the site";
    let all = String::from_utf8_lossy(&checked.stdout).into_owned() + &said(&checked);
    assert!(checked.status.success() && all.contains(why) && !all.contains("did you mean"), "{all}");
}

/// Everything in a folder, by name.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap())).collect()
}

#[test]
fn documents_of_one_date_are_the_same_bytes_whenever_they_are_written() {
    let project = project(PROJECT);
    let fill = |out: &str, date: &str, zone: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partner-docs"));
        command.args(["fill", "recruit", "--html", "--out", out]).args(super::VALUES);
        command.env("SOURCE_DATE_EPOCH", date).env("TZ", zone);
        command.current_dir(project.path()).stdin(Stdio::null()).output().unwrap()
    };
    for (out, zone) in [("a", "UTC"), ("b", "Pacific/Auckland")] {
        let output = fill(out, "1780000000", zone);
        assert!(output.status.success(), "{}", said(&output));
    }
    let first = contents(&project.path().join("a"));
    assert_eq!(first, contents(&project.path().join("b")));
    let readme = String::from_utf8(first["README.md"].clone()).unwrap();
    assert!(readme.contains("Date: 28 May 2026"), "{readme}");
    for wrong in ["yesterday", "-1", "1e9", "99999999999"] {
        let output = fill("c", wrong, "UTC");
        assert!(output.status.code() == Some(2) && said(&output).contains("SOURCE_DATE_EPOCH"), "{}", said(&output));
    }
}
