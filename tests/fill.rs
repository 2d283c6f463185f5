//! Templates filled in for a partner: by the program, and on the documentation of a real team.
//! In: projects, and values. Out: folders of Markdown that build again, and what is said when they do not come about.
//! Never knows: how documents are made.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test is a person at a shell")]

#[path = "fill/kit.rs"]
mod kit;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::site::real;

const PROJECT: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"Partners\"\n[output.html]\nsite-url = \"https://docs.example/p/\"\nheading-ids = \"mkdocs\"\n\
         [variables]\ncompany = \"Contoso\"\n[templates.placeholders]\npartner = [\"[Partner Name]\", \"[Partner]\"]\n",
    ),
    ("content/index.md", "# Partners\n"),
    (
        "content/templates/01-pitch.md",
        "---\ntitle: Pitch for {{ partner }}\ntier: [Gold]\norder: 3\nplaceholders: {contact: }\n---\n# Pitch\n\n\
         {{ company }} to [Partner Name], by {{ contact }}.\n\n## What - then?\n\n[Terms](02-terms.md#paid-in-full), \
         [home](../index.md), [here](#what-then), `{{ partner }}`\n",
    ),
    ("content/templates/02-terms.md", "# Terms\n\n## Paid -- in full\n\n```\nDear [Partner],\n```\n"),
    (
        "playbooks/recruit.yaml",
        "name: Recruit\nsteps:\n  - name: Pitch\n    template: content/templates/01-pitch.md\n\
         \x20 - name: Talk\n  - name: Agree\n    template: content/templates/02-terms.md\nsuccess_criteria: [Signed]\n",
    ),
];

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-docs"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const VALUES: [&str; 4] = ["--var", "partner=Acme \"C\" Corp", "--var", "contact=Jo"];

fn filled(folder: &Path, more: &[&str]) -> Output {
    program(folder, &[&["fill", "recruit", "--out", "out/acme"], &VALUES[..], more].concat())
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join("out/acme").join(file)).unwrap()
}

#[test]
fn a_playbook_becomes_a_folder_numbered_by_its_steps() {
    let project = project(PROJECT);
    let output = filled(project.path(), &[]);
    assert!(output.status.success(), "{}", said(&output));
    let head = "---\ntitle: \"Pitch for Acme \\\"C\\\" Corp\"\nsource: \"https://docs.example/p/templates/01-pitch/\"\ntier: [Gold]\n---\n";
    let pitch = "# Pitch\n\nContoso to Acme \"C\" Corp, by Jo.\n\n## What - then?\n\n[Terms](03-terms.md#paid----in-full), \
                 [home](https://docs.example/p/), [here](#what---then), `{{ partner }}`\n";
    assert_eq!(text(project.path(), "01-pitch.md"), pitch);
    assert!(text(project.path(), "03-terms.md").contains("Dear Acme \"C\" Corp,"));
    let list = text(project.path(), "README.md");
    let steps = "### 1. Pitch\n\n- Document: [Pitch for Acme \"C\" Corp](01-pitch.md)\n\n### 2. Talk\n\n### 3. Agree\n\n\
                 - Document: [Terms](03-terms.md)\n";
    assert!(list.contains(steps), "{list}");
    assert!(list.contains("- [ ] Signed"), "{list}");
    assert!(filled(project.path(), &["--force", "--front-matter"]).status.success());
    assert_eq!(text(project.path(), "01-pitch.md"), format!("{head}{pitch}"), "front matter goes along when asked for");
}

#[test]
fn all_missing_values_are_named_at_once_and_nothing_is_written() {
    let project = project(PROJECT);
    let output = program(project.path(), &["fill", "recruit", "--out", "out/acme"]);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(said.contains("2 values are missing"), "{said}");
    assert!(said.contains("--var contact=\"…\" --var partner=\"…\""), "{said}");
    assert!(!project.path().join("out").exists());
}

#[test]
fn files_that_are_there_are_replaced_on_request_only() {
    let project = project(PROJECT);
    fs::create_dir_all(project.path().join("out/acme")).unwrap();
    fs::write(project.path().join("out/acme/01-pitch.md"), "by hand").unwrap();
    let output = filled(project.path(), &[]);
    assert!(!output.status.success() && said(&output).contains("--force"), "{}", said(&output));
    assert_eq!(text(project.path(), "01-pitch.md"), "by hand");
    assert_eq!(fs::read_dir(project.path().join("out")).unwrap().count(), 1, "nothing stays beside it");
    assert!(filled(project.path(), &["--force"]).status.success());
    assert!(text(project.path(), "01-pitch.md").contains("Acme"));
}

