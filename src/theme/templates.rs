//! Templates: the built-in ones, a site's own before them, and what is wrong with those.
//! In: template texts. Out: a ready Tera, and findings at the very place in a template.
//! Never knows: what a template is for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::{FileContent, ThemeFile, builtin, word_filter};
use crate::diagnostic::{Diagnostic, Diagnostics, Parsed, Rule, nearest};
use crate::source::{SourceId, Span};
use crate::wording::{Wording, asked_by_template};

/// A template that cannot be read, or asks for what is not there.
pub static TEMPLATE: Rule = Rule::error("theme/template", include_str!("template.md"));

/// Where templates lie in a theme folder.
pub(super) const FOLDER: &str = "templates/";
/// Where the built-in templates stay reachable when a site replaces them.
const BUILT_IN: &str = "default/";

/// The site's own templates by name, for findings to point into.
pub(super) type Overrides = BTreeMap<String, (SourceId, Arc<str>)>;

/// The built-in templates with `files` before them. Those that are broken are left out, each with a finding.
pub(super) fn load(files: Vec<ThemeFile>) -> Parsed<(Tera, Overrides)> {
    // Under both names: a template of the theme folder takes the plain name, and extends the built-in one by the other.
    let mut tera = Tera::default();
    word_filter::give(&mut tera);
    let built_in = builtin::TEMPLATES.iter().map(|(name, text)| (format!("{BUILT_IN}{name}"), *text));
    tera.set_fallback_prefixes([BUILT_IN])
        .and_then(|()| tera.add_raw_templates(built_in))
        .expect("the built-in templates are valid");
    let mut overrides: Overrides = files.into_iter().filter_map(own_template).collect();
    let mut found = Diagnostics::new();
    for (name, finding) in with_unknown_words(&overrides) {
        found.push(finding);
        overrides.remove(&name);
    }
    // Each round adds all, or leaves out at least one: as many rounds as files, at most.
    while !overrides.is_empty() {
        // All together, since they may extend each other in any order.
        let Err(error) = tera.add_raw_templates(overrides.iter().map(|(name, (_, text))| (name, text))) else { break };
        for (name, finding) in broken(&error, &overrides) {
            found.push(finding);
            overrides.remove(&name);
        }
    }
    found.sort_by_key(|finding| finding.span);
    Parsed { value: (tera, overrides), found }
}

/// The templates that ask for words that are not there, each with its first. One that has a variable of its own called
/// `words` means that one.
fn with_unknown_words(templates: &Overrides) -> Vec<(String, Diagnostic)> {
    let own = ["set words", "for words", "words:", "words="];
    let meant = templates.iter().filter(|(_, (_, text))| !own.iter().any(|own| text.contains(own)));
    let found = meant.filter_map(|(template, (source, text))| {
        let (at, name) = asked_by_template(text).find(|(_, name)| name.contains('.') && unknown(name))?;
        let span = Span::new(*source, at..at + name.len());
        let names: Vec<String> = Wording::english().names().collect();
        let meant = nearest(name, names.iter().map(String::as_str)).map(|name| format!("did you mean `words.{name}`?"));
        let help = meant.or_else(|| Some("the theme reference lists all words".to_owned()));
        Some((template.clone(), TEMPLATE.at(span, format!("unknown word `{name}`")).help_if(help)))
    });
    found.collect()
}

fn unknown(name: &str) -> bool {
    Wording::english().get(name).is_none()
}

fn own_template(file: ThemeFile) -> Option<(String, (SourceId, Arc<str>))> {
    let name = file.path.strip_prefix(FOLDER)?.to_owned();
    match file.content {
        FileContent::Text(source, text) => Some((name, (source, text))),
        FileContent::Bytes(_) => None,
    }
}

