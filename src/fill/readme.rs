//! The `README.md` of a filled-in folder: the playbook as Markdown, with links to the documents of its steps.

use super::address::{self, Lead, published};
use super::select::copied;
use super::text::{self, DocumentPart};
use super::{FilledFile, Job};
use crate::markdown::{CompileContext, Link, Options, Placeholders, TemplatePiece, TemplateSource, Within};
use crate::playbook::Step;
use crate::playbook::dependencies::step_called;
use crate::site::{PlaybookId, Site, SitePlaybook, Target, placeholders};
use crate::source::{Located, Part as _, Span};
use crate::url::document_name;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The file's name.
pub(super) const NAME: &str = "README.md";

/// What a playbook's text may ask for: what is filled in, and nothing else. Its variables have their values already.
struct KitPlaceholders(Placeholders);

impl CompileContext for KitPlaceholders {
    fn blanks(&self) -> &Placeholders {
        &self.0
    }
}

/// The playbook as the first file of a folder.
pub(super) fn file(site: &Site, job: &Job) -> Option<FilledFile> {
    let text = text::text(playbook_parts(site, job, job.playbook?));
    Some(FilledFile { name: NAME.to_owned(), text })
}

/// A playbook in parts: what it says, and every step with all that belongs to it.
#[must_use]
pub fn playbook_parts(site: &Site, job: &Job, id: PlaybookId) -> Vec<DocumentPart> {
    PlaybookReadme::new(site, job, id).parts()
}

/// A text of a playbook, with its links leading where they do from the place of a job.
#[must_use]
pub fn playbook_text(site: &Site, job: &Job, entry: &SitePlaybook, text: &str) -> String {
    let world = KitPlaceholders(placeholders(&site.config));
    let body = Span::new(entry.playbook.start.source, 0..text.len());
    let (source, document) = TemplateSource::new(text, body, &Options::default(), &world);
    let address = |link: usize| match address::of_target(site, job, entry, document.links.get(link)?) {
        Lead::Web(url) => Some(url),
        Lead::Refused => Some(String::new()),
        Lead::Beside(..) | Lead::AsWritten => None,
    };
    text::text(text::of_pieces(site, source.pieces(address)))
}

/// The steps of a playbook as on its own page, or its success criteria.
#[must_use]
pub fn playbook_section(site: &Site, job: &Job, id: PlaybookId, section: PlaybookSection) -> String {
    let readme = PlaybookReadme { section, ..PlaybookReadme::new(site, job, id) };
    text::text(readme.parts())
}

/// A part of a playbook's text.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum PlaybookSection {
    /// All of it.
    Whole,
    /// Its steps.
    Steps,
    /// Its success criteria.
    Criteria,
}

/// The names that a playbook asks for.
pub(super) fn names(site: &Site, job: &Job, id: PlaybookId) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    // Without the list of values: to write it, `about` asks which names there are, and comes here.
    let (manuscript, _) = PlaybookReadme { says_for_whom: false, ..PlaybookReadme::new(site, job, id) }.manuscript();
    for piece in manuscript.pieces(|_| None) {
        if let TemplatePiece::Blank { name, .. } = piece {
            names.insert(name.to_owned());
        }
    }
    names
}

/// A playbook that is written as Markdown, with its placeholders as they are.
struct PlaybookReadme<'a> {
    site: &'a Site,
    job: &'a Job,
    entry: &'a SitePlaybook,
    world: KitPlaceholders,
    /// Whether the values that were given are listed.
    says_for_whom: bool,
    section: PlaybookSection,
}

impl<'a> PlaybookReadme<'a> {
    fn new(site: &'a Site, job: &'a Job, id: PlaybookId) -> Self {
        Self {
            site,
            job,
            entry: site.playbook(id),
            world: KitPlaceholders(placeholders(&site.config)),
            says_for_whom: true,
            section: PlaybookSection::Whole,
        }
    }

    fn parts(&self) -> Vec<DocumentPart> {
        let (manuscript, links) = self.manuscript();
        let address = |link: usize| match links.get(link)? {
            Lead::Web(url) => Some(url.clone()),
            // An empty address: the words of the link stay, but it leads nowhere.
            Lead::Refused => Some(String::new()),
            Lead::Beside(..) | Lead::AsWritten => None,
        };
        text::of_pieces(self.site, manuscript.pieces(address))
    }

    /// The text, and where each of its links leads.
    fn manuscript(&self) -> (TemplateSource, Vec<Lead<'a>>) {
        let text = self.text();
        let body = Span::new(self.entry.playbook.start.source, 0..text.len());
        let (manuscript, document) = TemplateSource::new(&text, body, &Options::default(), &self.world);
        let documents = self.job.documents.iter().map(|document| document.file.as_str());
        let copies = self.job.copies.iter().map(|copy| copy.file.as_str());
        let own = self.own_addresses();
        let files: BTreeSet<&str> = documents.chain(copies).chain(own.iter().map(String::as_str)).collect();
        let links = document.links.iter().enumerate().map(|(at, link)| {
            let is_open = document.open_links.binary_search(&at).is_ok();
            // These links were written by `document` and `next`, to where the site does not look for files.
            if files.contains(link.destination.as_str()) || (is_open && self.may_be_opened(link)) {
                Lead::AsWritten
            } else {
                address::of_target(self.site, self.job, self.entry, link)
            }
        });
        (manuscript, links.collect())
    }