#[test]
fn values_come_from_a_file_and_those_of_the_command_line_hold_before_them() {
    let project = project(PROJECT);
    fs::write(project.path().join("acme.yaml"), "partner: Other\ncontact: Zoë\nunused: x\n").unwrap();
    let arguments = ["fill", "content/templates/01-pitch.md", "--vars", "acme.yaml", "--var", "partner=Acme"];
    let output = program(project.path(), &arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("Contoso to Acme, by Zoë."), "{text}{}", said(&output));
    let output = program(project.path(), &["fill", "recruit", "--out", "a", "--var", "partnr=Acme"]);
    assert!(said(&output).contains("did you mean `partner`?"), "{}", said(&output));
    let output = program(project.path(), &["fill", "recruitt"]);
    assert!(said(&output).contains("did you mean `recruit`?"), "{}", said(&output));
}

#[test]
fn one_document_to_print_holds_all_of_them() {
    let project = project(PROJECT);
    assert!(filled(project.path(), &["--html"]).status.success());
    let html = text(project.path(), "recruit.html");
    for part in [
        "<h1>Recruit</h1>",
        "<dt>Partner</dt><dd>Acme &quot;C&quot; Corp</dd>",
        "<li><a href=\"#d3\">Terms</a>",
        "<a href=\"#d3-paid-in-full\">Terms</a>",
        "<h3 id=\"d3-paid-in-full\">",
        ">Talk</h4>",
        "Contoso to Acme &quot;C&quot; Corp",
    ] {
        let shown = html.replace("Acme \"C\" Corp", "Acme &quot;C&quot; Corp");
        assert!(shown.contains(part), "{part} in {}", &shown[shown.find("<body").unwrap()..]);
    }
    assert!(!html.contains("<script") && !html.contains("<link"), "it needs no other file");
}

#[test]
fn the_values_of_a_run_hold_before_those_of_pages_and_the_project() {
    let project = project(&[
        ("book.toml", "[variables]\na = \"book\"\nb = \"book\"\nc = \"book\"\n"),
        ("content/index.md", "---\nvariables: {b: page, c: page}\n---\n# {{ a }} {{ b }} {{ c }}\n"),
    ]);
    let output = program(project.path(), &["build", "--var", "c=run"]);
    assert!(output.status.success(), "{}", said(&output));
    let html = fs::read_to_string(project.path().join("book/index.html")).unwrap();
    assert!(html.contains(">book page run</h1>") || html.contains(">book page run <a"), "{html}");
}

#[test]
fn every_playbook_of_partneros_fills_a_folder_that_builds_again() {
    let Some(partneros) = real("partneros") else { return };
    let home = tempfile::tempdir().unwrap();
    let (mut documents, mut expected) = (0, 0);
    let playbooks =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/partneros/scripts/partner_agent/playbooks");
    for id in ["co-marketing", "exit", "expand", "onboard", "qbr", "recruit", "support-escalation"] {
        let folder = home.path().join(id).join("content");
        let arguments = [
            &["fill", id, partneros.to_str().unwrap(), "--trust-root", "--out", folder.to_str().unwrap(), "--html"][..],
            &["--var", "partner=Acme Corp", "--var", "company=Contoso", "--var", "your_name=Jo Doe"],
        ];
        let output = program(home.path(), &arguments.concat());
        assert!(output.status.success(), "{id}: {}", said(&output));
        assert!(!said(&output).contains("warning"), "{id}: {}", said(&output));
        let yaml = fs::read_to_string(playbooks.join(format!("{id}.yaml"))).unwrap();
        let templates: BTreeSet<&str> =
            yaml.lines().filter_map(|line| line.trim().strip_prefix("template: ")).collect();
        expected += templates.len() + 1;
        fs::remove_file(folder.join(format!("{id}.html"))).unwrap();
        fs::write(folder.parent().unwrap().join("book.toml"), "").unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(!text.contains("[Partner Name]") && !text.contains("[Your Company]"), "{id}: {text}");
            documents += 1;
        }
        let check = program(folder.parent().unwrap(), &["check", "--format", "github"]);
        let found = String::from_utf8_lossy(&check.stdout).into_owned();
        // Three lines of a template read as definitions in the original, too; they are no links.
        let is_broken = |line: &&str| line.starts_with("::error") || line.contains("link/");
        let broken = found.lines().filter(is_broken).filter(|line| !line.contains("link/vanishing-definition"));
        let broken: Vec<&str> = broken.collect();
        assert_eq!(broken, [""; 0], "{id}");
    }
    assert_eq!(documents, expected, "each template once, and a list for each playbook");
}

