//! The site after any series of changes is the site of a clean build: the same bytes, the same findings.
//! In: random changes of every kind, to a small project in memory. Out: a counter-example, as short as it can be.
//! Never knows: how changes are followed. This test is the measure of all that does; it is never weakened.

mod support;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use partner_docs::diagnostic::Diagnostics;

use partner_docs::page::directive::table::{Argument, DIRECTIVES, DirectiveKind};
use partner_docs::pipeline::{Changes, DirtySet, Drafts, LiveSite, Lookup, Session, Texts, Update, publish};
use partner_docs::project::{FileSystem, MemoryFileSystem};
use partner_docs::source::{SourcePath, Sources, Span};
use proptest::prelude::*;
use support::site::with_copies;

/// Something an author does. Paths and texts are chosen from short lists, so that changes meet.
#[derive(Clone, Debug)]
enum Change {
    Write(&'static str, usize),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    RenameFolder(&'static str, &'static str),
    /// Something happened to a path, and nothing changed.
    Touch(&'static str),
}

/// Several changes that are noticed together.
type Batch = Vec<Change>;

const PAGES: [&str; 8] = [
    "content/index.md",
    "content/legal/nda.md",
    "content/legal/index.md",
    "content/legal/msa.md",
    "content/map.md",
    "content/sales/pricing.md",
    "notes/one.md",
    "content/snippets/terms.md",
];

/// What a page may say: each differs from others in one thing only that somebody else may notice.
const PLAIN: [&str; 38] = [
    "# Home\n\n[NDA](legal/nda.md#term) [map](map.md) [gone](gone.md) ![logo](logo.svg)\n",
    "# Home\n\nOther words. [NDA](legal/nda.md#term) [map](map.md) [gone](gone.md) ![logo](logo.svg)\n",
    "# NDA\n\n## Term\n\nText.\n",
    "# NDA\n\n## Term\n\nLonger text, same places.\n\n- a\n- b\n",
    "# NDA\n\n## Duration\n\n[up](../index.md)\n",
    "# Mutual NDA\n\n## Term\n\nText.\n",
    "---\ntitle: Agreement\norder: 1\n---\n# NDA\n\n## Term\n",
    "---\norder: 9\nredirect_from: [/old/]\n---\n# NDA\n\n[msa](msa.md#scope)\n",
    "---\nredirect_from: [/old/, /map/]\ndraft: true\n---\n# Draft\n\n[nda](nda.md#term)\n",
    "---\ntitle: [broken\n---\n# Broken\n",
    "# NDA\n\n{{< note >}}\n\n{{< note >}}\n\n{{< note >}}\n",
    "# NDA\n\n## Term\n\nText.\n\n{{< note >}}\n\n{{< note >}}\n\n{{< note >}}\n\n{{< note >}}\n",
    "---\ntags: [legal, nda]\nowner: Ada\n---\n# Tagged\n\n## Scope\n",
    "# Tags\n\n## Legal\n\n[TAGS]\n\n[nda](#nda) [partner](#partner)\n",
    "---\ntags: [legal, nda]\nowner: Ada\n---\n# A tag for {{ templates.count }}\n\n## Scope\n",
    "# MSA\n\n## Scope\n\n{{#include ../snippets/terms.md}}\n",
    "# MSA\n\n{{#include ../snippets/missing.md}}\n",
    "# Recruit {{company}}\n\nAt {{company}} and {{unknown}}.\n",
    "# Map\n\n```mermaid\nflowchart LR\nsubgraph A[We]\na[Scope]\nend\nsubgraph B[They]\nb[Sign]\nend\na --> b\nclick b \"../legal/nda/\"\n```\n",
    "# Map\n\n```mermaid\nflowchart LR\nsubgraph A[We]\na[Other]\nend\na --> c[Third]\nclick c \"../legal/nda/#gone\"\n```\n",
    "# Flow\n\n```{playbook-flow} recruit\n```\n\n```{playbook-steps} recruit\n```\n",
    "---\nplaybook: recruit\n---\n# Copies\n\n[sign](../playbooks/recruit.yaml#sign)\n\n| Playbook | Steps |\n|---|---|\n| recruit | 1 |\n| qbr | 1 |\n\n## Recruit\n\n<div class=\"playbook-flow\"><a class=\"playbook-step\" href=\"legal/nda.md\">Sign</a></div>\n\n## Gone\n\n<div class=\"playbook-flow\"><b class=\"playbook-step\">Leave</b></div>\n",
    "# Templates\n\n```{template-index} legal\n:owner: Ada\n```\n\n{{ playbooks.count }} playbooks\n",
    "---\ntags: [legal]\nplaceholders:\n  partner: Acme\n---\n# Form for {{ templates.count }}\n\n[Partner] signs.\n",
    "# Steps\n\n```{playbook-steps} recruit\n```\n\n[first](#recruit-step-1) [qbr](../playbooks/recruit.yaml#step-2)\n",
    "# Recruit\n\n| Step | Template | Name |\n|---|---|---|\n| 1 | [NDA](legal/nda.md) | Sign |\n",
    "Text without a heading. [case](Legal/NDA.md) [out](../../x.md) [file](/legal/nda/) <a href=\"legal/nda/#term\">x</a>\n",
    "included *words* and [a link](../legal/nda.md#term)\n",
    "",
    "# Same\n\n## Same\n\n## Same\n\n[same](#same-1) [lost](#lost)\n",
    "# Elsewhere\n\n```{swimlane} map\n```\n\n```{swimlane} map\n:lane: They\n```\n",
    "---\nmap:\n  name: way\n---\n# Way\n\n| ID | Step | Who | First action | Next |\n|---|---|---|---|---|\n| a | Scope | We | [MSA](legal/msa.md#scope) | b |\n| b | Sign | They | [NDA](legal/nda.md) | |\n",
    "# Way there\n\n```{swimlane} way\n:stage: 2\n```\n",
    "# Map\n\n```mermaid\nflowchart LR\nsubgraph A[We]\na[Scope]\nend\na --> b[Sign]\nclick b \"../legal/msa/\"\n```\n\n| ID | Step | Who | First action |\n|---|---|---|---|\n| a | Scope | We | [NDA](legal/nda.md#term) |\n| b | Signed | They | [MSA](legal/msa.md) |\n",
    "# Allowed\n\n<!-- partner-docs: allow link/not-found soon there -->\n[gone](gone.md)\n\n<!-- partner-docs: allow link/anchor-not-found -->\n[term](legal/nda.md#term)\n",
    "# Apart\n\n[one](../notes/one.md#term) [one](../../notes/one.md#term)\n",
    "# Team\n\n![Team](team.gif){ width=300 } ![team](../team.gif)\n",
    "# HTML\n\n<b onclick=x>a</b> ![logo](logo.svg)\n\n<script>x()</script>\n",
];

/// The same, and what directives bring into pages: each of them alone, and all with links to what they bring.
static TEXTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let block = |kind: &DirectiveKind| {
        let argument = match kind.argument {
            Argument::Playbook => "recruit",
            Argument::Folder => "legal",
            Argument::Map | Argument::Nothing => "",
        };
        format!("```{} {argument}\n```\n", kind.name)
    };
    let links = "[a](#recruit) [b](#recruit-step-2) [c](#qbr) [d](../index.md#recruit) [e](legal/nda.md#qbr)";
    let all: Vec<String> = DIRECTIVES.iter().map(block).collect();
    let alone = all.iter().map(|block| format!("# Recruit\n\n{links}\n\n{block}"));
    let together = format!("# Parts\n\n## Recruit step 1\n\n{links}\n\n{}", all.join("\n"));
    let made = alone.chain([together]).map(|text| &*text.leak());
    PLAIN.into_iter().chain(made).collect()
});

