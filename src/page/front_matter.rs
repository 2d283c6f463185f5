//! Reads a Markdown file's front matter.
//! In: a file's text. Out: what its front matter says, with the span of every value; the body; what is wrong.
//! Never knows: Markdown, or which pages, templates and playbooks exist.

mod blanks;
mod head;
mod meta_lines;

pub use blanks::name_of;
pub use head::{FrontMatterFormat, FrontMatterRange, body_start, split};

use crate::diagnostic::{Diagnostic, Diagnostics, Edit, Fix, Rule, code, nearest, slips};
use crate::markdown::{self, CompileContext, Options};
use crate::source::{Located, Part as _, SourceId, Span};
use crate::yaml::{self, FieldReader, Mapping, MappingEntry, NodeContent, YamlNode};

/// Front matter that is not valid YAML.
pub static SYNTAX: Rule = Rule::error("frontmatter/syntax", include_str!("frontmatter_syntax.md"));
/// A value in front matter of the wrong type for its key.
pub static TYPE: Rule = Rule::error("frontmatter/type", include_str!("frontmatter_type.md"));

/// A key in front matter that is nearly one of those that mean something.
pub static UNKNOWN_KEY: Rule = Rule::warning("frontmatter/unknown-key", include_str!("frontmatter_unknown_key.md"));

/// The keys that mean something.
const KEYS: [&str; 15] = [
    "title",
    "description",
    "hide",
    "tags",
    "order",
    "draft",
    "template",
    "layout",
    "redirect_from",
    "playbook",
    "map",
    "icon",
    "status",
    "variables",
    "placeholders",
];

/// Whether a key is about the page's role in the site, which a document outside the site has no use for. Its tags are
/// about what it says.
pub(super) fn is_of_the_site(key: &str) -> bool {
    key != "tags" && KEYS.contains(&key)
}

/// Those whose values are lists.
const LISTS: [&str; 3] = ["hide", "tags", "redirect_from"];

/// What a page says about itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FrontMatter {
    /// The page's name, in place of its first heading.
    pub title: Option<Located<String>>,
    /// One sentence, for search engines and overviews.
    pub description: Option<Located<String>>,
    /// Parts of the layout that this page goes without.
    pub hide: Vec<Located<LayoutPart>>,
    /// Its tags.
    pub tags: Vec<Located<String>>,
    /// Its position among the pages of its folder; lower comes first.
    pub order: Option<Located<i64>>,
    /// Whether it is left out of the published site.
    pub draft: bool,
    /// The page template that lays it out, in place of the theme's own.
    pub template: Option<Located<String>>,
    /// The arrangement of the page: the theme's word.
    pub layout: Option<Located<String>>,
    /// Addresses that lead here since the page moved.
    pub redirect_from: Vec<Located<String>>,
    /// The playbook that the page is about, by id.
    pub playbook: Option<Located<String>>,
    /// How the page's workflow maps are drawn.
    pub map: Option<Mapping>,
    /// The icon next to its name, as `set/name` or `:set-name:`.
    pub icon: Option<Located<String>>,
    /// A word next to its name: `new`, `deprecated`.
    pub status: Option<Located<String>>,
    /// The values of `{{ name }}` on this page.
    pub variables: Vec<(String, String)>,
    /// What is to be filled in: names, and for each the words that mean it in addition to `{{ name }}`.
    pub placeholders: Vec<(Located<String>, Vec<String>)>,
    /// All other keys, in the order of the file: the team's own, for fact panels and filters.
    pub extra: Mapping,
    /// All keys as they were written, for those who ask by name.
    pub written: Mapping,
    /// The mark that opens it; the start of the file when there is none.
    pub opening: Option<Span>,
}

impl FrontMatter {
    /// What the page says it is called; `title: ""` says nothing.
    pub(super) fn own_title(&self) -> Option<String> {
        self.title.as_ref().map(|title| title.value.clone()).filter(|title| !title.trim().is_empty())
    }
}

/// A part of the layout that a page can go without.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LayoutPart {
    /// The sidebar.
    Navigation,
    /// The table of contents.
    Toc,
    /// Previous and next.
    Footer,
    /// The breadcrumbs.
    Path,
    /// The page's tags.
    Tags,
    /// The question whether the page was of help.
    Feedback,
}

impl LayoutPart {
    /// All parts with the words for them.
    const NAMES: [(&'static str, Self); 6] = [
        ("navigation", Self::Navigation),
        ("toc", Self::Toc),
        ("footer", Self::Footer),
        ("path", Self::Path),
        ("tags", Self::Tags),
        ("feedback", Self::Feedback),
    ];
}

/// A file taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Front {
    /// What the page says about itself; empty when it says nothing.
    pub matter: FrontMatter,
    /// The head with its marks, when there is one.
    pub head: Option<Span>,
    /// The Markdown that follows.
    pub body: Span,
    /// What is wrong with the head. The body goes on in any case.
    pub found: Diagnostics,
}