#[test]
fn an_empty_value_is_missing_and_a_slip_is_named_beside_it() {
    let project = project(PROJECT);
    fs::write(project.path().join("acme.yaml"), "partner: \"\"\ncontcat: Jo\n").unwrap();
    for arguments in [&["--var", "partner=", "--var", "contact= "][..], &["--vars", "acme.yaml"]] {
        let output = program(project.path(), &[&["fill", "recruit", "--out", "out/acme"], arguments].concat());
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("2 values are missing") && said.contains("the value given is empty"), "{said}");
        assert_eq!(
            said.contains("unused value `contcat`; did you mean `contact`?"),
            arguments[0] == "--vars",
            "{said}"
        );
        assert!(!project.path().join("out").exists());
    }
    // A value of the command line overrides the file, with nothing as well.
    let both = ["fill", "recruit", "--out", "a", "--vars", "acme.yaml", "--var", "contact=Jo", "--var", "partner="];
    assert!(said(&program(project.path(), &both)).contains("1 value is missing"));
}

#[test]
fn values_are_text_wherever_they_are_put() {
    let project = project(&[
        ("book.toml", "[templates.placeholders]\npartner = \"[Partner Name]\"\naddress = []\nportal = \"[Portal]\"\n"),
        ("content/index.md", "# Home\n"),
        (
            "content/letter.md",
            "# To {{ partner }}\n\n{{ partner }} and [partner name].\n\n| a | b |\n|---|---|\n| [PARTNER NAME] | {{ address }} |\n\n\
             <div title=\"{{ partner }}\">\n[Partner Name]\n</div>\n\n[portal]({{ portal }}?q={{ partner }}) <a href=\"[Portal]\">x</a>\n",
        ),
        ("playbooks/p.yaml", "name: P\nsteps:\n- name: Write\n  template: letter.md\n"),
    ]);
    fs::write(
        project.path().join("v.yaml"),
        "partner: '- *A* | <b>B</b>'\naddress: |\n  1 High Street\n  Dublin\nportal: https://a.example/\n",
    )
    .unwrap();
    let output = program(project.path(), &["fill", "p", "--vars", "v.yaml", "--out", "out/acme", "--html"]);
    assert!(output.status.success(), "{}", said(&output));
    let text = text(project.path(), "01-letter.md");
    let value = "\\*A\\* | &lt;b>B&lt;/b>";
    let cell = value.replace('|', "\\|");
    for part in [
        format!("# To - {value}\n\n\\- {value} and - {value}."),
        format!("| - {cell} | 1 High Street<br>Dublin |"),
        "<div title=\"- *A* | &lt;b&gt;B&lt;/b&gt;\">\n- *A* | &lt;b&gt;B&lt;/b&gt;\n".to_owned(),
        "(https://a.example/?q=-%20%2AA%2A%20%7C%20%3Cb%3EB%3C%2Fb%3E) <a href=\"https://a.example/\">".to_owned(),
    ] {
        assert!(text.contains(&part), "{part} in {text}");
    }
    let html = fs::read_to_string(project.path().join("out/acme/p.html")).unwrap();
    let shown = html.matches("- *A* | &lt;b&gt;B&lt;/b&gt;").count();
    assert!(shown >= 6 && html.contains("1 High Street<br>Dublin"), "{shown} in {html}");
    assert!(!html.contains("<b>B") && html.contains("href=\"https://a.example/\""), "{html}");
}

