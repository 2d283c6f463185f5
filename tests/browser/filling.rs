//! Checklists and templates, as readers fill them in.
//! In: a small project, built by the program. Out: what is ticked and typed, after a reload and in another page.
//! Never knows: how pages are made.

use std::process::Stdio;

use crate::site::{Project, build, program};
use crate::tab::{Tab, tab};

const PROJECT: Project = &[
    (
        "book.toml",
        "[book]\ntitle = \"Partners\"\n[output.html]\nsite-url = \"https://docs.example/p/\"\n\
         [templates.placeholders]\npartner = \"[Partner Name]\"\n",
    ),
    ("content/index.md", "# Partners\n\nWe say [Partner Name] in templates.\n"),
    (
        "content/pitch.md",
        "---\ntitle: For {{ partner }}\nplaceholders: [contact]\n---\n# Pitch\n\nDear [Partner Name], call {{ contact }} or read \
         [this](index.md).\n\n```\nTo [Partner Name] <now>\n```\n\n`[Partner Name]`\n\n- [ ] Call them\n- [x] Know [Partner Name]\n",
    ),
    ("content/terms.md", "---\nplaceholders:\n---\n# Terms\n\n[Partner Name] agrees.\n"),
    ("playbooks/recruit.yaml", "name: Recruit\nsteps:\n- name: Agree\n  template: content/terms.md\n"),
];

/// What of a page readers see in the places to be filled in.
const PLACES: &str = "[...document.querySelectorAll('.placeholder')].map(place => place.textContent)";
const TICKED: &str = "[...document.querySelectorAll('.task input')].map(box => box.checked)";

/// Goes on by the key Tab until an element has the focus, as who uses no mouse does.
fn tab_to(tab: &Tab, selector: &str) {
    for _ in 0..60 {
        if tab.eval(&format!("document.activeElement.matches({})", serde_json::Value::from(selector))) == true {
            return;
        }
        tab.press("Tab");
    }
    panic!("the key Tab never comes to {selector}");
}

/// Opens the form where it does not stand beside the text.
fn open_form(tab: &Tab) {
    tab.eval("document.querySelector('form.fill').checkVisibility() || document.querySelector('.fill-button').click()");
}

fn type_into(tab: &Tab, selector: &str, text: &str) {
    open_form(tab);
    tab_to(tab, selector);
    for letter in text.chars() {
        tab.press(&letter.to_string());
    }
}

#[test]
fn ticks_stay_until_they_are_cleared() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    let page = format!("{address}/pitch/");
    tab.open(&page);
    assert_eq!(tab.eval(TICKED), serde_json::json!([false, true]));
    assert_eq!(
        tab.eval("document.querySelector('.task label').control === document.querySelector('.task input')"),
        true
    );
    tab_to(&tab, ".task input");
    tab.press(" ");
    tab.until("document.querySelector('.task input').checked");
    tab.open(&format!("{address}/"));
    tab.open(&page);
    assert_eq!(tab.eval(TICKED), serde_json::json!([true, true]));
    tab_to(&tab, ".clear-tasks");
    tab.press("Enter");
    tab.until("!document.querySelector('.task input').checked");
    tab.open(&format!("{address}/"));
    tab.open(&page);
    assert_eq!(tab.eval(TICKED), serde_json::json!([false, true]));
}

#[test]
fn what_is_typed_fills_the_text_and_stays_for_the_other_templates() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.open(&format!("{address}/pitch/"));
    let asked = ["[Partner Name]", "{{ contact }}", "[Partner Name]", "[Partner Name]"];
    assert_eq!(tab.eval(PLACES), serde_json::json!(asked));
    assert_eq!(
        tab.eval("[...document.querySelectorAll('form.fill input')].map(field => field.labels[0].textContent)"),
        serde_json::json!(["Partner", "Contact"])
    );
    type_into(&tab, "form.fill input[name=partner]", "Acme");
    tab.until("document.querySelector('.placeholder').textContent === 'Acme'");
    assert_eq!(tab.eval(PLACES), serde_json::json!(["Acme", "{{ contact }}", "Acme", "Acme"]));
    assert_eq!(tab.eval("document.querySelector('form.fill [role=status]').textContent"), "1 of 2 filled in");
    assert_eq!(tab.eval("document.querySelector('.prose p code').textContent"), "[Partner Name]");
    tab.open(&format!("{address}/terms/"));
    tab.until("document.querySelector('.placeholder').textContent === 'Acme'");
    tab.open(&format!("{address}/"));
    assert_eq!(tab.eval("[document.querySelectorAll('.placeholder, form.fill').length, performance.getEntriesByType('resource').filter(file => file.name.includes('fill')).length]"), serde_json::json!([0, 0]), "a page that only speaks of placeholders has no form");
    tab.open(&format!("{address}/pitch/"));
    open_form(&tab);
    tab_to(&tab, "form.fill [type=reset]");
    tab.press("Enter");
    tab.until("document.querySelector('.placeholder').textContent === '[Partner Name]'");
}