    /// The addresses of the site that it writes itself.
    fn own_addresses(&self) -> BTreeSet<String> {
        let templates = self.entry.templates.iter().flatten();
        let templates = templates.filter_map(|template| self.job.target_address(self.site, &template.target));
        templates.chain(self.next().map(|(_, entry)| self.job.page_address(self.site, entry.page, None))).collect()
    }

    /// Whether an address that is still to be filled in has no scheme that is refused whatever is filled in.
    fn may_be_opened(&self, link: &Link) -> bool {
        self.site.config.schemes.refusal(&link.destination).is_none()
    }

    fn text(&self) -> String {
        let playbook = &*self.entry.playbook;
        let mut text = String::new();
        match self.section {
            PlaybookSection::Whole => return self.whole(),
            PlaybookSection::Steps => self.steps(&mut text),
            PlaybookSection::Criteria => list(&mut text, "", &playbook.success_criteria, "- [ ] "),
        }
        text
    }

    fn steps(&self, text: &mut String) {
        for (index, step) in self.entry.playbook.steps.iter().enumerate() {
            self.step(text, index, step);
        }
    }

    fn whole(&self) -> String {
        let playbook = &*self.entry.playbook;
        let mut text = format!("# {}\n", self.plain(&playbook.name.value));
        for line in playbook.description.iter().chain(&playbook.purpose) {
            let _ = write!(text, "\n{}\n", line.value.trim());
        }
        if self.says_for_whom {
            self.about(&mut text);
        }
        list(&mut text, "## Before you start", &playbook.prerequisites, "- ");
        list(&mut text, "## Warnings", &playbook.warnings, "- ");
        if !playbook.steps.is_empty() {
            text.push_str("\n## Steps\n");
        }
        self.steps(&mut text);
        list(&mut text, "## Success criteria", &playbook.success_criteria, "- [ ] ");
        self.write_next(&mut text);
        text
    }

    /// For whom, when, and where all of it comes from.
    fn about(&self, text: &mut String) {
        let mut lines = Vec::new();
        // The partner's name tells folders apart, and the date tells readers a year later how old this one is.
        let asked = self.job.asked(self.site);
        for name in asked.iter().filter(|name| self.site.value(name).is_some()) {
            lines.push(format!("{}: {{{{ {name} }}}}", label(name)));
        }
        lines.extend(self.job.date.iter().map(|date| format!("Date: {date}")));
        if address::has_full_addresses(self.site) {
            let page = self.site.page(self.entry.page);
            lines.push(format!("Playbook: <{}>", published(self.site, &page.address, None)));
        }
        let playbook = &*self.entry.playbook;
        lines.extend(self.people("Owner", &playbook.owner));
        for (label, said) in [("Version", &playbook.version), ("Last reviewed", &playbook.last_reviewed)] {
            lines.extend(said.iter().map(|said| format!("{label}: {}", self.plain(&said.value))));
        }
        let recurring = &playbook.recurring;
        lines.extend(recurring.iter().map(|often| format!("Repeated: {}", self.plain(&often.value))));
        if !lines.is_empty() {
            let _ = write!(text, "\n- {}\n", lines.join("\n- "));
        }
        if let Some(command) = self.site.command_of(&self.entry.playbook) {
            let command = self.world.0.sealed(command.trim());
            let fence = fence(&command);
            let _ = write!(text, "\nRun it with:\n\n{fence}sh\n{command}\n{fence}\n");
        }
    }

    /// The playbooks that may follow.
    fn next(&self) -> impl Iterator<Item = (PlaybookId, &'a SitePlaybook)> {
        let next = self.entry.playbook.next_playbook.iter();
        next.filter_map(|next| self.site.playbook_with_id(&next.value))
    }

    /// What may be done next.
    fn write_next(&self, text: &mut String) {
        let next: Vec<String> = self
            .next()
            .map(|(_, entry)| {
                let address = self.job.page_address(self.site, entry.page, None);
                self.linked(self.plain(&entry.playbook.name.value), &address)
            })
            .collect();
        if !next.is_empty() {
            let _ = write!(text, "\n## Next\n\n- {}\n", next.join("\n- "));
        }
    }

