//! Keys that tell whether a link in a hand-written copy and a playbook step mean the same template.

use std::fmt;

use super::{On, Strip};
use crate::markdown::{Element, Link, LinkKind, TableCell};
use crate::playbook::drift::Template;
use crate::site::{PageContent, PageId, Site, SitePlaybook, Target};
use crate::source::{Located, Span};

/// A template, as a link or a step names it.
#[derive(Clone, Debug)]
pub(super) struct TemplateKey {
    /// Its path in the published tree, or in the repository.
    path: String,
    form: CopiedLink,
}

#[derive(Clone, Debug)]
enum CopiedLink {
    /// A link that is written as a path.
    Path,
    /// A link that is written as an address.
    Address,
    /// A link that must not be edited: a definition that other links use as well.
    Fixed,
    /// What a step declares: the path and the address to write on this page.
    Step { path: Option<String>, address: Option<String> },
}

impl PartialEq for TemplateKey {
    fn eq(&self, other: &Self) -> bool {
        // `nda.md` and `/legal/nda/` are one document. The form matters only for writing a better link.
        self.path == other.path
    }
}

impl fmt::Display for TemplateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl Template for TemplateKey {
    fn in_place_of(&self, link: &Self) -> Option<String> {
        let CopiedLink::Step { path, address } = &self.form else { return None };
        match link.form {
            CopiedLink::Path => path.clone(),
            CopiedLink::Address => address.clone(),
            CopiedLink::Fixed | CopiedLink::Step { .. } => None,
        }
    }
}

impl Site {
    /// The template of a step, as a page names it; nothing when it has none or its file is missing.
    pub(super) fn key_of_step(&self, on: On<'_>, entry: &SitePlaybook, step: usize) -> Option<TemplateKey> {
        let target = &entry.templates.get(step)?.as_ref()?.target;
        let source = match target {
            Target::Page(id, _) => self.page(*id).source.as_ref(),
            Target::Asset(id, _) => Some(&self.asset(*id).source),
            Target::Repository { path, .. } => Some(path),
            Target::External(_) | Target::Open | Target::Nowhere => None,
        };
        let folder = self.page(on.id).source.as_ref().map(crate::source::SourcePath::parent);
        let path = source.zip(folder).map(|(source, folder)| source.relative_to(&folder));
        let address = self.href(on.id, target).map(|href| href.as_str().to_owned());
        // A path with spaces or brackets needs escapes that depend on where it is written: that is left to the author.
        let plain =
            |text: &String| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-~+@#".contains(&byte));
        let form = CopiedLink::Step { path: path.filter(plain), address: address.filter(plain) };
        Some(TemplateKey { path: self.template_path(target)?, form })
    }

    /// The template that a cell links, at the link's destination.
    pub(super) fn linked_in(&self, on: On<'_>, cell: &TableCell) -> Option<Located<TemplateKey>> {
        let first = cell.links.start as usize;
        (!cell.links.is_empty()).then(|| self.linked(on, first))?
    }

    /// The template that a chip links: by itself, or inside it.
    pub(super) fn linked_by(&self, on: On<'_>, strip: &Strip<'_>, chip: usize) -> Option<Located<TemplateKey>> {
        let elements = &on.page.document.elements;
        let (own, behind) = elements.get(chip..)?.split_first()?;
        let beside = |other: &&Element| other.parent == own.parent && other.tag.source == own.tag.source;
        let next = behind.iter().find(beside).map(|next| next.tag.start);
        let end = next.or(strip.element.replaceable.map(|all| all.end)).unwrap_or(own.span.end);
        // In Markdown a link's destination follows its text, and so comes after the end of the chip's text.
        let is_around = |whole: Span| (own.tag.start..=own.span.end).contains(&whole.start);
        let is_inside = |link: &Link| {
            let span = link.span;
            span.source == own.tag.source && ((own.tag.start..end).contains(&span.start) || is_around(link.whole))
        };
        self.linked(on, on.page.links.iter().position(is_inside)?)
    }

    /// The document that a link of a page leads to. Pages of playbooks are not documents.
    fn linked(&self, on: On<'_>, link: usize) -> Option<Located<TemplateKey>> {
        let target = &self.links(on.id).get(link)?.target;
        let written = on.page.links.get(link)?;
        let path = self.template_path(target).filter(|_| !self.is_of_playbook(target))?;
        Some(Located::new(TemplateKey { path, form: form_of(on, written) }, written.span))
    }

    fn is_of_playbook(&self, target: &Target) -> bool {
        let is_playbook = |page: PageId| {
            self.playbook_of(page).is_some() || matches!(self.page(page).content, PageContent::Playbooks)
        };
        matches!(target, Target::Page(page, _) if is_playbook(*page))
    }

    /// What a template is known by, however it is written.
    fn template_path(&self, target: &Target) -> Option<String> {
        match target {
            Target::Page(id, _) => Some(self.page(*id).mounted.to_string()),
            Target::Asset(id, _) => Some(self.asset(*id).source.to_string()),
            Target::Repository { path, .. } => Some(path.to_string()),
            Target::External(_) | Target::Open | Target::Nowhere => None,
        }
    }
}

fn form_of(on: On<'_>, link: &Link) -> CopiedLink {
    // Several links through one definition share its span: editing it would redirect all of them.
    let is_shared = on.page.links.iter().filter(|other| other.span == link.span).count() > 1;
    let is_inline = link.whole.start <= link.span.start && link.span.end <= link.whole.end;
    // With escapes, or in an included file, the bytes at the span are not the destination that would be replaced.
    let is_as_written = link.span.len() == link.destination.len() && on.page.included_file_of(link).is_none();
    if is_shared || !is_inline || !is_as_written {
        return CopiedLink::Fixed;
    }
    let path = link.destination.split(['#', '?']).next().unwrap_or_default();
    let is_file = path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("md"));
    match link.kind {
        LinkKind::Markdown => CopiedLink::Path,
        LinkKind::HtmlHref if is_file => CopiedLink::Path,
        LinkKind::HtmlHref => CopiedLink::Address,
        _ => CopiedLink::Fixed,
    }
}
