//! The `map` key of a page's front matter.

use crate::diagnostic::{Diagnostics, code, nearest};
use crate::map::reference::ColumnNames;
use crate::page::front_matter::TYPE;
use crate::source::Located;
use crate::yaml::{FieldReader, Mapping};

/// How the maps of a page are read and called.
#[derive(Clone, Debug, Default)]
pub(in crate::page) struct MapSettings {
    /// Headings of the node-reference table.
    pub(super) columns: ColumnNames,
    /// What other pages call the first map.
    pub(super) name: Option<Located<String>>,
    /// What readers call it; else the page's own title.
    pub(super) title: Option<String>,
}

/// The keys that are suggested. `who` and `authority`, common headings of such tables, are understood as well.
const KEYS: [&str; 9] = ["name", "title", "id", "lane", "step", "why", "stage", "first_action", "next"];

impl MapSettings {
    /// Reads the settings of a page with this title.
    pub(in crate::page) fn read(front: Option<&Mapping>, page_title: Option<&str>, found: &mut Diagnostics) -> Self {
        let mut settings = Self { title: page_title.map(str::to_owned), ..Self::default() };
        for entry in front.iter().flat_map(|mapping| &mapping.entries) {
            let columns = &mut settings.columns;
            let key = entry.key.value.as_str();
            let column = match key {
                "id" => &mut columns.id,
                "lane" | "who" => &mut columns.lane,
                "step" => &mut columns.step,
                "why" => &mut columns.why,
                "stage" | "authority" => &mut columns.stage,
                "first_action" | "first-action" | "action" => &mut columns.first_action,
                "next" => &mut columns.next,
                "name" => &mut settings.name,
                "title" => {
                    // A broken title keeps the page's own, so that the map is not left without one.
                    let title = FieldReader::new(&TYPE, found).text(entry).map(|title| title.value);
                    settings.title = title.or(settings.title);
                    continue;
                }
                _ => {
                    let near = nearest(key, KEYS).map(|near| format!("did you mean `{near}`?"));
                    let all = format!("available keys: {}", KEYS.map(|key| format!("`{key}`")).join(", "));
                    let finding = TYPE.at(entry.key.span, format!("unknown key {} in `map`", code(key)));
                    found.push(finding.help(near.unwrap_or(all)));
                    continue;
                }
            };
            *column = FieldReader::new(&TYPE, found).text(entry);
        }
        settings
    }
}
