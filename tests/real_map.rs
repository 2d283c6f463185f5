//! A real team's map against its own table: each field of each row and each step is changed, one at a time.
//! In: the accelerator's workflow page, which lies beside the repository. Out: each change that is not found exactly
//! once, at its place, or that the drawing does not answer as the table says.

#![expect(clippy::unwrap_used, reason = "a test knows its page")]

mod support;

use std::path::Path;

use partner_docs::diagnostic::Diagnostic;
use partner_docs::pipeline::{BuiltSite, Drafts, Session};
use partner_docs::project::files::scope::WalkScope;
use partner_docs::project::{DiskError, DiskFolder, FileKind, FileSet, FileSystem, ProjectRoots};
use partner_docs::render::Renderer;
use partner_docs::source::SourcePath;
use support::site::real;

const PAGE: &str = "docs/partner-workflow.md";
/// The table's columns, counted from the first `|`.
const WHO: usize = 2;
const STEP: usize = 3;
const WHY: usize = 4;
const STAGE: usize = 5;
const ACTION: usize = 6;

/// The project with another text for one page.
struct Changed {
    folder: DiskFolder,
    text: String,
}

impl FileSystem for Changed {
    fn book_toml(&self) -> Result<Option<Vec<u8>>, DiskError> {
        self.folder.book_toml()
    }

    fn place(&self, root: Option<&str>) -> Result<ProjectRoots, DiskError> {
        self.folder.place(root)
    }

    fn list(&self, place: &ProjectRoots, scope: &WalkScope) -> Result<FileSet, DiskError> {
        self.folder.list(place, scope)
    }

    fn read(&self, place: &ProjectRoots, path: &SourcePath) -> Result<Vec<u8>, DiskError> {
        if path.as_str() == PAGE { Ok(self.text.clone().into_bytes()) } else { self.folder.read(place, path) }
    }

    fn kind(&self, place: &ProjectRoots, path: &SourcePath) -> Option<FileKind> {
        if path.as_str() == PAGE { None } else { self.folder.kind(place, path) }
    }
}

/// The team's page, and what is found on its site as it is.
struct Team {
    session: Session<Changed>,
    text: String,
    known: Vec<String>,
}

/// The page after a change.
struct After {
    /// What is found now and was not before.
    new: Vec<Diagnostic>,
    /// The words that each of them stands at.
    words: Vec<String>,
    html: String,
}

impl Team {
    fn new() -> Option<Self> {
        let folder = DiskFolder::new(&real("accelerator")?, None).trusting(partner_docs::project::Trust::AnyRoot);
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/accelerator").join(PAGE);
        #[expect(clippy::disallowed_methods, reason = "the page is read where it lies")]
        let text = std::fs::read_to_string(file).unwrap();
        let session = Session::new(Changed { folder, text: text.clone() }, Drafts::Hidden);
        let mut team = Self { session, text, known: Vec::new() };
        let before = team.after(&team.text.clone());
        team.known = before.new.iter().map(shown).collect();
        assert!(!team.known.iter().any(|found| found.starts_with("swimlane/")), "the team's map agrees with its table");
        Some(team)
    }

    fn after(&mut self, text: &str) -> After {
        text.clone_into(&mut self.session.disk_mut().text);
        let linked: BuiltSite = self.session.link().unwrap_or_else(|error| panic!("{error}"));
        let page = linked.site.pages().find(|(_, page)| page.mounted.as_str() == "partner-workflow.md").unwrap().0;
        let file = Renderer::new(&linked.site, &linked.theme).page(page).unwrap();
        let new: Vec<Diagnostic> =
            linked.found.into_iter().filter(|found| !self.known.contains(&shown(found))).collect();
        let words = new.iter().map(|found| self.session.sources().text(found.span).to_owned()).collect();
        After { new, words, html: String::from_utf8(file.bytes).unwrap() }
    }

