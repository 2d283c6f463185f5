//! Defects of playbooks, and of the copies that pages hold of them.
//! In: a project. Out: defects.
//! Never knows: how playbooks are read.

use std::ops::Range;

use partner_docs::site::SitePlaybook;
use partner_docs::source::SourcePath;

use crate::ground::{Bed, Ground};
use crate::trial::Plant;
use crate::{Kind, Repair};

pub(crate) const KINDS: &[Kind] = &[
    ("playbook: template misspelt", Repair::Known, |ground| {
        templates(ground, &|path| format!("§{}x.md", path.trim_end_matches(".md")))
    }),
    ("playbook: template in other case", Repair::Known, |ground| templates(ground, &cased)),
    ("playbook: unknown key", Repair::Unknown, |ground| {
        yaml(ground, "playbook/unknown-key", |_| Some(("steps:".into(), "§stesp_x: 1\nsteps:".into())))
    }),
    ("playbook: misspelt key", Repair::Known, |ground| {
        yaml(ground, "playbook/unknown-key", |_| Some(("\ndescription:".into(), "\n§descripton:".into())))
    }),
    ("playbook: step twice", Repair::Unknown, repeated_steps),
    ("playbook: broken YAML", Repair::Unknown, |ground| {
        yaml(ground, "playbook/syntax", |entry| {
            let free = entry.playbook.purpose.is_none();
            free.then(|| ("\nsteps:".into(), "\npurpose: §\"never closed\nsteps:".into()))
        })
    }),
    ("playbook: unknown next playbook", Repair::Known, unknown_next),
    ("playbook: wrong count", Repair::Known, counts),
    ("playbook: strip out of order", Repair::Unknown, strips),
    ("playbook: letter lost in a chip", Repair::Unknown, lost_letters),
    ("playbook: step table", Repair::Unknown, tables),
    ("playbook: number of a row lost", Repair::Unknown, lost_numbers),
    ("playbook: not listed", Repair::Unknown, unlisted),
];

/// Every playbook with something in the place of something else.
pub(crate) fn yaml(
    ground: &Ground,
    code: &'static str,
    change: fn(&SitePlaybook) -> Option<(String, String)>,
) -> Vec<Plant> {
    let of_playbook = |entry: &SitePlaybook| {
        let text = ground.text(&entry.source)?;
        let (old, new) = change(entry)?;
        let at = text.find(&old)?;
        Some(Plant::edit(code, &entry.source, &text, (at..at + old.len(), &new)))
    };
    ground.linked.site.playbooks.iter().filter_map(of_playbook).collect()
}

/// Every template of every playbook as another path; those that tables on pages copy would be found there, too.
fn templates(ground: &Ground, change: &dyn Fn(&str) -> String) -> Vec<Plant> {
    let mut plants = Vec::new();
    for entry in &ground.linked.site.playbooks {
        let Some(text) = ground.text(&entry.source) else { continue };
        for template in entry.playbook.steps.iter().filter_map(|step| step.template.as_ref()) {
            let new = change(&template.value);
            plants.push(Plant::edit(
                "playbook/template-not-found",
                &entry.source,
                &text,
                (template.span.range(), &new),
            ));
        }
    }
    plants
}

fn cased(path: &str) -> String {
    let at = path.rfind('/').map_or(0, |at| at + 1);
    format!("§{}{}", &path[..at], path[at..].to_uppercase().replace(".MD", ".md"))
}

fn repeated_steps(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for entry in &ground.linked.site.playbooks {
        let Some(text) = ground.text(&entry.source) else { continue };
        let [first, second, ..] = entry.playbook.steps.as_slice() else { continue };
        let (first, second) = (first.name.clone(), second.name.span.range());
        let new = format!("§{}", &text[first.span.range()]);
        plants.push(Plant::edit("playbook/duplicate-step", &entry.source, &text, (second, &new)));
    }
    plants
}

fn unknown_next(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for entry in &ground.linked.site.playbooks {
        let Some(text) = ground.text(&entry.source) else { continue };
        for next in &entry.playbook.next_playbook {
            let new = format!("§{}x", next.value);
            plants.push(Plant::edit("playbook/next-not-found", &entry.source, &text, (next.span.range(), &new)));
        }
        if entry.playbook.next_playbook.is_empty() {
            let new = format!("{}\nnext_playbook: §{}x\n", text.trim_end(), entry.playbook.id);
            plants.push(Plant::marked("playbook/next-not-found", &entry.source, &new));
        }
    }
    plants
}

/// The lines of a page with their ranges.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start..start + line.trim_end().len(), line.trim_end())
    })
}

/// Pages that copy playbooks by hand.
fn copies(ground: &Ground) -> Vec<(SourcePath, &str)> {
    let beds = ground.beds();
    beds.into_iter()
        .filter(|bed| bed.text.contains("playbook-step") || is_overview(bed))
        .map(|bed| (bed.path, bed.text))
        .collect()
}