#[test]
fn the_download_and_the_copy_are_what_the_program_writes() {
    let Some(tab) = tab() else { return };
    let (address, _server, folder) = build(PROJECT);
    let mut program = program();
    program.args(["fill", "content/pitch.md", "--var", "partner=Ac\"me", "--var", "contact=Jo"]);
    let output = program.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    assert!(written.contains("Dear Ac\"me, call Jo or read [this](https://docs.example/p/)."), "{written}");

    tab.open(&format!("{address}/pitch/"));
    tab.eval("[URL.createObjectURL = blob => { window.saved = blob; return '#' }]");
    type_into(&tab, "form.fill input[name=partner]", "Ac\"me");
    type_into(&tab, "form.fill input[name=contact]", "Jo");
    tab_to(&tab, "form.fill [type=submit]");
    tab.press("Enter");
    tab.until("window.saved !== undefined");
    assert_eq!(tab.eval("window.saved.text()"), written.as_str());
    tab.eval("[navigator.clipboard.writeText = async text => { window.copied = text }]");
    tab_to(&tab, "form.fill [data-copy]");
    tab.press("Enter");
    tab.until("window.copied !== undefined");
    assert_eq!(tab.eval("window.copied"), written.as_str());
}

/// A template whose placeholder stands wherever one may stand.
const EVERYWHERE: &str = "---\nplaceholders: [constructor, site]\n---\n# To {{ constructor }}, and [Name]!\n\n\
    [Name] begins, then _[Name]_ and a[Name]b and {{ constructor }}\n\n- [Name] in a list\n\n> [Name] in a quote\n\n\
    | {{ constructor }} | b |\n|---|---|\n| [Name] | x{{ constructor }} |\n\n  ```text\n  [Name]\n  ```\n\n\
    <div title=\"a {{ constructor }}\">\n[Name]\n</div>\n\n[x](https://a.example/{{ constructor }}/b?q={{ constructor }} \"{{ constructor }}\") \
    [y]({{ site }}) <a href=\"{{ site }}\">z</a> <a href=\"/p/{{ constructor }}#{{ constructor }}\">z</a>\n\n\
    !!! note \"For {{ constructor }}\"\n    [Name]\n\n```mermaid\nflowchart LR\n  A[Name] --> B[\"For [Name]\"]\n```\n\n\
    [r]\n\n[r]: https://a.example/ \"For {{ constructor }}\"\n";

/// Names that every object has, signs that mean something in Markdown, HTML, addresses or a script's own replacing,
/// and letters of which not every engine says the same.
const AWKWARD: &[&str] = &[
    "constructor",
    "__proto__",
    "toString",
    "\"a\" 'b'",
    "a | b",
    "<b>a</b> <",
    "a &amp; b & c &#35; &lt",
    "*a* **b** _c_ a_b_",
    "\\ a\\b \\* a\\",
    "[a](b) ] [c",
    "$& $1 $$ $` $' $",
    "$5",
    "# a #",
    "1. a",
    "123456789) a",
    "- a",
    "-a",
    "+ a",
    "> a",
    "---",
    "=== a",
    "| a |",
    "~~a~~ ==b== ^c^ ++d++",
    "`a` ``",
    ":tada: a:b: 10:30",
    "{{ a }} {a} {% b %}",
    "<!-- a -->",
    "a\tb  c",
    "😀 日本 é e\u{301}",
    "مرحبا \u{200f}_x_",
    "कि_कि Ⅷ_Ⅷ ²_², ⓐ_ⓐ",
    "a\u{a0}b\u{3000}c",
    "\u{feff}a\u{feff}",
    "\u{85}a\u{85}b",
    "ſ\u{212a}: &\u{212a}; :ſ:",
    "a b?c=d&e=f#g%20h",
    "a:b",
    "...",
    "!a ![b](c)",
    "https://a.example www.a.example",
    "a@b.example",
    "a\nb\r\n- c",
];