    /// Changes the page, and expects one finding of this rule at these words, with the other place beside it.
    #[track_caller]
    fn change(&mut self, text: &str, code: &str, words: &str) -> After {
        let after = self.after(text);
        let found: Vec<String> = after.new.iter().map(shown).collect();
        assert!(found.len() == 1 && found[0].starts_with(code), "expected one {code}, found {found:#?}");
        assert_eq!(after.words[0], words, "{}", found[0]);
        after
    }

    /// Applies the repair of a change, and expects nothing to be left.
    #[track_caller]
    fn repaired(&mut self, text: &str, after: &After) {
        let fix = after.new[0].fix.as_ref().unwrap_or_else(|| panic!("no repair for {}", shown(&after.new[0])));
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        let mut text = text.to_owned();
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.replacement);
        }
        let left: Vec<String> = self.after(&text).new.iter().map(shown).collect();
        assert_eq!(left, [] as [&str; 0], "after the repair of {}", shown(&after.new[0]));
    }

    /// The rows of the table by the ids of their steps.
    fn ids(&self) -> Vec<String> {
        let rows = self.text.lines().skip_while(|line| !line.starts_with("| # |")).skip(2);
        rows.take_while(|line| line.starts_with('|'))
            .map(|row| row.split('|').nth(1).unwrap().trim().to_owned())
            .collect()
    }

    fn row(&self, id: &str) -> &str {
        self.text.lines().find(|line| line.starts_with(&format!("| {id} |"))).unwrap()
    }

    fn cell(&self, id: &str, column: usize) -> &str {
        self.row(id).split('|').nth(column).unwrap().trim()
    }

    /// The page with another cell.
    fn with_cell(&self, id: &str, column: usize, content: &str) -> String {
        let row = self.row(id);
        let mut cells: Vec<String> = row.split('|').map(str::to_owned).collect();
        cells[column] = format!(" {content} ");
        self.text.replace(row, &cells.join("|"))
    }

    /// The line that declares a step.
    fn node(&self, id: &str) -> &str {
        self.text.lines().find(|line| line.trim_start().starts_with(&format!("{id}[\""))).unwrap()
    }

    fn click(&self, id: &str) -> &str {
        self.text.lines().find(|line| line.trim_start().starts_with(&format!("click {id} "))).unwrap()
    }

    /// `3a. Preflight`, between the tags of the label.
    fn label(&self, id: &str) -> &str {
        between(self.node(id), "<b>", "</b>")
    }
}

impl After {
    /// The drawing of a step.
    fn drawn(&self, id: &str) -> &str {
        let start = self.html.find(&format!("<g class=\"pd-node\" data-node=\"{id}\"")).unwrap();
        self.html[start..].split("</g>").next().unwrap()
    }

    /// Its lane.
    fn lane(&self, id: &str) -> &str {
        between(self.drawn(id), "data-lane=\"", "\"")
    }

    /// Its text, without mark-up and tooltip.
    fn text(&self, id: &str) -> String {
        let link = self.drawn(id).split_once("<a ").unwrap().1;
        let words = link.split('<').filter_map(|part| Some(part.split_once('>')?.1.trim()));
        let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
        words.join(" ").replace("&amp;", "&")
    }

    fn href(&self, id: &str) -> &str {
        between(self.drawn(id), "<a href=\"", "\"")
    }
}

fn shown(found: &Diagnostic) -> String {
    format!("{}: {}", found.rule.code, found.message)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    text.split_once(start).unwrap().1.split_once(end).unwrap().0
}

/// `3` of `3a. Preflight`, and what follows.
fn stage_of(label: &str) -> (&str, &str) {
    label.split_at(label.find(|c: char| !c.is_ascii_digit()).unwrap())
}

const LANES: [(&str, &str, &str); 3] = [
    ("DL", "👤 Delivery Lead", "Delivery Lead"),
    ("PE", "🛠️ Partner Engineer", "Partner Engineer"),
    ("CO", "🏛️ Customer Ops", "Customer Ops"),
];