fn is_overview(bed: &Bed<'_>) -> bool {
    bed.text.lines().any(|line| line.starts_with("| Playbook | Templates"))
}

fn counts(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for (path, text) in copies(ground) {
        for (range, line) in lines(text) {
            let cells: Vec<&str> = line.split('|').collect();
            let Some(count) = cells.get(2).and_then(|cell| cell.trim().parse::<u32>().ok()) else { continue };
            if !cells.get(1).is_some_and(|name| name.trim().starts_with('`')) {
                continue;
            }
            let at = range.start + cells[0].len() + cells[1].len() + 2 + cells[2].find(char::is_numeric).unwrap_or(0);
            let old = at..at + count.to_string().len();
            plants.push(Plant::edit("playbook/count-mismatch", &path, text, (old, &format!("§{}", count + 2))));
        }
    }
    plants
}

fn strips(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    // A strip that stands below no playbook's heading is nobody's copy.
    for (path, text) in copies(ground).into_iter().filter(|(_, text)| text.contains("| Playbook | Templates")) {
        let steps: Vec<(Range<usize>, &str)> =
            lines(text).filter(|(_, line)| line.contains("class=\"playbook-step\"")).collect();
        for pair in steps.windows(2).filter(|pair| text[pair[0].0.end..pair[1].0.start].lines().count() < 4) {
            let [(first, a), (second, b)] = pair else { continue };
            let swapped = format!("{b}{}{a}", &text[first.end..second.start]);
            // Whether the first comes too early or the second too late is for the check to choose.
            let second_word = swapped.rfind("\">").unwrap_or_default() + 2;
            let marked = swapped.replacen("\">", "\">§", 1);
            let mut plant = Plant::edit("playbook/flow-order", &path, text, (first.start..second.end, &marked));
            plant.expected[0].or = Some(first.start + second_word);
            plants.push(plant);
        }
    }
    plants
}

/// Chips with a word that is one of their step, without a letter in its midst.
fn lost_letters(ground: &Ground) -> Vec<Plant> {
    const SHORTEST: usize = 7;
    let mut plants = Vec::new();
    let steps = ground.linked.site.playbooks.iter().flat_map(|entry| &entry.playbook.steps);
    let names: Vec<&str> = steps.map(|step| step.name.value.as_str()).collect();
    for (path, text) in copies(ground) {
        for (range, line) in lines(text).filter(|(_, line)| line.contains("class=\"playbook-step\"")) {
            let Some(start) = line.find("\">").map(|at| at + 2) else { continue };
            let word: String = line[start..].chars().take_while(char::is_ascii_alphabetic).collect();
            let is_of_step = names.iter().any(|name| name.split(' ').any(|other| other == word));
            if word.len() >= SHORTEST && is_of_step {
                let middle = word.len() / 2;
                let old = range.start + start..range.start + start + word.len();
                let new = format!("§{}{}", &word[..middle], &word[middle + 1..]);
                plants.push(Plant::edit("playbook/misspelt-step", &path, text, (old, &new)));
            }
        }
    }
    plants
}

fn lost_numbers(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for (path, text) in copies(ground) {
        for (range, line) in lines(text).filter(|(_, line)| line.starts_with("| 2 | [") || line.starts_with("| 3 | ["))
        {
            let Some(link) = line.find('[') else { continue };
            let old = range.start..range.start + link;
            plants.push(Plant::edit("playbook/table-mismatch", &path, text, (old, "|  | §")));
        }
    }
    plants
}

fn tables(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    let templates: Vec<String> = ground.beds().iter().map(|bed| bed.path.file_name().to_owned()).collect();
    for (path, text) in copies(ground) {
        for (range, line) in lines(text).filter(|(_, line)| line.starts_with("| 2 |") || line.starts_with("| 3 |")) {
            let Some(open) = line.find("](") else { continue };
            let Some(close) = line[open..].find(')').map(|at| open + at) else { continue };
            let written = &line[open + 2..close];
            let Some(name) = written.rsplit('/').next().filter(|name| templates.iter().any(|file| file == name)) else {
                continue;
            };
            let folder = written.strip_suffix(name).unwrap_or_default();
            let old = range.start + open + 2..range.start + close;
            let new = format!("§{folder}index.md");
            plants.push(Plant::edit("playbook/table-mismatch", &path, text, (old, &new)));
        }
    }
    plants
}

fn unlisted(ground: &Ground) -> Vec<Plant> {
    let mut plants = Vec::new();
    for (path, text) in copies(ground) {
        let Some(head) = lines(text).find(|(_, line)| line.starts_with("| Playbook | Templates")) else { continue };
        for (range, _) in lines(&text[head.0.end..]).filter(|(_, line)| line.starts_with("| `")).take(5) {
            let row = head.0.end + range.start..head.0.end + range.end + 1;
            let without = format!("{}{}", &text[..row.start], &text[row.end..]);
            let at = head.0.start + 2;
            plants.push(Plant::marked("playbook/not-listed", &path, &format!("{}§{}", &without[..at], &without[at..])));
        }
    }
    plants
}