/// Reads the front matter of a file.
#[must_use]
pub fn read(text: &str, source: SourceId) -> Front {
    let mut found = Diagnostics::new();
    let Some(head) = split(text) else {
        let body = Span::new(source, head::after_byte_order_mark(text)..text.len());
        let matter = FrontMatter { opening: Some(Span::start_of(source)), ..FrontMatter::default() };
        return Front { matter, head: None, body, found };
    };
    let opening = Span::new(source, head.opening.clone());
    if !head.closed {
        let finding = SYNTAX.at(opening, "unclosed front matter");
        found.push(finding.help("add a line `---` after its last key"));
    }
    let mut matter = match head.format {
        FrontMatterFormat::Yaml => {
            let at = Span::new(source, head.inside.clone());
            let parsed = yaml::parse(text.part(head.inside.clone()), at, &SYNTAX);
            found.extend(parsed.found);
            FrontMatter::of(&parsed.value, &mut found)
        }
        FrontMatterFormat::Toml => {
            // Recognized although it is not read: as text, all its settings would be published at the top of the
            // page.
            let finding = SYNTAX.at(opening, "TOML front matter (`+++`) is not supported");
            found.push(finding.help("write it as YAML between two `---` lines"));
            FrontMatter::default()
        }
        FrontMatterFormat::Lines => {
            let mapping = meta_lines::read(text, head.inside.start, source);
            let root = YamlNode {
                span: Span::new(source, head.inside.clone()),
                content: NodeContent::Mapping(mapping),
                tag: None,
            };
            FrontMatter::of(&root, &mut found)
        }
    };
    matter.opening = Some(opening);
    let whole = Span::new(source, head.opening.start..head.body);
    Front { matter, head: Some(whole), body: Span::new(source, head.body..text.len()), found }
}

/// Puts the values of variables into what a page calls itself.
pub(super) fn substitute(
    matter: &mut FrontMatter,
    text: &str,
    world: &dyn CompileContext,
    options: &Options,
    found: &mut Diagnostics,
) {
    for line in matter.title.iter_mut().chain(&mut matter.description) {
        let span = line.span.range();
        markdown::substitute_in_text(line, text.part(span), world, options, found);
    }
}

impl FrontMatter {
    fn of(root: &YamlNode, found: &mut Diagnostics) -> Self {
        let mut matter = Self::default();
        match &root.content {
            NodeContent::Mapping(mapping) => {
                for entry in &mapping.entries {
                    matter.set(entry, found);
                }
                matter.written = mapping.clone();
                found.extend(matter.extra.entries.iter().filter_map(|entry| misspelt(entry, mapping)));
            }
            // Empty front matter is fine, and broken YAML has its finding already.
            NodeContent::Null | NodeContent::Unreadable => {}
            NodeContent::Scalar(_) | NodeContent::Sequence(_) => {
                found.push(TYPE.at(root.span, "front matter must be a mapping").help("write `key: value` lines"));
            }
        }
        matter
    }

    fn set(&mut self, entry: &MappingEntry, found: &mut Diagnostics) {
        let mut reader = FieldReader::new(&TYPE, found);
        match entry.key.value.as_str() {
            "title" => self.title = reader.text(entry),
            "description" => self.description = reader.text(entry),
            "hide" => self.hide = parts(&reader.texts(entry), found),
            "tags" => self.tags = reader.texts(entry),
            "order" => self.order = reader.integer(entry),
            "draft" => self.draft = reader.boolean(entry).is_some_and(|draft| draft.value),
            "template" => self.template = reader.text(entry),
            "layout" => self.layout = reader.text(entry),
            "redirect_from" => self.redirect_from = reader.text_or_texts(entry),
            "playbook" => self.playbook = reader.text(entry),
            "map" => self.map = reader.mapping(entry).cloned(),
            "icon" => self.icon = reader.text(entry),
            "status" => self.status = reader.text(entry),
            "variables" => self.variables = blanks::variables(entry, &mut reader),
            "placeholders" => self.placeholders = blanks::placeholders(entry, &mut reader),
            _ => self.extra.entries.push(entry.clone()),
        }
    }

    /// Whether a part of the layout is left out.
    #[must_use]
    pub fn hides(&self, part: LayoutPart) -> bool {
        self.hide.iter().any(|hidden| hidden.value == part)
    }
}

/// The finding for a custom key that differs by one letter from a known key which the page doesn't use.
fn misspelt(entry: &MappingEntry, all: &Mapping) -> Option<Diagnostic> {
    let key = entry.key.value.as_str();
    // If the page has `tags` as well, `tag` is not a misspelling of it.
    let is_free = |name: &&str| all.entries.iter().all(|entry| entry.key.value != **name);
    let near = nearest(key, KEYS.into_iter().filter(is_free))?;
    // Teams have keys of their own: `orders` is one, not a misspelt `order`.
    if slips(key, near)? > 1 || (key != near && key.starts_with(near)) {
        return None;
    }
    let finding = UNKNOWN_KEY.at(entry.key.span, format!("unknown key {}", code(key)));
    let edits = vec![Edit { span: entry.key.span, replacement: near.to_owned() }];
    Some(finding.help(format!("did you mean `{near}`?")).fix(Fix::suggested(edits)))
}

fn parts(words: &[Located<String>], found: &mut Diagnostics) -> Vec<Located<LayoutPart>> {
    let names = LayoutPart::NAMES.map(|(name, _)| name);
    let mut parts = Vec::new();
    for word in words {
        if let Some((_, part)) = LayoutPart::NAMES.iter().find(|(name, _)| *name == word.value) {
            parts.push(Located::new(*part, word.span));
            continue;
        }
        let finding = TYPE.at(word.span, format!("invalid value `{}` for `hide`", word.value));
        found.push(if let Some(near) = nearest(&word.value, names) {
            let edit = Edit { span: word.span, replacement: near.to_owned() };
            finding.help(format!("did you mean `{near}`?")).fix(Fix::suggested(vec![edit]))
        } else {
            finding.help(format!("use one of {}", names.map(|name| format!("`{name}`")).join(", ")))
        });
    }
    parts
}

#[cfg(test)]
mod tests;