#[test]
fn each_cell_that_is_changed_is_one_finding_and_the_drawing_follows_it() {
    let Some(mut team) = Team::new() else { return };
    let before = team.after(&team.text.clone());
    for id in team.ids() {
        let own = team.cell(&id, WHO).to_owned();
        let (lane, _, other) = LANES[(LANES.iter().position(|(_, _, name)| *name == own).unwrap() + 1) % 3];
        let text = team.with_cell(&id, WHO, other);
        let after = team.change(&text, "swimlane/lane-mismatch", &id);
        assert_eq!(after.lane(&id), lane, "{id}");
        assert_eq!(after.new[0].related.len(), 1, "the cell is beside it");
        team.repaired(&text, &after);

        let misspelt = own.replacen('e', "ea", 1);
        let after = team.change(&team.with_cell(&id, WHO, &misspelt), "swimlane/lane-mismatch", &misspelt);
        assert_eq!(after.lane(&id), LANES.iter().find(|lane| lane.2 == own).unwrap().0);

        let label = team.label(&id).to_owned();
        let title = label.split_once(". ").unwrap().1.to_owned();
        let text = team.with_cell(&id, STEP, "Walk the dog (twice)");
        let after = team.change(&text, "swimlane/label-mismatch", &title);
        assert!(after.text(&id).contains("Walk the dog") && !after.text(&id).contains(&title), "{}", after.text(&id));
        team.repaired(&text, &after);

        let after = team.after(&team.with_cell(&id, WHY, "Because."));
        assert_eq!(after.new.len(), 0, "nothing in the diagram says why");

        if let Some((_, rest)) = team.cell(&id, STAGE).split_once("[Stage ") {
            let text = team.with_cell(&id, STAGE, &format!("[Stage 9{}", &rest[1..]));
            let (number, rest) = stage_of(&label);
            let part: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
            let after = team.change(&text, "swimlane/label-mismatch", &format!("{number}{part}"));
            assert!(after.text(&id).contains(&format!("9{part}. ")), "{}", after.text(&id));
            team.repaired(&text, &after);
        }

        let text = team.with_cell(&id, ACTION, "[the catalogue](foundry-tool-catalog.md)");
        let target = between(team.click(&id), "\"", "\"").to_owned();
        let after = team.change(&text, "swimlane/click-mismatch", &target);
        assert_eq!(after.href(&id), "../foundry-tool-catalog/", "{id}");
        assert_eq!(after.new[0].related.len(), 1, "the cell is beside it");
        team.repaired(&text, &after);

        let text = team.with_cell(&id, 1, "ZZ");
        let after = team.change(&text, "swimlane/row-not-in-diagram", "ZZ");
        assert_eq!(after.lane(&id), LANES.iter().find(|lane| lane.2 == own).unwrap().0);
        team.repaired(&text, &after);

        let row = team.row(&id).to_owned();
        let short = row.replacen(&format!(" {own} |"), "", 1);
        let after = team.change(&team.text.replace(&row, &short), "swimlane/incomplete-row", &short);
        assert_eq!((after.new[0].fix.as_ref(), after.lane(&id)), (None, before.lane(&id)));

        let twin = if id == "D1" { "C2" } else { "D1" };
        team.change(&team.with_cell(&id, 1, twin), "swimlane/duplicate-id", twin);

        let without = team.text.replace(&format!("{}\n", team.row(&id)), "");
        team.change(&without, "swimlane/node-not-in-table", &id);
    }
}

