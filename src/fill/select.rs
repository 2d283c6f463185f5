//! Chooses the templates to fill in, by a playbook's id or a template's path, and the file names they get.

use std::collections::BTreeSet;
use std::fmt;

use super::CopiedFile;
use crate::diagnostic::nearest;
use crate::playbook::folded_name;
use crate::site::{LinkProblem, PageId, PlaybookId, Resolution, Site, Target};
use crate::source::SourcePath;
use crate::url::SlugStyle;

/// What to fill in.
#[derive(Clone, Debug)]
pub struct FillSelection {
    /// The playbook, when it is one.
    pub playbook: Option<PlaybookId>,
    /// Pages with the files they become, in the order of steps.
    pub pages: Vec<SelectedPage>,
    /// Files that are copied as they are.
    pub copies: Vec<CopiedFile>,
}

/// A page, and the file it becomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SelectedPage {
    /// The page.
    pub page: PageId,
    /// The file.
    pub file: String,
}

/// Neither a playbook nor a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownChoice {
    what: String,
    near: Option<String>,
    playbooks: Vec<String>,
    /// The ids that the last part of one may mean.
    several: Vec<String>,
}

impl fmt::Display for UnknownChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.several.is_empty() {
            return write!(f, "`{}` could be `{}`; use the full id", self.what, self.several.join("` or `"));
        }
        write!(f, "`{}` is neither a playbook nor the path of a page", self.what)?;
        match &self.near {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None if self.playbooks.is_empty() => write!(f, "; there are no playbooks"),
            None => write!(f, "; the playbooks are `{}`", self.playbooks.join("`, `")),
        }
    }
}

impl std::error::Error for UnknownChoice {}

/// Finds a playbook by its id or name, or a page by its path: from the repository's root, from the folder of the pages,
/// or from book.toml.
///
/// # Errors
/// When there is neither.
pub fn choose(site: &Site, what: &str) -> Result<FillSelection, UnknownChoice> {
    let folded = folded_name(what);
    let named = site.playbook_with_id(what);
    let named = named.or_else(|| {
        // Names fold punctuation away: the path `recruit.md` must not find a playbook called `Recruit MD`.
        let is_path = what.contains(['/', '.']);
        site.playbooks().find(|(_, entry)| !is_path && folded_name(&entry.playbook.name.value) == folded)
    });
    // `recruit` of two regions: choosing one would fill in the wrong contract without a word.
    let several = site.playbooks_ending_in(what);
    if !several.is_empty() {
        let several = several.into_iter().map(|entry| entry.playbook.id.clone()).collect();
        return Err(UnknownChoice { what: what.to_owned(), near: None, playbooks: Vec::new(), several });
    }
    if let Some((id, _)) = named {
        let (pages, copies) = of_playbook(site, id);
        return Ok(FillSelection { playbook: Some(id), pages, copies });
    }
    let bases = [site.config.place.project().clone(), site.source_folder(), SourcePath::root()];
    let paths = bases.iter().filter_map(|base| base.join(what).ok());
    let page =
        paths.into_iter().find_map(|path| site.page_from(&path)).filter(|id| site.page(*id).markdown().is_some());
    match page {
        Some(page) => {
            let file = file_name(site, page);
            Ok(FillSelection { playbook: None, pages: vec![SelectedPage { page, file }], copies: Vec::new() })
        }
        None => Err(unknown(site, what)),
    }
}

/// The templates of a playbook in the order of its steps, each once, numbered by the first step that uses it: pages,
/// and files of other kinds.
fn of_playbook(site: &Site, id: PlaybookId) -> (Vec<SelectedPage>, Vec<CopiedFile>) {
    let templates = &site.playbook(id).templates;
    // Padded, so that file managers sort `02-` before `10-`.
    let digits = templates.len().to_string().len().max(2);
    let (mut chosen, mut copies) = (Vec::new(), Vec::new());
    let (mut pages, mut files) = (BTreeSet::new(), BTreeSet::new());
    for (number, template) in (1..).zip(templates).filter_map(|(number, template)| Some((number, template.as_ref()?))) {
        match &template.target {
            Target::Page(page, _) if site.page(*page).markdown().is_some() && pages.insert(*page) => {
                chosen.push(SelectedPage { page: *page, file: format!("{number:0digits$}-{}.md", stem(site, *page)) });
            }
            _ => {}
        }
        if let Some(source) = copied(site, template).filter(|source| files.insert(*source)) {
            copies
                .push(CopiedFile { source: source.clone(), file: format!("{number:0digits$}-{}", source.file_name()) });
        }
    }
    (chosen, copies)
}

/// The file of a template that is not a page.
pub(super) fn copied<'a>(site: &'a Site, template: &'a Resolution) -> Option<&'a SourcePath> {
    let source = match (&template.target, &template.problem) {
        (Target::Asset(id, _), _) => &site.asset(*id).source,
        (Target::Repository { path, .. }, None) | (_, Some(LinkProblem::NotPublished(path))) => path,
        _ => return None,
    };
    site.repository.contains(source).then_some(source)
}

/// The file that a template becomes on its own.
#[must_use]
pub fn file_name(site: &Site, page: PageId) -> String {
    format!("{}.md", stem(site, page))
}

/// `docs/recruitment/04-discovery-call.md` reads `discovery-call`: its number is its position among other documents.
fn stem(site: &Site, page: PageId) -> String {
    let page = site.page(page);
    let mounted = &page.mounted;
    let folder = mounted.parent();
    let name = if matches!(mounted.stem(), "index" | "README") { folder.file_name() } else { mounted.stem() };
    // The number in the site would be next to the number of the step: `02-04-discovery-call.md`.
    let words = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '));
    let slug = SlugStyle::default().slug(if words.is_empty() { name } else { words });
    if slug.is_empty() { "document".to_owned() } else { slug }
}

fn unknown(site: &Site, what: &str) -> UnknownChoice {
    let playbooks: Vec<String> = site.playbooks.iter().map(|entry| entry.playbook.id.clone()).collect();
    let pages = site.pages().filter(|(id, _)| site.is_template(*id)).filter_map(|(_, page)| page.source.as_ref());
    let pages: Vec<&str> = pages.map(SourcePath::as_str).collect();
    let near = nearest(what, playbooks.iter().map(String::as_str)).or_else(|| nearest(what, pages.iter().copied()));
    UnknownChoice { what: what.to_owned(), near: near.map(str::to_owned), playbooks, several: Vec::new() }
}
