//! The `README.md` of a filled-in folder: the playbook as Markdown, with links to the documents of its steps.

use super::address::{self, Lead, published};
use super::select::copied;
use super::text::{self, DocumentPart};
use super::{FilledFile, Job};
use crate::markdown::{CompileContext, Link, Options, Placeholders, TemplatePiece, TemplateSource, Within};
use crate::playbook::Step;
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
    let written = PlaybookReadme::new(site, job, id);
    let (manuscript, links) = written.manuscript();
    let address = |link: usize| match links.get(link)? {
        Lead::Web(url) => Some(url.clone()),
        // An empty address: the words of the link stay, but it leads nowhere.
        Lead::Refused => Some(String::new()),
        Lead::Beside(..) | Lead::AsWritten => None,
    };
    text::of_pieces(site, manuscript.pieces(address))
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
}

impl<'a> PlaybookReadme<'a> {
    fn new(site: &'a Site, job: &'a Job, id: PlaybookId) -> Self {
        Self {
            site,
            job,
            entry: site.playbook(id),
            world: KitPlaceholders(placeholders(&site.config)),
            says_for_whom: true,
        }
    }

    /// The text, and where each of its links leads.
    fn manuscript(&self) -> (TemplateSource, Vec<Lead<'a>>) {
        let text = self.text();
        let body = Span::new(self.entry.playbook.start.source, 0..text.len());
        let (manuscript, document) = TemplateSource::new(&text, body, &Options::default(), &self.world);
        let documents = self.job.documents.iter().map(|document| document.file.as_str());
        let files: BTreeSet<&str> = documents.chain(self.job.copies.iter().map(|copy| copy.file.as_str())).collect();
        let links = document.links.iter().enumerate().map(|(at, link)| {
            let is_open = document.open_links.binary_search(&at).is_ok();
            // These links were written by `document`, to files in the folder that the site knows nothing of.
            if files.contains(link.destination.as_str()) || (is_open && self.may_be_opened(link)) {
                Lead::AsWritten
            } else {
                address::of_target(self.site, self.entry, link)
            }
        });
        (manuscript, links.collect())
    }

    /// Whether an address that is still to be filled in has no scheme that is refused whatever is filled in.
    fn may_be_opened(&self, link: &Link) -> bool {
        self.site.config.schemes.refusal(&link.destination).is_none()
    }

    fn text(&self) -> String {
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
        for (index, step) in playbook.steps.iter().enumerate() {
            self.step(&mut text, index, step);
        }
        list(&mut text, "## Success criteria", &playbook.success_criteria, "- [ ] ");
        self.next(&mut text);
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
        if address::is_known(self.site) {
            let page = self.site.page(self.entry.page);
            lines.push(format!("Playbook: <{}>", published(self.site, &page.address, None)));
        }
        let recurring = &self.entry.playbook.recurring;
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

    /// What may be done next.
    fn next(&self, text: &mut String) {
        let next = self.entry.playbook.next_playbook.iter();
        let next: Vec<String> = next
            .filter_map(|next| self.site.playbook_with_id(&next.value))
            .map(|(_, entry)| {
                let title = self.plain(&entry.playbook.name.value);
                let address = published(self.site, &self.site.page(entry.page).address, None);
                // Angle brackets, because an address may contain parentheses.
                if address::is_known(self.site) { format!("[{title}](<{address}>)") } else { title }
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
        lines.extend(self.document(index, step).map(|document| format!("Document: {document}")));
        for (label, people) in [
            ("Owner", &step.owner),
            ("Accountable", &step.accountable),
            ("Consulted", &step.consulted),
            ("Informed", &step.informed),
        ] {
            let names: Vec<String> = people.iter().map(|name| self.plain(&name.value)).collect();
            lines.extend((!names.is_empty()).then(|| format!("{label}: {}", names.join(", "))));
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
            let address = published(self.site, &self.site.page(*page).address, None);
            return Some(if address::is_known(self.site) { format!("[{title}](<{address}>)") } else { title });
        }
        if let Some(Target::External(url)) = target {
            return Some(format!("[{}](<{url}>)", self.plain(&document_name(url))));
        }
        Some(format!("`{}`", written.value))
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
fn fence(text: &str) -> String {
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