    fn step(&self, text: &mut String, index: usize, step: &Step) {
        let _ = write!(text, "\n### {}. {}\n", index + 1, self.plain(&step.name.value));
        if let Some(description) = &step.description {
            let _ = write!(text, "\n{}\n", description.value.trim());
        }
        let mut lines: Vec<String> = Vec::new();
        lines.extend(step.optional.then(|| "Optional".to_owned()));
        lines.extend(step.when.iter().map(|when| format!("When: {}", when.value.trim().replace('\n', " "))));
        let playbook = &self.entry.playbook;
        let after = step.depends_on.iter().flatten().filter_map(|name| step_called(playbook, &name.value));
        let after: Vec<String> = after.map(|on| self.plain(&playbook.step(on).name.value)).collect();
        lines.extend((!after.is_empty()).then(|| format!("After: {}", after.join(", "))));
        lines.extend(self.document(index, step).map(|document| format!("Document: {document}")));
        for (label, people) in [
            ("Owner", &step.owner),
            ("Accountable", &step.accountable),
            ("Consulted", &step.consulted),
            ("Informed", &step.informed),
        ] {
            lines.extend(self.people(label, people));
        }
        lines.extend(step.duration.iter().map(|duration| format!("Duration: {}", self.plain(&duration.value))));
        if !lines.is_empty() {
            let _ = write!(text, "\n- {}\n", lines.join("\n- "));
        }
        if let Some(prompt) = &step.prompt {
            // Sealed, so that placeholders are found inside the fence, where Markdown sees only code.
            let prompt = self.world.0.sealed(prompt.value.trim());
            let fence = fence(&prompt);
            let _ = write!(text, "\nPrompt:\n\n{fence}text\n{prompt}\n{fence}\n");
        }
        list(text, "Inputs:", &step.inputs, "- ");
        list(text, "Outputs:", &step.outputs, "- ");
        list(text, "Checklist:", &step.checklist, "- [ ] ");
        list(text, "KPIs:", &step.kpis, "- ");
    }

    /// Who has a part in something, on one line.
    fn people(&self, label: &str, names: &[Located<String>]) -> Option<String> {
        let names: Vec<String> = names.iter().map(|name| self.plain(&name.value)).collect();
        (!names.is_empty()).then(|| format!("{label}: {}", names.join(", ")))
    }

    /// The document of a step: in the folder, or wherever it is published.
    fn document(&self, index: usize, step: &Step) -> Option<String> {
        let written = step.template.as_ref()?;
        let resolution = self.entry.templates.get(index)?.as_ref();
        let file = resolution.and_then(|template| copied(self.site, template));
        if let Some(copy) = self.job.copies.iter().find(|copy| Some(&copy.source) == file) {
            return Some(format!("[{}](<{}>)", self.plain(copy.source.file_name()), copy.file));
        }
        let target = resolution.map(|template| &template.target);
        if let Some(Target::Page(page, _)) = target {
            if let Some(document) = self.job.documents.iter().find(|document| document.page == *page) {
                let title = self.site.page(*page).written_title();
                return Some(format!("[{}]({})", bracketed(title, &document.manuscript.blanks), document.file));
            }
            let title = bracketed(&self.site.page(*page).title, &self.world.0);
            return Some(self.linked(title, &self.job.target_address(self.site, target?)?));
        }
        if let Some(Target::Asset(asset, _)) = target {
            let name = self.plain(self.site.asset(*asset).source.file_name());
            return Some(self.linked(name, &self.job.target_address(self.site, target?)?));
        }
        if let Some(Target::External(url)) = target {
            return Some(format!("[{}](<{url}>)", self.plain(&document_name(url))));
        }
        Some(format!("`{}`", written.value))
    }

    /// A title that leads to an address of the site; alone, where that is unknown.
    fn linked(&self, title: String, address: &str) -> String {
        if self.job.knows_addresses(self.site) { format!("[{title}](<{address}>)") } else { title }
    }

    /// A plain text as Markdown on one line. Its placeholders stay.
    fn plain(&self, text: &str) -> String {
        escaped(text, &self.world.0)
    }
}

/// Items of Markdown below their title. What an item says on further lines belongs to it.
fn list(text: &mut String, title: &str, items: &[Located<String>], mark: &str) {
    if !items.is_empty() {
        let _ = write!(text, "\n{title}\n\n");
    }
    for item in items {
        let _ = writeln!(text, "{mark}{}", item.value.trim().replace('\n', "\n  "));
    }
}

/// A plain text as Markdown, but for its placeholders.
fn escaped(text: &str, blanks: &Placeholders) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let within = Within::Text { begins: false };
    let mut out = String::new();
    let mut done = 0;
    for (range, _) in blanks.find(&text) {
        out.push_str(&kept_spaces(&within, text.part(done..range.start)));
        out.push_str(text.part(range.clone()));
        done = range.end;
    }
    out + &kept_spaces(&within, text.part(done..))
}

/// A text put in with the spaces around it.
fn kept_spaces(within: &Within, text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    format!("{}{}{}", text.part(..start), within.put(inner), text.part(start + inner.len()..))
}

/// A title between the brackets of a link. Words in brackets of their own are names there, which end it nowhere.
fn bracketed(title: &str, blanks: &Placeholders) -> String {
    let mut text = escaped(title, blanks);
    // `[Partner Name]` right before `]` or `(` would be read as a part of the link.
    if text.ends_with(']') {
        text.push(' ');
    }
    text
}

/// A fence that nothing in a text closes.
#[must_use]
pub fn fence(text: &str) -> String {
    // A prompt may itself contain a code block.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat((longest + 1).max(3))
}

/// A name as people read it: `our_contact` reads `Our contact`.
#[must_use]
pub fn label(name: &str) -> String {
    let words = name.replace(['_', '-', '.'], " ");
    let mut letters = words.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