const SUMMARIES: [&str; 3] = [
    "# Summary\n\n- [Home](index.md)\n- [NDA](legal/nda.md)\n- [Later](later.md)\n",
    "# Summary\n\n[Home](index.md)\n\n# Legal\n\n- [](legal/nda.md)\n    - [MSA](legal/msa.md)\n",
    "# Summary\n",
];

const SETTINGS: [&str; 10] = [
    "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n",
    "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n[variables]\ncompany = \"Acme\"\n",
    "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n[variables]\ncompany = \"Globex\"\n[theme]\nfooter = \"[NDA](legal/nda.md)\"\n",
    "[playbooks]\ndir = \"playbooks\"\n[[mount]]\nfrom = \"notes/*.md\"\nto = \"notes/\"\n",
    "[playbooks]\ndir = \"playbooks\"\n[output.html]\ntheme = \"theme\"\n",
    "[book]\ntitle = \"Partners\nbroken",
    "[book]\ntitle = \"Partners\"\n[playbooks]\ndir = \"playbooks\"\n[output.html.print]\nenable = false\n",
    "[output.html]\ngit-repository-url = \"https://github.com/example/partners\"\n[output.html.redirect]\n\"/old/\" = \"/legal/nda/\"\n",
    "[theme]\nlogo = \"content/logo.svg\"\n[check]\n\"image/larger-than-shown\" = \"warn\"\n",
    "[output.html]\nraw-html = \"sanitize\"\n[theme]\naccent = \"#b03060\"\nlogo = \"content/logo.svg\"\n",
];

