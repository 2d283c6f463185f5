//! Variables, `{{ company_name }}`: their values are put in before the text is parsed.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memmem;

use super::verbatim::{Verbatim, VerbatimKind};
use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule};
use crate::markdown::lint::leaked::LEAKED;
use crate::markdown::placeholder::names::authored;
use crate::markdown::placeholder::seal;
use crate::markdown::{CompileContext, Options};
use crate::source::{Located, Part as _, SourceMap, SourceMapBuilder, Span};

/// A variable that nothing defines.
pub(crate) static UNDEFINED: Rule = Rule::error("variable/undefined", include_str!("variable_undefined.md"));
/// A variable with a filter, which nobody applies.
pub(crate) static FILTER: Rule = Rule::warning("variable/filter", include_str!("variable_filter.md"));
/// More than a page can sensibly hold.
pub(crate) static TOO_MUCH: Rule = Rule::error("variable/too-much", include_str!("variable_too_much.md"));

/// Bytes that the values of variables may add to a page or a playbook: as much as files may that it includes. A long
/// value that is used at every line would make gigabytes of a page of some kilobytes.
pub(crate) const MOST_BYTES: usize = 4 << 20;

/// Bytes that the values of variables may add to all pages of a site together, and to all of its playbooks: a site that
/// is made of one value over and over ends somewhere.
pub(crate) const MOST_BYTES_OF_SITE: usize = 32 << 20;

/// Where there is no room for a value.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum NoRoom {
    /// On this page, or in this playbook.
    Here,
    /// On pages that come so late in the order of their paths, or in such playbooks.
    OnSite,
}

/// What the values of variables may still add to a page or a playbook.
#[derive(Debug)]
pub struct Room {
    all: usize,
    left: AtomicUsize,
}

impl Default for Room {
    fn default() -> Self {
        Self::of(1)
    }
}

impl Room {
    /// Room for so many texts.
    #[must_use]
    pub fn of(texts: usize) -> Self {
        let all = texts.saturating_mul(MOST_BYTES);
        Self { all, left: AtomicUsize::new(all) }
    }

    /// Takes so many bytes of it, when there are as many.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn take(&self, bytes: usize) -> Result<(), NoRoom> {
        // Atomic because a context is shared across threads; a page has a room of its own, so no order is needed.
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        taken.map(|_| ()).map_err(|_| NoRoom::Here)
    }

    /// How much of it was taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.all - self.left.load(Ordering::Relaxed)
    }
}

/// The values of the variables in one text. Each is asked for once: it may be long.
struct VariableValues<'a> {
    context: &'a dyn CompileContext,
    known: HashMap<&'a str, Option<String>>,
    is_full: bool,
}

/// A value for which there is no room.
struct RefusedValue {
    bytes: usize,
    reason: NoRoom,
}

/// What replaces a use.
enum Filled<'v> {
    Value(&'v str),
    /// There is a value and no room for it: said the first time.
    NoRoom(Option<RefusedValue>),
    Undefined,
}

impl<'a> VariableValues<'a> {
    fn new(context: &'a dyn CompileContext) -> Self {
        Self { context, known: HashMap::new(), is_full: false }
    }

    fn has(&mut self, name: &'a str) -> bool {
        let value = self.known.entry(name).or_insert_with(|| authored(self.context, name));
        value.is_some() || self.context.blanks().has(name)
    }

