//! `link/bare-url`: a web address in the text, without a name.

use crate::diagnostic::{Diagnostics, Edit, Fix, Rule};
use crate::markdown::LinkKind;
use crate::site::{PageId, Site};

/// The rule.
pub static RULE: Rule = Rule::warning("link/bare-url", include_str!("bare_url.md")).off();

/// Looks at addresses that are links only because they look like one.
pub fn check(site: &Site, page: PageId, found: &mut Diagnostics) {
    let Some(page) = site.page(page).markdown() else { return };
    // In angle brackets, and in those of a blank to fill in, the link is more than its address.
    let is_bare = |kind, span, whole| kind == LinkKind::Autolink && span == whole;
    for link in page.links.iter().filter(|link| is_bare(link.kind, link.span, link.whole)) {
        let finding = RULE.at(link.span, format!("bare URL `{}`", link.text));
        let help = "write `[text](address)`, or put the URL between `<` and `>`";
        // Angle brackets want the whole address: `www.` alone is none.
        let has_scheme = link.text == link.destination;
        let ends = || {
            let (start, end) = (link.span.part(0..0), link.span.part(link.span.len()..link.span.len()));
            let edit = |span, mark: &str| Edit { span, replacement: mark.to_owned() };
            // Two insertions leave the address alone; to replace it would undo escapes that the author wrote.
            let edits = vec![edit(start, "<"), edit(end, ">")];
            // `https://[your site]/` stands for an address; where it ends, its author knows.
            let is_blank = link.text.contains(['[', ']', '{', '…']) || link.text.contains("...");
            if is_blank { Fix::suggested(edits) } else { Fix::safe(edits) }
        };
        found.push(finding.help(help).fix_if(has_scheme.then(ends)));
    }
}