#[test]
fn a_value_puts_no_script_behind_a_link() {
    let project = project(&[
        ("book.toml", "[templates.placeholders]\nportal = [\"portal\"]\n"),
        ("content/index.md", "# Home\n"),
        ("content/letter.md", "---\nplaceholders: [portal]\n---\n# A\n\n[x]({{ portal }})\n"),
        ("content/form.md", "---\nplaceholders: [portal]\n---\n# B\n\n<form action=\"{{ portal }}\"></form>\n"),
        ("content/file.md", "---\nplaceholders: [portal]\n---\n# C\n\n<object data=\"[portal]\"></object>\n"),
    ]);
    for value in ["portal=javascript:alert(1)", "portal=JavaScript:alert(1)", "portal=data:text/html,x"] {
        for page in ["content/letter.md", "content/form.md", "content/file.md"] {
            let output = program(project.path(), &["fill", page, "--var", value]);
            assert!(output.stdout.is_empty() && output.status.code() == Some(2), "{page} {value}");
            assert!(said(&output).contains("`portal` makes an address"), "{}", said(&output));
        }
    }
    assert!(program(project.path(), &["fill", "content/letter.md", "--var", "portal=/a"]).status.success());
}

#[test]
fn what_stays_open_is_listed_and_the_table_for_it_works() {
    let project = project(PROJECT);
    let letter =
        "# A\n\nDear [Client Name], [client name], [Sales Lead] of [Größe] in [X] days.\n\n- [ ] [x](02-terms.md)\n";
    fs::write(project.path().join("content/templates/01-pitch.md"), letter).unwrap();
    let output = program(project.path(), &["fill", "recruit", "--out", "a", "--var", "partner=Acme"]);
    assert!(output.status.success(), "{}", said(&output));
    let open = "5 blanks are still open\n  01-pitch.md: [Client Name], [client name], [Sales Lead], [Größe], [X]\n";
    assert!(said(&output).contains(open), "{}", said(&output));

    let output = program(project.path(), &["fill", "--discover"]);
    let table = String::from_utf8(output.stdout).unwrap();
    let lines = "client_name = \"[Client Name]\" # 2 times in 1 document\n\"größe\" = \"[Größe]\" # 1 time in 1 document\nsales_lead = \"[Sales Lead]\" # 1 time in 1 document\n# [X]: 1 time in 1 document; too short to mean the same everywhere\n";
    assert_eq!(table, format!("# in [templates.placeholders] in book.toml:\n{lines}"));
    let book = fs::read_to_string(project.path().join("book.toml")).unwrap();
    fs::write(project.path().join("book.toml"), book + &table).unwrap();
    let values = ["--var", "client_name=Zoë", "--var", "sales_lead=Jo", "--var", "größe=L", "--var", "partner=Acme"];
    let output = program(project.path(), &[&["fill", "recruit", "--out", "b"], &values[..]].concat());
    assert!(said(&output).contains("1 blank is still open"), "{}", said(&output));
    let text = fs::read_to_string(project.path().join("b/01-pitch.md")).unwrap();
    assert!(text.contains("Dear Zoë, Zoë, Jo of L in [X] days."), "{text}");
}