    fn of(&mut self, name: &'a str) -> Filled<'_> {
        let value = self.known.entry(name).or_insert_with(|| authored(self.context, name));
        let Some(value) = value.as_deref() else { return Filled::Undefined };
        // Not even for a shorter one: which later values show must not depend on how long they are.
        if self.is_full {
            return Filled::NoRoom(None);
        }
        match self.context.room_for(value.len()) {
            Ok(()) => Filled::Value(value),
            Err(why) => {
                self.is_full = true;
                Filled::NoRoom(Some(RefusedValue { bytes: value.len(), reason: why }))
            }
        }
    }
}

/// Puts the values of variables into a text; `None` when it uses none. Code keeps what is in it.
pub(crate) fn substitute(
    text: &str,
    source_map: &SourceMap,
    context: &dyn CompileContext,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<(String, SourceMap)> {
    memmem::find(text.as_bytes(), b"{{")?;
    let source = source_map.span(0..text.len()).source;
    let mut out = SourceMapBuilder::new(source, text.len());
    let mut values = VariableValues::new(context);
    let mut verbatim = None;
    let mut done = 0;
    for VariableUse { whole, name, in_code } in uses(text, options) {
        let span = source_map.span(whole.clone());
        out.copy_derived(text, done..whole.start, source_map);
        done = whole.end;
        let place = source_map.span(name.clone());
        let name = text.part(name);
        match values.of(name) {
            Filled::Value(value) => {
                diagnostics.extend(nested(name, value, span, options));
                out.insert(value, span);
            }
            Filled::NoRoom(refused) => {
                // It is shown as it was written, and is no syntax that was left behind.
                out.insert(&format!("&#123;{{ {name} }}}}"), span);
                diagnostics.extend(refused.map(|refused| too_much(name, &refused, span)));
            }
            // Sealed, so that the parser takes it for a word: in braces it might be an attribute list.
            Filled::Undefined if context.blanks().has(name) && !in_code => out.insert(&seal::sealed(name), span),
            Filled::Undefined => {
                out.copy_derived(text, whole, source_map);
                // In code it may be a name of the language.
                let missing = (!in_code).then(|| undefined(name, span, Some(place), context));
                diagnostics.extend(missing);
            }
        }
    }
    out.copy_derived(text, done..text.len(), source_map);
    for (whole, name) in filtered(text, &mut values) {
        let verbatim = verbatim.get_or_insert_with(|| Verbatim::of(text, options));
        if verbatim.at(whole.start).is_none() {
            diagnostics.push(no_filters(text.part(whole.clone()), text.part(name), source_map.span(whole)));
        }
    }
    Some(out.finish())
}

/// Puts the values of variables into a text that is no Markdown file of its own, as `written` has it at its place:
/// a title, a line of a playbook. What is filled in later stays as it is.
pub fn substitute_in_text(
    text: &mut Located<String>,
    written: &str,
    context: &dyn CompileContext,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let uses = if text.value.contains("{{") { uses(&text.value, options) } else { return };
    // A value in quotes or of many lines is not written as it reads, but the braces are.
    let mut places = written.match_indices("{{").map(|(at, _)| at);
    let mut out = String::with_capacity(text.value.len());
    let mut values = VariableValues::new(context);
    let mut done = 0;
    for VariableUse { whole, name, .. } in uses {
        out.push_str(text.value.part(done..whole.start));
        done = whole.end;
        let name = text.value.part(name);
        let place = places
            .find_map(|at| name_at(written, at, written.len()).filter(|(at, _)| written.part(at.clone()) == name));
        let span = place.map_or(text.span, |(name, end)| {
            text.span.part(written.part(..name.start).rfind("{{").unwrap_or_default()..end)
        });
        match values.of(name) {
            Filled::Value(value) => {
                diagnostics.extend(nested(name, value, span, options));
                out.push_str(value);
            }
            Filled::NoRoom(refused) => {
                out.push_str(text.value.part(whole));
                diagnostics.extend(refused.map(|refused| too_much(name, &refused, span)));
            }
            Filled::Undefined => {
                out.push_str(text.value.part(whole));
                if !context.blanks().has(name) {
                    diagnostics.push(undefined(name, span, None, context));
                }
            }
        }
    }
    out.push_str(text.value.part(done..));
    for (whole, name) in filtered(&text.value, &mut VariableValues::new(context)) {
        diagnostics.push(no_filters(text.value.part(whole), text.value.part(name), text.span));
    }
    text.value = out;
}

fn no_filters(whole: &str, name: &str, span: Span) -> Diagnostic {
    let message = format!("`{whole}` is shown as written: filters are not supported");
    FILTER.at(span, message).help(format!("define another variable for this form, or write `{{{{ {name} }}}}`"))
}

/// A value that holds a name in braces, which readers see.
fn nested(name: &str, value: &str, span: Span, options: &Options) -> Option<Diagnostic> {
    let inner = if value.contains("{{") { uses(value, options) } else { return None };
    let whole = inner.into_iter().next()?.whole;
    let message = format!("the value of `{name}` contains `{}`, which is shown as written", value.part(whole));
    Some(LEAKED.at(span, message).help("variables in values are not replaced: write the value instead"))
}

fn too_much(name: &str, refused: &RefusedValue, span: Span) -> Diagnostic {
    let length = refused.bytes;
    let (most, place) = match refused.reason {
        NoRoom::Here => (MOST_BYTES, "here"),
        NoRoom::OnSite => (MOST_BYTES_OF_SITE, "to the site up to here"),
    };
    let message = format!("variables add more than {} MB {place}: `{name}` exceeds the limit", most >> 20);
    let help =
        format!("from here on, names are shown as written; `{name}` has {length} bytes: write it once, or link to it");
    TOO_MUCH.at(span, message).help(help)
}

/// The finding, with a repair where the name stands there as it reads.
fn undefined(name: &str, span: Span, place: Option<Span>, context: &dyn CompileContext) -> Diagnostic {
    let finding = UNDEFINED.at(span, format!("undefined variable `{name}`"));
    match context.nearest_name(name) {
        Some(near) => {
            let finding = finding.help(format!("did you mean `{near}`?"));
            match place {
                Some(span) => finding.fix(Fix::suggested(vec![Edit { span, replacement: near }])),
                None => finding,
            }
        }
        None => finding.help("define it in `[variables]`, declare it in `placeholders`, or write it as code"),
    }
}

/// A use of a variable.
struct VariableUse {
    /// All of it, with its braces.
    whole: Range<usize>,
    name: Range<usize>,
    in_code: bool,
}

/// The variables used in a text, outside comments and, unless it is asked for, code.
fn uses(text: &str, options: &Options) -> Vec<VariableUse> {
    // What is code is for the parser to say: one lone backtick would hide every name behind it.
    let verbatim = Verbatim::of(text, options);
    let mut list = Vec::new();
    let mut at = 0;
    while let Some(start) = text.part(at..).find("{{").map(|offset| at + offset) {
        at = start + 2;
        let kind = verbatim.at(start);
        if is_read(kind, options)
            && let Some((name, end)) = name_at(text, start, text.len())
        {
            list.push(VariableUse { whole: start..end, name, in_code: kind.is_some() });
            at = end;
        }
    }
    list
}

/// Whether names in braces are looked at in code of a kind, or in none.
fn is_read(kind: Option<VerbatimKind>, options: &Options) -> bool {
    kind.is_none_or(|kind| options.variables_in_code && kind != VerbatimKind::Comment)
}

/// The uses of names that have a value, or will have one, with filters: the whole of each, and the name. Expressions of
/// other names are another tool's.
fn filtered<'t>(text: &'t str, values: &mut VariableValues<'t>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut list = Vec::new();
    for (start, _) in text.match_indices("{{").filter(|(start, _)| !text.part(..*start).ends_with(['$', '\\', '{'])) {
        let inner = text.part(start + 2..).lines().next().unwrap_or_default();
        let Some((expression, _)) = inner.split_once("}}") else { continue };
        let Some((before, _)) = expression.split_once('|') else { continue };
        let name = before.trim_matches(' ');
        let at = start + 2 + (before.len() - before.trim_start_matches(' ').len());
        if values.has(name) {
            list.push((start..start + 2 + expression.len() + 2, at..at + name.len()));
        }
    }
    list
}

/// The name in the braces at `at`, and where they end. Expressions of other tools are no variables: `${{ x }}`,
/// `{{#x}}`, `{{ x | y }}`, `\{{ x }}`.
fn name_at(text: &str, at: usize, end: usize) -> Option<(Range<usize>, usize)> {
    if text.part(..at).ends_with(['$', '\\', '{']) {
        return None;
    }
    let inner = text.part(at + 2..end);
    let name = inner.trim_start_matches(' ');
    let start = at + 2 + (inner.len() - name.len());
    let length = name.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '.')).unwrap_or(name.len());
    let rest = name.part(length..).trim_start_matches(' ');
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_') && rest.starts_with("}}");
    is_name.then(|| (start..start + length, end - rest.len() + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        used(text, &Options::default())
    }

    fn used<'t>(text: &'t str, options: &Options) -> Vec<&'t str> {
        uses(text, options).into_iter().map(|used| &text[used.name]).collect()
    }

    #[test]
    fn names_in_prose_and_addresses_are_used() {
        assert_eq!(names("{{ company }} [x]({{repo.url}}/a)\n\n- {{ a-b }}"), ["company", "repo.url", "a-b"]);
    }

    #[test]
    fn code_and_other_tools_keep_their_braces() {
        for text in [
            "`{{ a }}`",
            "```\n{{ a }}\n```",
            "``x ` {{ a }}``",
            "<!-- {{ a }}\n\n{{ a }} -->",
            "x <code>{{ a }}</code>",
            "<pre>\n\n{{ a }}\n</pre>",
            "    {{ a }}",
            "${{ secrets.A }}",
            "\\{{ a }}",
            "{{ a | b }}",
        ] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        assert_eq!(names("!!! note\n    {{ a }}\n\n<code> {{ b }}\n\n`<!--` {{ c }}"), ["a", "b", "c"]);
        assert_eq!(names("` {{ a }}\n\n{{ b }} `"), ["a", "b"]);
        let in_code = Options { variables_in_code: true, ..Options::default() };
        assert_eq!(used("`{{ a }}`\n\n```\n{{ b }}\n```\n\n<!-- {{ c }} -->", &in_code), ["a", "b"]);
    }
}
