//! What must hold whenever files move or fixes are applied, in small projects and in real documentation.
//! In: projects. Out: each move that does not come back to the same bytes, or finds other things; each fix that breaks
//! something.
//! Never knows: how links are rewritten.

mod support;

use std::collections::BTreeMap;

use partner_docs::diagnostic::{Applicability, Diagnostic};
use partner_docs::pipeline::{BuiltSite, Drafts, Session, changes, relocate, rename_anchor, repair};
use partner_docs::project::{DiskFolder, FileSystem, MemoryFileSystem, OverlayFileSystem, Trust};
use partner_docs::refactor::Move;
use partner_docs::source::{SourcePath, Sources};
use proptest::prelude::*;
use support::site::real;

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("a path in the repository")
}

/// Findings as they read, without their places: what moves has another line, and another file.
fn told(linked: &BuiltSite, sources: &Sources, moved: Option<&Move>) -> Vec<String> {
    let one = |finding: &Diagnostic| {
        let file = sources.get(finding.span.source).path();
        let file = moved.map_or_else(|| file.clone(), |moved| moved.apply(file));
        format!("{file} {} ", finding.rule.code)
    };
    let mut told: Vec<String> = linked.found.iter().map(one).collect();
    told.sort();
    told
}

/// Moves there and back. Says what is found otherwise in between, and which bytes are not those of before.
fn there_and_back<D: FileSystem + Clone>(disk: D, from: &SourcePath, to: &SourcePath) -> Vec<String> {
    let mut session = Session::new(OverlayFileSystem::new(disk), Drafts::Hidden);
    let before = session.link().expect("a project");
    let place = before.site.config.place.clone();
    let there = Move { from: from.clone(), to: to.clone() };
    let expected = told(&before, session.sources(), Some(&there));
    let relocated = relocate(&mut session, before, &there).unwrap_or_else(|error| panic!("{from} to {to}: {error}"));
    let found = told(&relocated.after, session.sources(), None);
    let mut wrong: Vec<String> = Vec::new();
    if relocated.contested.is_empty() {
        wrong.extend(expected.iter().filter(|line| !found.contains(line)).map(|line| format!("gone: {line}")));
        wrong.extend(found.iter().filter(|line| !expected.contains(line)).map(|line| format!("new: {line}")));
    }
    let back = Move { from: to.clone(), to: from.clone() };
    relocate(&mut session, relocated.after, &back).unwrap_or_else(|error| panic!("{to} to {from}: {error}"));
    let text = |bytes: Option<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    for change in changes(session.disk(), &place).into_iter().filter(|change| change.before.is_some()) {
        let (before, after) = (text(change.before), text(change.after));
        let line = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        wrong.push(format!("bytes of {}: {line:?}", change.path));
    }
    wrong.iter().map(|wrong| format!("{from} to {to}: {wrong}")).collect()
}

