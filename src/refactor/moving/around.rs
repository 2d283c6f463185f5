//! Updates everything else that names files: the navigation, playbooks and book.toml.

use super::links::{in_form, path_span, raw_path, rewrite_path};
use super::path::Quoting;
use super::{Move, Scene};
use crate::diagnostic::Edit;
use crate::outline::{self, OutlineEntry, OutlineItem};
use crate::page::EmbedContent;
use crate::page::directive::table::Argument;
use crate::playbook::{IdResolution, PlaybookNames, last_part};
use crate::project::settings::book_toml;
use crate::project::settings::keys::{PathBase, PathKind, WrittenPath};
use crate::project::{Config, FileSet};
use crate::refactor::Edits;
use crate::site::{SitePlaybook, TemplateReference};
use crate::source::{Located, Part as _, SourcePath, Sources, Span};
use crate::url::Destination;

impl Scene<'_> {
    /// The entries of `SUMMARY.md`.
    pub(super) fn outline(&mut self) {
        let Some(path) = self.before.config.summary.clone() else { return };
        let Some(source) = self.sources.id(&path) else { return };
        let outline = outline::parse(self.sources.get(source).text(), source).value;
        let mut open: Vec<&OutlineEntry> = Vec::new();
        open.extend(outline.items.iter().filter_map(|item| match item {
            OutlineItem::Chapter(chapter) => Some(chapter),
            OutlineItem::Part(_) | OutlineItem::Separator(_) => None,
        }));
        while let Some(chapter) = open.pop() {
            open.extend(&chapter.children);
            if let Some(destination) = &chapter.destination {
                self.entry(destination, &path);
            }
        }
    }

    /// A path in the navigation, or one that is resolved in the same way.
    fn entry(&mut self, destination: &Located<String>, outline: &SourcePath) {
        let Destination::Local { path, .. } = Destination::parse(&destination.value) else { return };
        let folders = [outline.parent(), self.before.source_folder()];
        let written = self.sources.text(destination.span);
        let new = self.looked_up(raw_path(written), &path, &folders, Some(&self.moved.apply(outline).parent()));
        if let Some(new) = new.filter(|_| !path.is_empty()) {
            self.replace(path_span(written, destination.span), &new);
        }
    }

    /// A path that is looked up in several folders, then among mounted files. The first folder may change with the
    /// move.
    fn looked_up(
        &self,
        written: &str,
        path: &str,
        folders: &[SourcePath],
        first_now: Option<&SourcePath>,
    ) -> Option<String> {
        for (at, folder) in folders.iter().enumerate() {
            let Ok(old) = folder.join(path) else { continue };
            let reading = self.before.reading_from(Some(&old), None).and_then(|reading| reading.source);
            let Some(source) = reading.or_else(|| self.before.in_repository(&old).then(|| old.clone())) else {
                continue;
            };
            let new = in_form(&old, &source, &self.moved.apply(&source));
            let folder_now = first_now.filter(|_| at == 0).cloned().unwrap_or_else(|| self.moved.apply(folder));
            return Some(rewrite_path(written, Quoting::Bare, (folder, &old), (&folder_now, &new)));
        }
        let old = SourcePath::new(path).ok()?;
        let source = self.before.reading_from(None, Some(&old))?.source?;
        let before = &self.places_before.get(&source)?.mounted;
        let new = in_form(&old, before, &self.now(&source)?.mounted);
        let root = SourcePath::root();
        Some(rewrite_path(written, Quoting::Bare, (&root, &old), (&root, &new)))
    }

    /// The templates of playbooks, and references to playbooks whose files are renamed.
    pub(super) fn playbooks(&mut self) {
        let before = self.before;
        for entry in &before.playbooks {
            let folders = [before.source_folder(), SourcePath::root(), entry.source.parent()];
            for template in entry.playbook.steps.iter().filter_map(|step| step.template.as_ref()) {
                let written = template.value.as_str();
                let TemplateReference { path, section } = TemplateReference::parse(written);
                let whole = self.looked_up(written, written, &folders, None);
                let new = whole.or_else(|| {
                    let path = self.looked_up(path, path, &folders, None)?;
                    Some(section.map_or_else(|| path.clone(), |section| format!("{path}#{section}")))
                });
                if let Some(new) = new {
                    self.replace_value(template, &new);
                }
            }
        }
        for entry in &before.playbooks {
            for (link, _) in before.playbook_links(entry) {
                // YAML can write a string with escapes; then its span is the whole string.
                let is_verbatim = self.sources.text(link.span) == link.destination;
                if let (true, Destination::Local { path, .. }) = (is_verbatim, Destination::parse(&link.destination))
                    && !path.is_empty()
                    && let Some(new) = self.on_page(entry.page, before.page(entry.page), &entry.source, link, &path)
                {
                    self.replace(path_span(&link.destination, link.span), &new);
                }
            }
        }
        self.playbook_names();
    }

    /// References to playbooks by id. If the author wrote only the last part of an id, the new reference is the last
    /// part of the new one, as long as that's enough.
    fn playbook_names(&mut self) {
        let before = self.before;
        let new_id = |entry: &SitePlaybook| {
            let now = self.moved.apply(&entry.source);
            self.playbook_id_now(&now).unwrap_or_else(|| entry.playbook.id.clone())
        };
        let ids: Vec<String> = before.playbooks.iter().map(new_id).collect();
        // By the ids after the move: `recruit` may have been the only one before, and one of two now.
        let names = PlaybookNames::of_ids(ids.iter().map(|id| (id.as_str(), "")));
        let next = before.playbooks.iter().flat_map(|entry| &entry.playbook.next_playbook);
        let pages = || before.pages.iter().filter_map(|page| page.markdown());
        let front = pages().filter_map(|page| page.front.playbook.as_ref());
        let parts = pages().flat_map(|page| &page.embeds).filter_map(|embed| match embed {
            EmbedContent::Directive(part) if part.kind.argument == Argument::Playbook => Some(&part.argument),
            _ => None,
        });
        for named in next.chain(front).chain(parts) {
            // An ambiguous or unknown id is reported as before; guessing would hide the finding.
            let Some(at) = before.playbook_names().by_id(&named.value).one() else { continue };
            let Some((old, id)) = before.playbooks.get(at).zip(ids.get(at)) else { continue };
            let is_short = named.value != old.playbook.id;
            let short = last_part(id);
            let new = if is_short && names.by_id(short) == IdResolution::One(at) { short } else { id };
            self.replace_value(named, new);
        }
    }

    /// The id of a playbook file after the move. The playbooks folder may move too.
    pub(super) fn playbook_id_now(&self, now: &SourcePath) -> Option<String> {
        let config = &self.before.config;
        let dir = config.playbooks.dir.as_ref()?;
        let own = config.playbook_id(now).map(str::to_owned);
        own.or_else(|| config.playbook_id(&dir.join(now.below(&self.moved.apply(dir))?).ok()?).map(str::to_owned))
    }

    /// Replaces a value, inside its quotes if it has any.
    fn replace_value(&mut self, value: &Located<String>, new: &str) {
        if let Some(span) = inside(self.sources, value) {
            self.replace(span, new);
        }
    }

    /// The links in book.toml: in the header, in its lines of text, and the targets of redirects.
    pub(super) fn settings(&mut self) {
        let config = &self.before.config;
        // Links of book.toml are looked up like those of `SUMMARY.md`, whether there is one or not.
        let outline = self.before.source_folder().join("SUMMARY.md").unwrap_or_else(|_| SourcePath::root());
        for link in &config.theme.links {
            let bare = inside(self.sources, &link.href).map(|span| Located::new(link.href.value.clone(), span));
            if let Some(href) = bare {
                self.entry(&href, &outline);
            }
        }
        let lines = [&self.before.lines.announcement, &self.before.lines.footer].into_iter().flatten();
        for link in lines.flat_map(|line| &line.links) {
            let destination = Located::new(link.destination.clone(), link.span);
            if self.sources.text(link.span) == link.destination {
                self.entry(&destination, &outline);
            }
        }
        for (_, to) in &config.written.html.redirect {
            let Destination::Local { path, .. } = Destination::parse(&to.value) else { continue };
            let span = inside(self.sources, to);
            if let (Some(span), true) = (span, path.starts_with('/'))
                && let Some(new) = self.rooted(&path)
            {
                self.replace(path_span(self.sources.text(span), span), &new);
            }
        }
    }
}

