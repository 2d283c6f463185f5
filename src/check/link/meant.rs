//! What a link to nothing probably means.
//! In: the path of such a link, and the site. Out: the file it means, and how a link to it is written there.
//! Never knows: how links are resolved.

use super::nearest_file;
use crate::check::Broken;
use crate::diagnostic::Applicability;
use crate::markdown::LinkKind;
use crate::site::{PageId, Resolution, Site, Target};
use crate::source::SourcePath;
use crate::url::SitePath;

/// What a link means.
pub(super) struct LinkSuggestion {
    /// The file.
    pub(super) file: SourcePath,
    /// The path to it as its author would write it, without a fragment.
    pub(super) path: String,
    /// How sure that is.
    pub(super) applicability: Applicability,
    /// What makes it sure: `the page moved`.
    pub(super) why: Option<&'static str>,
}

/// What a link on a page means: the same name with `.md`; where a redirect leads on; where the file went; else
/// what is spelt nearly so.
pub(super) fn meant(site: &Site, page: PageId, broken: &Broken<'_>, path: &str) -> Option<LinkSuggestion> {
    let own = site.page(page);
    // From the file that the link is written in.
    let folder = broken.folder.as_ref()?;
    let kind = broken.link.kind;
    let wanted = folder.join(path).ok();
    let in_site = own.mounted.parent().join(path).ok();
    let found = |file: SourcePath, applicability, why| {
        let slash = if path.ends_with('/') && site.repository.has_folder(&file) { "/" } else { "" };
        let as_file = || format!("{}{slash}", file.relative_to(folder));
        let path = written(site, page, &file, path, kind).unwrap_or_else(as_file);
        Some(LinkSuggestion { file, path, applicability, why })
    };
    // `..\\exit.md`, as file managers of Windows have it.
    if let Some(forward) = Some(path).filter(|path| path.contains('\\')).map(|path| path.replace('\\', "/"))
        && let Some(file) = file_behind(site, &site.resolve(page, kind, &forward))
    {
        let why = Some("paths use forward slashes");
        return Some(LinkSuggestion { file, path: forward, applicability: Applicability::Safe, why });
    }
    // Wikis and MkDocs leave the ending out, so it comes before any guess.
    let with_extension = wanted.as_ref().and_then(|path| SourcePath::new(&format!("{path}.md")).ok());
    if let Some(file) = with_extension.filter(|file| site.repository.contains(file)) {
        return found(file, Applicability::Safe, None);
    }
    let as_file = in_site.as_ref().map(|path| SitePath::new(path.as_str()));
    let addresses = [own.address.follow(path), as_file];
    // Old addresses may be written as such in texts that moved from another tool.
    if let Some(target) = addresses.iter().flatten().find_map(|address| site.redirected(address))
        && let Some(file) = site.page(target).source.clone()
    {
        return found(file, Applicability::Safe, Some("there is a redirect from this address"));
    }
    // The file that says so may have moved itself: then its path counts from where it was.
    let own_file = broken.file.and_then(|file| site.repository.moves().before(file));
    let from_before = own_file.and_then(|file| file.parent().join(path).ok());
    let there = |path: &SourcePath| site.in_repository(path).then(|| path.clone());
    let moved = from_before.and_then(|path| there(&path).or_else(|| site.repository.moved_to(&path).cloned()));
    let moved = moved.or_else(|| site.repository.moved_to(wanted.as_ref()?).cloned());
    // Git tells by what is in the files, and may take one for another that says nearly the same.
    if let Some(file) =
        moved.or_else(|| addresses.iter().flatten().find_map(|old| site.moved_from_address(old)).cloned())
    {
        return found(file, Applicability::Suggested, Some("the file has moved"));
    }
    // Last, as a file that is spelt nearly so may have nothing to do with what was meant.
    let near = wanted.and_then(|wanted| nearest_file(site, &wanted));
    let near = near.or_else(|| site.nearest_mounted(in_site.as_ref()?).cloned());
    let near = near.or_else(|| site.nearest_served(&own.address.follow(path)?).cloned());
    found(near?, Applicability::Suggested, None)
}

/// The file that a sound link leads to.
fn file_behind(site: &Site, link: &Resolution) -> Option<SourcePath> {
    match (&link.problem, &link.target) {
        (None, Target::Page(page, _)) => site.page(*page).source.clone(),
        (None, Target::Asset(asset, _)) => Some(site.asset(*asset).source.clone()),
        (None, Target::Repository { path, .. }) => Some(path.clone()),
        (Some(_), _) | (None, Target::External(_) | Target::Open | Target::Nowhere) => None,
    }
}

/// How a link to a file is written where links are addresses: raw HTML and clicks that name no `.md`.
fn written(site: &Site, page: PageId, file: &SourcePath, path: &str, kind: LinkKind) -> Option<String> {
    let is_address = matches!(kind, LinkKind::HtmlHref | LinkKind::HtmlSrc);
    if !is_address || SourcePath::new(path.trim_start_matches("../")).is_ok_and(|path| path.is_markdown()) {
        return None;
    }
    let target = match site.page_from(file) {
        Some(id) => return site.href(page, &Target::Page(id, None)).map(|href| href.as_str().to_owned()),
        None => site.asset_href(&site.page(page).address, file)?,
    };
    Some(target.as_str().to_owned())
}