/// A project in which everything that can name a file names one.
fn partners() -> MemoryFileSystem {
    MemoryFileSystem::new([
        (
            "book.toml",
            "[book]\ntitle = \"P\"\n[output.html]\n[output.html.redirect]\n\"/old/\" = \"/legal/nda/#terms\"\n\
             [playbooks]\ndir = \"playbooks\"\n[theme]\nlogo = \"assets/logo.svg\"\n\
             [[theme.link]]\ntext = \"NDA\"\nhref = \"legal/nda.md\"\n",
        ),
        (
            "content/SUMMARY.md",
            "- [Home](index.md)\n- [NDA](legal/nda.md)\n- [Start](start/index.md)\n- [Step](start/one.md)\n",
        ),
        (
            "content/index.md",
            "# Home\r\n\r\n[nda](legal/nda.md#terms \"t\"), [same](./legal/nda.md?x=1#terms), [far](../content/legal/nda.md)\r\n\
             [folder](start/), [ref][r], ![logo](assets/logo.svg)\r\n\r\n<a href=\"legal/nda/\">a</a> <a href=\"legal/nda.md\">b</a> \
             <img alt=\"l\" src=\"assets/logo.svg\">\r\n\r\n[r]: legal/nda.md#terms\r\n",
        ),
        (
            "content/legal/nda.md",
            "---\ntitle: NDA\n---\n# NDA\n\n## Terms\n\n[home](../index.md) [step](../start/one.md) [top](#terms) [own](nda.md)\n",
        ),
        ("content/start/index.md", "# Start\n\n[one](one.md) [nda](../legal/nda/) [/abs](/legal/nda/)\n"),
        (
            "content/start/one.md",
            "# One\n\n[h](../legal/nda.html) [n](../legal/nda#terms)\n\n```mermaid\nflowchart LR\n  A[Sign] --> B[File]\n  click A \"../../legal/nda/\"\n```\n",
        ),
        (
            "content/assets/logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"../legal/nda/\"><text>n</text></a></svg>\n",
        ),
        (
            "playbooks/recruit.yaml",
            "name: Recruit\nsteps:\n  - name: Sign\n    template: legal/nda.md\nnext_playbook: exit\n",
        ),
        (
            "playbooks/exit.yaml",
            "name: Exit\nsteps:\n  - name: Leave\n    template: \"content/legal/nda.md\"\n  - name: Settle\n    template: legal/nda.md#terms\n",
        ),
    ])
}

