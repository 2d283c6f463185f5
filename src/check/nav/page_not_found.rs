//! `nav/page-not-found`: an entry of the outline whose file is not there.

use crate::check::link::nearest_file;
use crate::diagnostic::{Edit, Findings, Fix, Rule};
use crate::site::Site;
use crate::text::SourcePath;

/// The rule.
pub static RULE: Rule = Rule::error("nav/page-not-found", include_str!("page_not_found.md"));

/// Looks at the outline.
pub fn check(site: &Site, found: &mut Findings) {
    for missing in &site.nav.missing {
        let mut finding = RULE.at(missing.span, format!("`{}` is not there", missing.value));
        let wanted = site.source_folder().join(&missing.value).ok();
        let in_folder = wanted.and_then(|path| nearest_file(site, &path));
        let in_folder = in_folder.map(|file| file.relative_to(&site.source_folder()));
        // Where all pages come from mounts, the outline names them by the places they are mounted at.
        let mounted = || {
            let source = site.nearest_mounted(&SourcePath::new(&missing.value).ok()?)?;
            Some(site.page(site.page_from(source)?).mounted.to_string())
        };
        if let Some(better) = in_folder.or_else(mounted) {
            let edits = vec![Edit { span: missing.span, replacement: better.clone() }];
            finding = finding.help(format!("did you mean `{better}`?")).fix(Fix::suggested(edits));
        }
        found.push(finding);
    }
}