/// The names a page can ask for, sorted, each once.
pub(super) fn names(tera: &Tera) -> Vec<&str> {
    let mut names: Vec<&str> =
        tera.get_template_names().map(|name| name.strip_prefix(BUILT_IN).unwrap_or(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What an error found while rendering means to the author of the theme folder; it stands at `page` when it shows
/// in a template that is not theirs.
pub(super) fn explain(error: &tera::Error, overrides: &Overrides, page: Span) -> Diagnostic {
    let reports = reports(error);
    // An error may show in a built-in template that the site's own one includes: the own one is what its author can mend.
    let own = reports.iter().find_map(|report| report.finding(overrides));
    let (_, finding) = own.unwrap_or_else(|| {
        let (message, help) = match reports.first() {
            Some(report) => (format!("{} (in `{}`)", report.message(), report.template), report.help()),
            None => (sentence(&error.to_string()), None),
        };
        (String::new(), TEMPLATE.at(page, message).help_if(help))
    });
    finding
}

/// The templates to leave out because of an error, each once with what is wrong with it; never none.
fn broken(error: &tera::Error, overrides: &Overrides) -> Vec<(String, Diagnostic)> {
    let mut found: Vec<(String, Diagnostic)> =
        reports(error).iter().filter_map(|report| report.finding(overrides)).collect();
    if found.is_empty() {
        // Circles of `extends` and `include` have names but no place.
        let text = error.to_string();
        let named = overrides.iter().find(|(name, _)| text.contains(name.as_str())).or(overrides.iter().next());
        found.extend(named.map(|(name, (source, _))| {
            let message = format!("`{name}` includes itself through `extends` or `include`");
            let help = format!("the built-in template of this name is `{BUILT_IN}{name}`");
            (name.clone(), TEMPLATE.at(Span::start_of(*source), message).help(help))
        }));
    }
    found
}

/// One complaint of the template engine.
#[derive(Debug)]
struct TemplateError {
    message: String,
    template: String,
    place: ErrorPlace,
}

/// Where a complaint points.
#[derive(Debug)]
enum ErrorPlace {
    Bytes(Range<usize>),
    /// Line from 1, first column from 1 and width, in characters.
    Columns(usize, usize, usize),
}

/// The complaints in an error: one with its bytes, or many drawn as text, which is how references to unknown
/// filters, blocks, components and templates arrive.
fn reports(error: &tera::Error) -> Vec<TemplateError> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![TemplateError {
            message: report.message().to_owned(),
            template: report.filename().to_owned(),
            place: ErrorPlace::Bytes(report.span().range.clone()),
        }],
        ErrorKind::MissingParent { current, parent } => vec![TemplateError {
            message: format!("Unknown template `{parent}`"),
            template: current.clone(),
            place: ErrorPlace::Bytes(0..0),
        }],
        // The engine gathers these while it loads, and hands over nothing but the drawing of them.
        ErrorKind::Msg(text) => drawn(text),
        _ => Vec::new(),
    }
}

/// Reads reports as the engine draws them: `error: …`, `--> template:line:column`, and a line of carets.
fn drawn(text: &str) -> Vec<TemplateError> {
    let mut reports = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(new) = line.strip_prefix("error: ") {
            message = new;
        } else if let Some((_, place)) = line.split_once("--> ") {
            // From the end: the name of a template may have a colon in it.
            let mut parts = place.rsplitn(3, ':');
            let (Some(column), Some(line), Some(template)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let (Ok(line), Ok(column)) = (line.parse(), column.parse()) else { continue };
            reports.push(TemplateError {
                message: message.to_owned(),
                template: template.to_owned(),
                place: ErrorPlace::Columns(line, column, 0),
            });
        } else if let (Some(carets), Some(report)) = (line.trim_start().strip_prefix("| "), reports.last_mut())
            && let ErrorPlace::Columns(_, _, width) = &mut report.place
        {
            *width = carets.matches('^').count();
        }
    }
    reports
}

impl TemplateError {
    /// The finding, when the template is the site's own.
    fn finding(&self, overrides: &Overrides) -> Option<(String, Diagnostic)> {
        let (source, text) = overrides.get(&self.template)?;
        let range = match &self.place {
            ErrorPlace::Bytes(range) => self.named(text, range.clone()),
            ErrorPlace::Columns(line, column, width) => columns(text, *line, *column, *width),
        };
        let finding = TEMPLATE.at(Span::new(*source, range), self.message()).help_if(self.help());
        Some((self.template.clone(), finding))
    }

    /// A missing parent has no place of its own: it is where its name stands.
    fn named(&self, text: &str, range: Range<usize>) -> Range<usize> {
        let name = self.message.split('`').nth(1).filter(|_| range == (0..0));
        name.and_then(|name| text.find(name).map(|start| start..start + name.len())).unwrap_or(range)
    }

    /// The message without the list of names.
    fn message(&self) -> String {
        sentence(self.message.split_once(" Available ").map_or(&self.message, |(what, _)| what))
    }

    /// What there is instead.
    fn help(&self) -> Option<String> {
        let wrong = self.message.split('`').nth(1)?;
        // The engine lists what there is, but does not say which of them may have been meant.
        if let Some((_, known)) = self.message.split_once(" Available ").and_then(|(_, rest)| rest.split_once(": ")) {
            let meant = nearest(wrong, known.split(", ")).map(|name| format!("did you mean `{name}`? "));
            return Some(format!("{}available: {known}", meant.unwrap_or_default()));
        }
        if self.message.starts_with("Unknown template") {
            let (folder, name) = wrong.strip_prefix(BUILT_IN).map_or(("", wrong), |name| (BUILT_IN, name));
            let known = builtin::TEMPLATES.iter().map(|(name, _)| *name);
            return nearest(name, known).map(|name| format!("did you mean `{folder}{name}`?"));
        }
        if self.message.starts_with("Unknown component") {
            return nearest(wrong, components()).map(|name| format!("did you mean `{name}`?"));
        }
        self.message.starts_with("Block").then(|| blocks_help(wrong))
    }
}

/// The components that the built-in templates define.
fn components() -> impl Iterator<Item = &'static str> {
    let texts = builtin::TEMPLATES.iter().flat_map(|(_, text)| text.split("{% component ").skip(1));
    texts.filter_map(|rest| rest.split('(').next())
}

/// The blocks the built-in templates have.
fn blocks_help(wrong: &str) -> String {
    let mut blocks: Vec<&str> = builtin::TEMPLATES
        .iter()
        .flat_map(|(_, text)| text.split(" block ").skip(1).zip(text.split(" block ")))
        .filter(|(_, before)| before.ends_with("{%") || before.ends_with("{%-"))
        .filter_map(|(rest, _)| rest.split_whitespace().next())
        .collect();
    blocks.sort_unstable();
    blocks.dedup();
    let meant = nearest(wrong, blocks.iter().copied()).map(|name| format!("did you mean `{name}`? "));
    format!("{}available: {}", meant.unwrap_or_default(), blocks.join(", "))
}

/// The bytes of some columns of a line.
fn columns(text: &str, line: usize, column: usize, width: usize) -> Range<usize> {
    // The engine counts characters, spans count bytes.
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    let offset = |columns: usize| rest.char_indices().nth(columns).map_or(rest.len(), |(at, _)| at);
    let first = column.saturating_sub(1);
    start + offset(first)..start + offset(first + width)
}

/// A message in our own manner: lower case, one line, no full stop.
fn sentence(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    let mut letters = line.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