const PLAYBOOKS: [&str; 6] = [
    "name: Recruit\nsteps:\n  - name: Sign\n    template: legal/nda.md\nnext_playbook: qbr\n",
    "name: Recruit partners\nsteps:\n  - name: Sign both\n    template: legal/msa.md\n  - name: Meet\n",
    "name: QBR\nsteps:\n  - name: Review\n    template: legal/gone.md\n",
    "name: [broken\n",
    "name: Recruit\ndescription: See [the NDA](../content/legal/nda.md#term), {{ templates.count }} of them.\ntags: [legal]\nsteps:\n  - name: Sign\n    template: legal/nda.md\n",
    "name: Recruit\npurpose: |\n  {{#include ../content/snippets/terms.md}}\nsteps:\n  - name: Sign\n    template: legal/nda.md\n",
];

const THEMES: [&str; 3] = [
    "{% extends \"default/page.html\" %}\n",
    "<p>{{ page.title }}</p>{{ page.content | safe }}\n",
    "<p>{{ page.nothing.at.all }}</p>\n",
];

const OTHERS: [&str; 7] = [
    "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"legal/nda/#term\"/></svg>",
    "body { color: red }",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"currentColor\"/>",
    "GIF89a@!@! eight thousand",
    "GIF89a\u{1}\u{0}\u{1}\u{0} one",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\" fill=\"currentColor\"/>",
];