#[test]
fn whatever_moves_comes_back_to_the_same_bytes_and_is_found_as_sound_in_between() {
    let moves = [
        ("content/legal/nda.md", "content/legal/terms.md"),
        ("content/legal/nda.md", "content/contracts/deep/nda.md"),
        ("content/legal", "content/start/legal"),
        ("content/start/one.md", "content/one.md"),
        ("content/assets/logo.svg", "content/img/mark.svg"),
        ("content/assets", "content/img"),
        ("playbooks/exit.yaml", "playbooks/leave.yaml"),
        ("playbooks/exit.yaml", "playbooks/emea/exit.yaml"),
        ("playbooks", "scripts/playbooks"),
        ("content/start", "content/begin"),
    ];
    let wrong: Vec<String> =
        moves.iter().flat_map(|(from, to)| there_and_back(partners(), &path(from), &path(to))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_playbook_that_moves_keeps_its_name_where_it_is_named_and_leaves_its_address_behind() {
    let files = [
        ("content/index.md", "---\nplaybook: onboard\n---\n# Home\n\n```{playbook-flow} onboard\n```\n"),
        ("playbooks/emea/exit.yaml", "name: Exit\nnext_playbook: [onboard, renew]\nsteps:\n  - name: Leave\n"),
        ("playbooks/onboard.yaml", "# Ours\nname: Onboard # all\nsteps:\n  - name: Hello\n"),
        ("playbooks/emea/renew.yaml", "name: Renew\nsteps:\n  - name: Talk\n"),
    ];
    let mut session = Session::new(OverlayFileSystem::new(MemoryFileSystem::new(files)), Drafts::Hidden);
    let before = session.link().expect("a project");
    let place = before.site.config.place.clone();
    let moved = Move { from: path("playbooks/onboard.yaml"), to: path("playbooks/apac/renew.yaml") };
    let relocated = relocate(&mut session, before, &moved).expect("it can move");
    assert_eq!(relocated.after.found, vec![]);
    let text = |wanted: &str| {
        let change = changes(session.disk(), &place).into_iter().find(|change| change.path.as_str() == wanted);
        String::from_utf8(change.and_then(|change| change.after).unwrap_or_default()).expect("UTF-8")
    };
    assert!(
        text("content/index.md").contains("playbook: apac/renew\n")
            && text("content/index.md").contains("} apac/renew\n")
    );
    // The last part of the other one's id is not enough any more.
    assert!(text("playbooks/emea/exit.yaml").contains("next_playbook: [apac/renew, emea/renew]"));
    let yaml = "# Ours\nname: Onboard # all\nredirect_from: [/playbooks/onboard/]\nsteps:\n  - name: Hello\n";
    assert_eq!(text("playbooks/apac/renew.yaml"), yaml);
    assert_eq!(relocated.after.site.redirects[0].to.value, "/playbooks/apac/renew/");
}

#[test]
fn directives_find_the_files_they_include_wherever_these_move() {
    let project = MemoryFileSystem::new([
        ("book.toml", ""),
        ("content/index.md", "# Home\n\n{{#include parts/term.txt:2:3}}\n\n--8<-- \"content/parts/fee.txt\"\n"),
        (
            "content/legal/nda.md",
            "# NDA\n\n{% include-markdown \"../parts/term.txt\" %}\n\n```text\n--8<-- \"../parts/fee.txt\"\n```\n",
        ),
        ("content/parts/term.txt", "a\nTwo years.\n{{#include fee.txt}}\n"),
        ("content/parts/fee.txt", "No fee.\n"),
    ]);
    let moves = [
        ("content/parts/term.txt", "content/legal/term.txt"),
        ("content/parts/fee.txt", "content/fee.txt"),
        ("content/parts", "shared/parts"),
        ("content/legal/nda.md", "content/nda.md"),
        ("content/index.md", "content/start/home.md"),
    ];
    let wrong: Vec<String> =
        moves.iter().flat_map(|(from, to)| there_and_back(project.clone(), &path(from), &path(to))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_of_real_documentation_move_there_and_back() {
    let mut wrong = Vec::new();
    for name in ["accelerator", "partneros"] {
        let Some(folder) = real(name) else { continue };
        let mut session = Session::new(DiskFolder::new(&folder, None).trusting(Trust::AnyRoot), Drafts::Hidden);
        let linked = session.link().expect("a project");
        let pages = linked.site.pages().filter_map(|(_, page)| page.markdown().and(page.source.clone()));
        let pages: Vec<SourcePath> =
            pages.filter(|page| page.as_str().starts_with("docs/") && page.file_name() != "404.md").collect();
        let step = pages.len().div_ceil(3).max(1);
        for page in pages.iter().step_by(step) {
            let beside = page.parent().join("a-new-name.md").expect("a path beside");
            wrong.extend(there_and_back(DiskFolder::new(&folder, None).trusting(Trust::AnyRoot), page, &beside));
            wrong.extend(there_and_back(
                DiskFolder::new(&folder, None).trusting(Trust::AnyRoot),
                page,
                &path("docs/quite/elsewhere/page.md"),
            ));
        }
        wrong.extend(there_and_back(
            DiskFolder::new(&folder, None).trusting(Trust::AnyRoot),
            &path("docs/assets"),
            &path("docs/files/assets"),
        ));
        let folder_of_pages = if name == "partneros" { "docs/recruitment" } else { "docs/discovery" };
        wrong.extend(there_and_back(
            DiskFolder::new(&folder, None).trusting(Trust::AnyRoot),
            &path(folder_of_pages),
            &path("docs/moved/there"),
        ));
    }
    assert!(wrong.is_empty(), "{} things:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_renamed_place_takes_every_link_to_it_along() {
    let mut session = Session::new(OverlayFileSystem::new(partners()), Drafts::Hidden);
    let before = session.link().expect("a project");
    let (place, found) = (before.site.config.place.clone(), told(&before, session.sources(), None));
    let page = path("content/legal/nda.md");
    let renamed = rename_anchor(&mut session, before, &page, "terms", "duration").expect("there is such a heading");
    assert_eq!(told(&renamed.after, session.sources(), None), found);
    let text =
        |file: &str| String::from_utf8(session.disk().read(&place, &path(file)).unwrap_or_default()).expect("UTF-8");
    assert!(
        text("content/legal/nda.md").contains("## Terms {#duration}\n\n")
            && text("content/legal/nda.md").contains("(#duration)")
    );
    assert!(text("book.toml").contains("/legal/nda/#duration"));
    assert_eq!(text("content/index.md").matches("#duration").count(), 3);
}

/// Applies all safe fixes, and the suggested ones where asked for. What was sound stays sound, only lines with fixes
/// change, and a second run finds nothing to do.
fn fixed_once<D: FileSystem>(disk: D, most: Applicability) -> (BTreeMap<String, String>, usize) {
    let mut session = Session::new(OverlayFileSystem::new(disk), Drafts::Hidden);
    let linked = session.link().expect("a project");
    let place = linked.site.config.place.clone();
    let errors = |linked: &BuiltSite| linked.found.len();
    let before = errors(&linked);
    let wanted = |fix: Applicability| fix == Applicability::Safe || most == Applicability::Suggested;
    let first =
        repair(&mut session, linked, &|_, _| {}, &mut |_, fix, _| wanted(fix.applicability)).expect("a project");
    assert!(errors(&first.linked) <= before, "fixes break something: {:?}", first.linked.found);
    let again =
        repair(&mut session, first.linked, &|_, _| {}, &mut |_, fix, _| wanted(fix.applicability)).expect("a project");
    assert_eq!(again.fixed, 0, "a second run finds something to do: {:?}", again.linked.found);
    let texts = changes(session.disk(), &place)
        .into_iter()
        .map(|change| (change.path.to_string(), String::from_utf8(change.after.unwrap_or_default()).expect("UTF-8")));
    (texts.collect(), first.fixed)
}

#[test]
fn a_second_run_of_fixes_on_real_documentation_finds_nothing_to_do() {
    for name in ["accelerator", "partneros"] {
        let Some(folder) = real(name) else { continue };
        for most in [Applicability::Safe, Applicability::Suggested] {
            fixed_once(DiskFolder::new(&folder, None).trusting(Trust::AnyRoot), most);
        }
    }
}

#[test]
fn fixes_leave_every_other_byte_alone() {
    let text =
        "\u{feff}# Home\r\n\r\nTabs\tand  blanks \r\n[a](NDA.md#Terms) [b](nda.md)\r\n\r\nno line break [c](Nda.md)";
    let files = [("book.toml", ""), ("content/index.md", text), ("content/nda.md", "# NDA\n\n## Terms\n")];
    let (texts, fixed) = fixed_once(MemoryFileSystem::new(files), Applicability::Safe);
    assert_eq!(fixed, 3, "two letter cases, and then a heading's");
    let expected = text.replace("NDA.md#Terms", "nda.md#terms").replace("Nda.md", "nda.md");
    assert_eq!(texts, BTreeMap::from([("content/index.md".to_owned(), expected)]));
}

/// Links with all that can be wrong with one.
fn links() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "[a](NDA.md)",
        "[a](nda)",
        "[a](nda.md#Term)",
        "[a](nda.md#terms)",
        "[a](ndaa.md#trems)",
        "[a](/nda/)",
        "[a](legal/old.md)",
        "<a href=\"nda/\">x</a>",
        "<a href=\"ndaa/\">x</a>",
        "[a][r]",
        "[r]: Nda.md\n",
        "- [Milestone]: [Date]\n",
        "{{ compny }}",
        "```{playbook-flw} x\n```\n",
        "```yaml\na: b\n",
        "--8<-- \"trems.txt\"\n",
        "\n\n",
        " ",
        "\r\n",
        "text",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn fixes_come_to_an_end_and_change_only_what_they_name(pieces in prop::collection::vec(links(), 0..12)) {
        let text = format!("# Home\n\n{}\n", pieces.concat());
        let files = [
            ("book.toml", "[variables]\ncompany = \"Acme\"\n"),
            ("content/index.md", text.as_str()),
            ("content/nda.md", "---\nredirect_from: /legal/old/\n---\n# NDA\n\n## Terms\n"),
            ("content/terms.txt", "thirty days\n"),
        ];
        let mut session = Session::new(OverlayFileSystem::new(MemoryFileSystem::new(files)), Drafts::Hidden);
        let linked = session.link().expect("a project");
        // One fix may show another; no safe one adds lines, so that lines keep their numbers.
        let mut named = Vec::new();
        let first = repair(&mut session, linked, &|_, _| {}, &mut |_, fix, sources| {
            let safe = fix.applicability == Applicability::Safe;
            named.extend(fix.edits.iter().filter(|_| safe).map(|edit| sources.positions(edit.span).0.line));
            safe
        });
        let first = first.expect("a project");
        let line = |(at, line): (usize, &str)| (!named.contains(&(at + 1))).then(|| line.to_owned());
        let kept: Vec<String> = text.lines().enumerate().filter_map(line).collect();
        let place = first.linked.site.config.place.clone();
        let after = changes(session.disk(), &place).into_iter().find_map(|change| change.after);
        if let Some(after) = after {
            let after = String::from_utf8(after).expect("UTF-8");
            let mut lines = after.lines();
            prop_assert!(kept.iter().all(|line| lines.any(|other| other == line)), "{text:?} became {after:?}");
        }
        let again = repair(&mut session, first.linked, &|_, _| {}, &mut |_, fix, _| fix.applicability == Applicability::Safe).expect("a project");
        prop_assert_eq!(again.fixed, 0);
    }

    #[test]
    fn links_of_any_style_come_back(
        style in prop::sample::select(vec!["legal/nda.md", "./legal/nda.md", "../content/legal/nda.md", "legal/nda/", "legal/../legal/nda.md", "legal/nda.md#terms"]),
        to in prop::sample::select(vec!["content/nda.md", "content/legal/x.md", "content/a/b/c.md", "content/legal/deep/nda.md"]),
    ) {
        let index = format!("# Home\n\n[x]({style} \"title\") <a href=\"{}\">x</a>\n", style.trim_start_matches("../content/"));
        let files = [
            ("book.toml", ""),
            ("content/index.md", index.as_str()),
            ("content/legal/nda.md", "# NDA\n\n## Terms\n\n[home](../index.md) [self](../legal/nda.md)\n"),
        ];
        let wrong = there_and_back(MemoryFileSystem::new(files), &path("content/legal/nda.md"), &path(to));
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Letters and digits without case, which no safe fix changes.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Ids of headings, and slips in them: words that are near to one another among them.
fn ids() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "import", "export", "contract", "contact", "lead", "load", "test", "text", "plan", "nda", "Q1", "Q2", "steps",
        "Setps",
    ]);
    (prop::collection::vec(word, 1..4), prop::sample::select(vec!["-", "--", "_", " "]))
        .prop_map(|(words, between)| words.join(between))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn fixes_of_places_change_no_letter_and_lose_no_sentence(
        headings in prop::collection::vec(ids(), 1..6), links in prop::collection::vec(ids(), 1..8),
    ) {
        let terms: String = headings.iter().map(|heading| format!("## {heading}\n\nWhat is said of {heading} here.\n\n")).collect();
        let link = |id: &String| format!("Read what we say of it [in this place](terms.md#{}) today.\n\n", id.replace(' ', "%20"));
        let index = format!("# Home\n\n{}", links.iter().map(link).collect::<String>());
        let files = [("book.toml", ""), ("content/index.md", index.as_str()), ("content/terms.md", terms.as_str())];
        for most in [Applicability::Safe, Applicability::Suggested] {
            let (texts, _) = fixed_once(MemoryFileSystem::new(files), most);
            if let Some(after) = texts.get("content/index.md") {
                if most == Applicability::Safe {
                    prop_assert_eq!(letters(after).replace("20", ""), letters(&index).replace("20", ""));
                }
                prop_assert_eq!(after.matches("Read what we say of it [in this place](terms.md#").count(), links.len());
            }
            prop_assert!(!texts.contains_key("content/terms.md"), "no heading is touched");
        }
    }
}