/// The span of a value that is written as it reads, without its quotes.
pub(super) fn inside(sources: &Sources, value: &Located<String>) -> Option<Span> {
    let at = sources.text(value.span).find(value.value.as_str())?;
    (!value.value.is_empty()).then(|| value.span.part(at..at + value.value.len()))
}

/// The edits of paths in book.toml. They come first, because they determine what is part of the site.
#[must_use]
pub fn move_in_settings(text: &str, config: &Config, tree: &FileSet, moved: &Move) -> Edits {
    let book = book_toml::parse(text, config.book_toml).value;
    let mut edits = Edits::default();
    let mut replace = |value: &Located<String>, new: String| {
        let at = text.part(value.span.range()).find(value.value.as_str()).filter(|_| new != value.value);
        if let Some(at) = at {
            let span = value.span.part(at..at + value.value.len());
            edits.add(&[Edit { span, replacement: new }]);
        }
    };
    let project = config.place.project().clone();
    let own = config.source.clone().unwrap_or_else(SourcePath::root);
    let root = SourcePath::root();
    for WrittenPath { written, base, kind, .. } in &book.paths {
        let folders: &[&SourcePath] = match base {
            // What a build writes is not in the repository, so it can't have moved with it.
            _ if *kind == PathKind::Output => continue,
            PathBase::Repository => {
                // A pattern can't be looked up, but the folder that it begins with may have moved.
                let rest = written.value.strip_prefix(moved.from.as_str());
                if let Some(rest) = rest.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                    replace(written, format!("{}{rest}", moved.to));
                }
                continue;
            }
            PathBase::Project => &[&project],
            PathBase::Content => &[&own],
            PathBase::Anywhere => &[&project, &own, &root],
        };
        let found = folders.iter().filter_map(|folder| Some((*folder, folder.join(&written.value).ok()?)));
        let found = found.into_iter().find(|(_, path)| tree.contains(path) || tree.has_folder(path));
        if let Some((folder, path)) = found {
            let (old, new) = ((folder, &path), (&moved.apply(folder), &moved.apply(&path)));
            replace(written, rewrite_path(&written.value, Quoting::Verbatim, old, new));
        }
    }
    edits
}