#[test]
fn each_statement_that_is_changed_is_one_finding_and_the_drawing_keeps_to_the_table() {
    let Some(mut team) = Team::new() else { return };
    let before = team.after(&team.text.clone());
    for id in team.ids() {
        let line = team.node(&id).to_owned();
        let label = team.label(&id).to_owned();
        let (number, title) = label.split_once(". ").unwrap();

        let text = team.text.replace(&line, &line.replace(title, "Walk the dog"));
        let after = team.change(&text, "swimlane/label-mismatch", "Walk the dog");
        assert!(!after.text(&id).contains("Walk the dog"), "{}", after.text(&id));
        team.repaired(&text, &after);

        let part: String = number.chars().filter(char::is_ascii_alphabetic).collect();
        let other = format!("9{part}");
        if team.cell(&id, STAGE).contains("Stage ") {
            let text = team.text.replace(&line, &line.replace(&format!("{number}. "), &format!("{other}. ")));
            let after = team.change(&text, "swimlane/label-mismatch", &other);
            assert_eq!(after.text(&id), before.text(&id));
            team.repaired(&text, &after);
        }

        let own = team.cell(&id, WHO).to_owned();
        let (_, title_of_other, _) = LANES[(LANES.iter().position(|(_, _, name)| *name == own).unwrap() + 1) % 3];
        let opening = team.text.lines().find(|line| line.contains(title_of_other)).unwrap().to_owned();
        let text = team.text.replace(&format!("{line}\n"), "").replace(&opening, &format!("{opening}\n{line}"));
        let after = team.change(&text, "swimlane/lane-mismatch", &id);
        assert_eq!(after.lane(&id), before.lane(&id));
        team.repaired(&text, &after);

        let click = team.click(&id).to_owned();
        let target = between(&click, "\"", "\"").to_owned();
        for (wrong, code, words) in [
            ("../foundry-tool-catalog/", "swimlane/click-mismatch", "../foundry-tool-catalog/"),
            ("../nowhere/", "diagram/click-not-found", "../nowhere/"),
            ("../partner-playbook/#nowhere", "diagram/click-not-found", "#nowhere"),
        ] {
            let text = team.text.replace(&click, &click.replace(&target, wrong));
            let after = team.change(&text, code, words);
            assert_eq!(after.href(&id), before.href(&id));
            team.repaired(&text, &after);
        }

        let text = team.text.replace(&line, &line.replacen(&id, "ZZ", 1));
        team.change(&text, "swimlane/node-not-in-table", "ZZ");
    }
}

/// The table with a column that says what comes next, as the arrows have it, but for one step.
#[test]
fn each_row_that_leads_elsewhere_is_one_finding_at_its_cell() {
    let Some(mut team) = Team::new() else { return };
    let next = [
        ("D1", "E1"),
        ("E1", "EP"),
        ("EP", "E2"),
        ("E2", "E3"),
        ("E3", "E4"),
        ("E4", "D5"),
        ("D5", "D6"),
        ("D6", "C1"),
        ("C1", "C2"),
        ("C2", "D7 (usage signal), D1 (expansion)"),
        ("D7", "end"),
    ];
    let with = |text: &str, wrong: &str, other: &str| {
        let column = |line: &str| {
            let id = line.split('|').nth(1).unwrap_or_default().trim();
            let cell =
                next.iter().find(|(own, _)| *own == id).map(|(own, next)| if *own == wrong { other } else { next });
            match (line.starts_with("| # |"), line.starts_with("|---"), cell) {
                (true, ..) => format!("{line} Next |"),
                (_, true, _) => format!("{line}---|"),
                (_, _, Some(next)) if line.starts_with('|') => format!("{line} {next} |"),
                _ => line.to_owned(),
            }
        };
        text.lines().map(column).collect::<Vec<_>>().join("\n")
    };
    let own = team.text.clone();
    let found: Vec<String> = team.after(&with(&own, "", "")).new.iter().map(shown).collect();
    assert_eq!(found, [] as [&str; 0]);
    for (id, right) in next {
        let wrong = if id == "D6" || id == "E4" { "E3" } else { "D6" };
        let wrong = if right == wrong { "C1" } else { wrong };
        let text = with(&own, id, wrong);
        let after = team.change(&text, "swimlane/next-mismatch", wrong);
        if right.len() == 2 {
            team.repaired(&text, &after);
        }
    }
}

#[test]
fn a_lane_that_is_renamed_is_one_finding_at_its_title() {
    let Some(mut team) = Team::new() else { return };
    for (_, title, name) in LANES {
        let text = team.text.replace(title, &title.replace(name, "Somebody"));
        let after = team.change(&text, "swimlane/lane-mismatch", "Somebody");
        team.repaired(&text, &after);
    }
}