#[test]
fn the_download_and_the_program_put_awkward_values_alike() {
    let Some(tab) = tab() else { return };
    let (address, _server, folder) = build(&[
        ("book.toml", "[templates.placeholders]\nconstructor = \"[Name]\"\nsite = []\n"),
        ("content/index.md", "# Home\n"),
        ("content/letter.md", EVERYWHERE),
    ]);
    tab.open(&format!("{address}/letter/"));
    tab.eval("[URL.createObjectURL = blob => { window.saved = blob; return '#' }]");
    let mut differ = Vec::new();
    for value in AWKWARD {
        // A field holds one line: what is pasted into it loses its line breaks.
        let typed = value.replace(['\r', '\n'], "");
        let mut program = program();
        program.args(["fill", "content/letter.md", "--var", &format!("constructor={typed}"), "--var"]);
        program.arg(format!("site=https://a.example/{typed}"));
        let output = program.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{value}: {}", String::from_utf8_lossy(&output.stderr));
        let values = serde_json::json!({ "constructor": value, "site": format!("https://a.example/{value}") });
        tab.eval(&format!(
            "[Object.entries({values}).forEach(([name, value]) => {{ const field = document.querySelector('form.fill [name=' + name + ']'); \
             field.value = value; field.dispatchEvent(new Event('input', {{ bubbles: true }})) }}), \
             document.querySelector('form.fill [type=submit]').click()]"
        ));
        let (saved, written) = (tab.eval("window.saved.text()"), String::from_utf8(output.stdout).unwrap());
        let lines = written.lines().zip(saved.as_str().unwrap().lines()).filter(|(program, form)| program != form);
        differ.extend(lines.map(|(program, form)| format!("{value:?}\n  {program}\n  {form}")));
        if saved != written.as_str() && differ.is_empty() {
            differ.push(format!("{value:?}: {written:?} {saved}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn without_scripts_a_template_is_a_text_and_a_checklist_a_list() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(PROJECT);
    tab.without_scripts();
    tab.open(&format!("{address}/pitch/"));
    assert_eq!(tab.eval("document.querySelector('form.fill').checkVisibility()"), false);
    assert_eq!(
        tab.eval("document.querySelector('main').innerText.includes('Dear [Partner Name], call {{ contact }}')"),
        true
    );
    assert_eq!(
        tab.eval("[...document.querySelectorAll('.task')].map(task => task.innerText.trim())"),
        serde_json::json!(["Call them", "Know [Partner Name]"])
    );
}

#[test]
fn addresses_are_links_once_they_are_filled_in_and_never_run_anything() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(&[
        ("book.toml", "[templates.placeholders]\nportal = []\nconstructor = \"[Con]\"\n"),
        ("content/index.md", "# Home\n"),
        (
            "content/letter.md",
            "---\nplaceholders: {portal: , __proto__: \"[Proto]\"}\n---\n# A\n\n[x]({{ portal }}) [Con] [Proto]\n",
        ),
    ]);
    tab.open(&format!("{address}/letter/"));
    let href = "document.querySelector('article p a[data-fill-attributes]').getAttribute('href')";
    assert_eq!(tab.eval(href), serde_json::Value::Null);
    let fill = |name: &str, value: &str| {
        let value = serde_json::Value::from(value);
        tab.eval(&format!(
            "[document.querySelectorAll('form.fill input').forEach(field => {{ if (field.name === '{name}') {{ \
             field.value = {value}; field.dispatchEvent(new Event('input', {{ bubbles: true }})) }} }})]"
        ));
    };
    fill("portal", "javascript:alert(1)");
    assert_eq!(tab.eval(href), serde_json::Value::Null);
    fill("portal", "https://a.example/b c");
    assert_eq!(tab.eval(href), "https://a.example/b%20c");
    fill("constructor", "One");
    fill("__proto__", "Two");
    tab.open(&format!("{address}/letter/"));
    assert_eq!(tab.eval(PLACES), serde_json::json!(["One", "Two"]), "names that every object has are remembered");
}

#[test]
fn a_playbook_is_filled_in_on_its_page() {
    let Some(tab) = tab() else { return };
    let (address, _server, _folder) = build(&[
        ("book.toml", "[templates.placeholders]\npartner = \"[Partner Name]\"\n"),
        ("content/index.md", "# Home\n"),
        (
            "playbooks/recruit.yaml",
            "name: Recruit\ndescription: Win [Partner Name].\nsteps:\n- name: Call [partner name]\n  prompt: Ask {{ partner }}.\n",
        ),
    ]);
    tab.open(&format!("{address}/playbooks/recruit/"));
    tab.eval("[document.querySelectorAll('details').forEach(details => details.open = true)]");
    type_into(&tab, "form.fill input[name=partner]", "Acme");
    let text = "document.querySelector('main').innerText";
    for part in ["Win Acme.", "Call Acme", "Ask Acme."] {
        tab.until(&format!("{text}.includes('{part}')"));
    }
}