#[test]
fn documents_of_a_partner_go_into_no_folder_of_the_project() {
    let project = project(PROJECT);
    for out in ["content", "content/acme", "playbooks/x", ".", "content/../content/templates", "book/acme"] {
        let output = program(project.path(), &[&["fill", "recruit", "--force", "--out", out], &VALUES[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{out}: {}", said(&output));
        assert!(said(&output).contains("nothing was written"), "{out}: {}", said(&output));
    }
    assert!(!project.path().join("content/README.md").exists() && !project.path().join("README.md").exists());
}

#[test]
fn the_first_file_of_a_folder_is_the_playbook() {
    let project = project(PROJECT);
    let playbook = "name: Recruit {{ partner }}\ndescription: Win [partner name], see [home](../content/index.md).\nsteps:\n\
                    \x20 - name: Talk *first*\n    owner: Head of [Partner]\n    duration: 2 days\n    prompt: |\n      Ask [Partner Name] of {{ partner }}.\n      Then ```wait```.\n\
                    \x20   checklist: [\"Call {{ partner }}\", \"**Note** it\"]\n    kpis: [\"Reply of [Partner]\"]\n\
                    \x20 - name: Agree\n    template: content/templates/02-terms.md\nwarnings: [\"No [Partner] without a contract\"]\n";
    fs::write(project.path().join("playbooks/recruit.yaml"), playbook).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_partner-docs"));
    command.args(["fill", "recruit", "--out", "a", "--var", "partner=A*B"]).env("SOURCE_DATE_EPOCH", "1780000000");
    let output = command.current_dir(project.path()).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let expected = "# Recruit A\\*B\n\nWin A\\*B, see [home](https://docs.example/p/).\n\n\
        - Partner: A\\*B\n- Date: 28 May 2026\n- Playbook: <https://docs.example/p/playbooks/recruit/>\n\n\
        ## Warnings\n\n- No A\\*B without a contract\n\n## Steps\n\n### 1. Talk \\*first\\*\n\n\
        - Owner: Head of A\\*B\n- Duration: 2 days\n\nPrompt:\n\n````text\nAsk A*B of A*B.\nThen ```wait```.\n````\n\n\
        Checklist:\n\n- [ ] Call A\\*B\n- [ ] **Note** it\n\nKPIs:\n\n- Reply of A\\*B\n\n\
        ### 2. Agree\n\n- Document: [Terms](02-terms.md)\n";
    assert_eq!(fs::read_to_string(project.path().join("a/README.md")).unwrap(), expected);
}

/// The words of a text as readers see them: neither what leads elsewhere from a kit, nor marks.
fn words(text: &str) -> Vec<String> {
    let mut seen = String::new();
    for (at, part) in text.replace("href=\"", "](").split("](").enumerate() {
        let end = if at == 0 { 0 } else { part.find([')', '"']).unwrap_or(0) };
        seen.push_str(&part[end..]);
        seen.push(' ');
    }
    seen.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A template without its front matter, in which `Qqq` stands for each placeholder.
fn with_value(template: &str, placeholders: &toml::Table) -> String {
    let body =
        template.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(template, |(_, body)| body);
    let mut body = body.to_owned();
    for (name, written) in placeholders {
        let listed = written.as_array().map_or_else(|| vec![written.clone()], Clone::clone);
        let written = listed.iter().filter_map(toml::Value::as_str).map(str::to_owned);
        for written in written.chain([format!("{{{{ {name} }}}}")]).map(|written| written.to_lowercase()) {
            while let Some(at) = body.to_lowercase().find(&written) {
                body.replace_range(at..at + written.len(), "Qqq");
            }
        }
    }
    body
}

#[test]
fn every_sentence_of_a_template_stands_in_the_kit() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own_playbooks = (own.to_owned(), own.join("playbooks"), own.join("content"));
    let team = real("partneros").map(|project| {
        let corpus = own.join("../shared/corpus/partneros");
        (project, corpus.join("scripts/partner_agent/playbooks"), corpus)
    });
    let home = tempfile::tempdir().unwrap();
    let mut sentences = 0;
    for (project, playbooks, pages) in std::iter::once(own_playbooks).chain(team) {
        let book: toml::Table = fs::read_to_string(project.join("book.toml")).unwrap().parse().unwrap();
        let placeholders = book["templates"]["placeholders"].as_table().unwrap();
        let values = placeholders.keys().flat_map(|name| ["--var".to_owned(), format!("{name}=Qqq")]);
        let values: Vec<String> = values.collect();
        for playbook in fs::read_dir(playbooks).unwrap().map(|entry| entry.unwrap().path()) {
            if playbook.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let yaml = fs::read_to_string(&playbook).unwrap();
            let templates: Vec<&str> = yaml.lines().filter_map(|line| line.trim().strip_prefix("template: ")).collect();
            let id = playbook.file_stem().unwrap().to_str().unwrap();
            let kit = home.path().join(pages.file_name().unwrap()).join(id);
            let mut arguments =
                vec!["fill", id, project.to_str().unwrap(), "--trust-root", "--out", kit.to_str().unwrap()];
            arguments.extend(values.iter().map(String::as_str));
            let output = program(home.path(), &arguments);
            assert!(output.status.success(), "{id}: {}", said(&output));
            let files = fs::read_dir(&kit).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
            let kit = files.map(|text| format!(" {} ", words(&text).join(" "))).collect::<String>();
            for template in templates {
                let text = with_value(&fs::read_to_string(pages.join(template)).unwrap(), placeholders);
                for line in text.lines() {
                    let sentence = words(line).join(" ");
                    assert!(
                        kit.contains(&format!(" {sentence} ")) || sentence.is_empty(),
                        "{template}: {line}\n{sentence}"
                    );
                    sentences += 1;
                }
            }
        }
    }
    assert!(sentences > 500, "{sentences}");
}