/// Every path that anything happens to, with the texts that it may have.
fn files() -> Vec<(&'static str, &'static [&'static str])> {
    let pages = PAGES.iter().map(|path| (*path, &TEXTS[..]));
    let others: [(&str, &[&str]); 15] = [
        ("content/SUMMARY.md", &SUMMARIES),
        ("book.toml", &SETTINGS),
        ("playbooks/recruit.yaml", &PLAYBOOKS),
        ("playbooks/qbr.yaml", &PLAYBOOKS),
        ("playbooks/recruit.YML", &PLAYBOOKS),
        ("playbooks/emea/qbr.yaml", &PLAYBOOKS),
        ("theme/templates/page.html", &THEMES),
        ("theme/templates/partials/footer.html", &THEMES),
        ("theme/templates/partials/chapter.html", &THEMES),
        ("theme/css/extra.css", &OTHERS),
        ("theme/js/extra.js", &OTHERS),
        ("content/logo.svg", &OTHERS),
        ("content/team.gif", &OTHERS),
        ("content/snippets/missing.md", &TEXTS[..]),
        ("content/legal/nda.md~", &OTHERS),
    ];
    pages.chain(others).collect()
}

const FOLDERS: [(&str, &str); 4] = [
    ("content/legal", "content/contracts"),
    ("content/contracts", "content/legal"),
    ("content/sales", "content/legal"),
    ("playbooks", "content/plays"),
];

fn change() -> impl Strategy<Value = Change> {
    let paths: Vec<&'static str> = files().iter().map(|(path, _)| *path).collect();
    let any_path = proptest::sample::select(paths);
    prop_oneof![
        8 => (any_path.clone(), any::<usize>()).prop_map(|(path, text)| Change::Write(path, text)),
        2 => (proptest::sample::select(&PAGES[..]), any::<usize>()).prop_map(|(path, text)| Change::Write(path, text)),
        2 => any_path.clone().prop_map(Change::Remove),
        1 => (any_path.clone(), any_path.clone()).prop_map(|(from, to)| Change::Rename(from, to)),
        1 => proptest::sample::select(&FOLDERS[..]).prop_map(|(from, to)| Change::RenameFolder(from, to)),
        1 => any_path.prop_map(Change::Touch),
    ]
}

fn path(text: &str) -> SourcePath {
    SourcePath::new(text).expect("the paths here do not climb")
}

/// A project that is changed, with the paths that a watcher would report.
struct Author {
    files: BTreeMap<String, String>,
}

impl Author {
    fn new() -> Self {
        let texts = [0, 2, 20, 11, 14, 13, 21, 19];
        let pages = PAGES.iter().zip(texts).map(|(path, text)| (path.to_string(), TEXTS[text].to_owned()));
        let others =
            [("book.toml", SETTINGS[1]), ("playbooks/recruit.yaml", PLAYBOOKS[0]), ("content/logo.svg", OTHERS[0])];
        let others = others.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
        Self { files: pages.chain(others).collect() }
    }

    fn apply(&mut self, change: &Change) -> Vec<String> {
        match change {
            Change::Write(path, text) => {
                let files = files();
                let (_, texts) = files.iter().find(|(own, _)| own == path).expect("a path of the list");
                self.files.insert((*path).to_owned(), texts[text % texts.len()].to_owned());
                vec![(*path).to_owned()]
            }
            Change::Remove(path) => {
                self.files.remove(*path);
                vec![(*path).to_owned()]
            }
            Change::Rename(from, to) => {
                if let Some(text) = self.files.remove(*from) {
                    self.files.insert((*to).to_owned(), text);
                }
                vec![(*from).to_owned(), (*to).to_owned()]
            }
            Change::RenameFolder(from, to) => {
                let inside = |path: &String| path.strip_prefix(from).is_some_and(|rest| rest.starts_with('/'));
                let moved: Vec<String> = self.files.keys().filter(|path| inside(path)).cloned().collect();
                // A folder that is renamed over another takes its place.
                if !moved.is_empty() {
                    self.files.retain(|path, _| path.strip_prefix(to).is_none_or(|rest| !rest.starts_with('/')));
                }
                for old in moved {
                    let text = self.files.remove(&old).unwrap_or_default();
                    self.files.insert(old.replacen(from, to, 1), text);
                }
                // The system tells of the folder, not of what is in it.
                vec![(*from).to_owned(), (*to).to_owned()]
            }
            Change::Touch(path) => vec![(*path).to_owned()],
        }
    }

    fn disk(&self) -> MemoryFileSystem {
        MemoryFileSystem::new(self.files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    }
}

/// Findings as they read, with all that they point at.
fn written(found: &Diagnostics, sources: &Sources) -> Vec<String> {
    let place = |span: Span| format!("{}:{:?}", sources.shown(span.source), sources.positions(span));
    let line = |finding: &partner_docs::diagnostic::Diagnostic| {
        let related: Vec<String> =
            finding.related.iter().map(|related| format!("{} {}", place(related.span), related.message)).collect();
        let edits = finding.fix.as_ref().map(|fix| {
            fix.edits.iter().map(|edit| format!("{} {}", place(edit.span), edit.replacement)).collect::<Vec<_>>()
        });
        let (code, severity) = (finding.rule.code, finding.severity.as_str());
        format!(
            "{} {severity}[{code}] {} {:?} {related:?} {edits:?}",
            place(finding.span),
            finding.message,
            finding.help
        )
    };
    found.iter().map(line).collect()
}

/// Everything that a site is: its files, also those whose template fails, and its findings.
struct State {
    files: BTreeMap<String, String>,
    found: Vec<String>,
    failed: Vec<String>,
}

fn state<D: FileSystem>(linked: &partner_docs::pipeline::BuiltSite, session: &Session<D>) -> State {
    let published = publish(linked);
    let failed = written(&published.found, session.sources());
    let files = with_copies(published, linked, session.disk());
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    State {
        files: files.into_iter().map(|file| (file.path, text(file.bytes))).collect(),
        found: written(&linked.found, session.sources()),
        failed,
    }
}

/// What a reader of the served site sees who looks at every page, and at every document to print that was built.
fn served<D: FileSystem>(version: &LiveSite, disk: &D, built: &State) -> BTreeMap<String, String> {
    let pages = version.linked().site.pages().map(|(_, page)| page.address.clone());
    let documents = built.files.keys().filter(|path| path.starts_with("print/"));
    let addresses = pages.chain(documents.map(|path| partner_docs::url::SitePath::new(path)));
    let shown = |address: partner_docs::url::SitePath| match version.at(address.as_str(), disk) {
        Lookup::Page { bytes: Some(bytes), .. } => (address.to_string(), String::from_utf8_lossy(&bytes).into_owned()),
        other => (address.to_string(), format!("{other:?}")),
    };
    addresses.map(shown).collect()
}

/// Says where the first difference is: whole sites are too long to compare by eye.
fn same_files(what: &str, ours: &BTreeMap<String, String>, clean: &BTreeMap<String, String>, batch: &Batch) {
    let paths = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(ours), paths(clean), "{what}, after {batch:?}");
    for (path, text) in ours {
        let differs = text.lines().zip(clean[path].lines()).find(|(own, clean)| own != clean);
        assert_eq!(differs, None, "{path}, {what}, after {batch:?}");
        assert_eq!(text, &clean[path], "{path}, {what}, after {batch:?}");
    }
}

fn check(batches: &[Batch], drafts: Drafts) {
    let mut author = Author::new();
    let mut session = Session::new(author.disk(), drafts).with_texts(Texts::Forgotten);
    let mut version = LiveSite::new(session.link().expect("a project"));
    let mut lagging = false;
    for batch in batches {
        let touched: Vec<String> = batch.iter().flat_map(|change| author.apply(change)).collect();
        *session.disk_mut() = author.disk();
        let followed = session.update(&DirtySet::Paths(touched.iter().map(|touched| path(touched)).collect()));
        let mut fresh = Session::new(author.disk(), drafts);
        let (followed, clean) = match (followed, fresh.link()) {
            (Ok(followed), Ok(clean)) => (followed, clean),
            (Err(_), Err(_)) => {
                lagging = true;
                continue;
            }
            (ours, clean) => panic!("one opens and one does not: {:?} {:?}", ours.err(), clean.err()),
        };
        if let Some(followed) = followed {
            let counts = followed.linked.counts;
            assert_eq!(counts, clean.counts, "after {batch:?}");
            let changes = if std::mem::take(&mut lagging) { Changes::Site } else { followed.changes };
            version = version.after(Update { linked: followed.linked, changes });
        }
        let (ours, theirs) = (state(version.linked(), &session), state(&clean, &fresh));
        assert_eq!(ours.found, theirs.found, "findings, after {batch:?}");
        assert_eq!(ours.failed, theirs.failed, "failures, after {batch:?}");
        same_files("built", &ours.files, &theirs.files, batch);
        let seen = served(&version, session.disk(), &ours);
        let documents = seen.iter().filter(|(address, _)| address.starts_with("/print/"));
        for (address, html) in documents {
            assert_eq!(Some(html), ours.files.get(&address[1..]), "{address} as built, after {batch:?}");
        }
        same_files("served", &seen, &served(&LiveSite::new(clean), fresh.disk(), &theirs), batch);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn after_any_changes_the_site_is_that_of_a_clean_build(
        batches in proptest::collection::vec(proptest::collection::vec(change(), 1..4), 1..12),
        shown in any::<bool>(),
    ) {
        check(&batches, if shown { Drafts::Shown } else { Drafts::Hidden });
    }
}

#[test]
fn each_single_change_leads_to_the_site_of_a_clean_build() {
    for (path, texts) in files() {
        let batches: Vec<Batch> = (0..texts.len()).map(|text| vec![Change::Write(path, text)]).collect();
        check(&batches, Drafts::Shown);
    }
}
