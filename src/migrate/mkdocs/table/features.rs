//! The features of Material: `theme/features`.

use super::{MkdocsRows, carried, lost, needless, works};
use crate::migrate::report::Counterpart;

pub(super) static ROWS: MkdocsRows = &[
    lost("theme/features/announce.dismiss", "the announcement stays until you remove it"),
    works("theme/features/content.action.edit", "pages link to their source if there is an `edit-url-template`"),
    lost("theme/features/content.action.view", "pages link to where they are edited, not to the raw file"),
    works("theme/features/content.code.annotate", "annotations in code"),
    works("theme/features/content.code.copy", "a button to copy code"),
    lost("theme/features/content.code.select", "lines of code can't be selected with a button"),
    lost("theme/features/content.footnote.tooltips", "footnotes are at the end of the page"),
    works("theme/features/content.tabs.link", "tabs with the same names are switched together"),
    lost("theme/features/content.tooltips", "titles of links are shown as the browser does"),
    lost("theme/features/header.autohide", "the header is always in view"),
    lost("theme/features/navigation.expand", "the navigation shows the way to the current page"),
    works("theme/features/navigation.footer", "links to the previous and the next page"),
    carried("theme/features/navigation.indexes", |_, _| Counterpart::to("SUMMARY.md: the names of sections are links")),
    needless("theme/features/navigation.instant", "pages are small, and browsers load them ahead"),
    needless("theme/features/navigation.instant.prefetch", "browsers load pages ahead"),
    needless("theme/features/navigation.instant.progress", "pages are small"),
    lost("theme/features/navigation.instant.preview", "links have no previews"),
    works("theme/features/navigation.path", "the path above the page's title"),
    needless("theme/features/navigation.prune", "the navigation never contains the whole site"),
    lost("theme/features/navigation.sections", "sections at the top are entries like all others"),
    carried("theme/features/navigation.tabs", |_, _| Counterpart::to("SUMMARY.md: sections at the top are parts")),
    works("theme/features/navigation.tabs.sticky", "the header is always in view"),
    lost("theme/features/navigation.top", "there is no button back to the top"),
    lost("theme/features/navigation.tracking", "the address doesn't follow the heading in view"),
    works("theme/features/search.highlight", "the search marks what was found"),
    lost("theme/features/search.share", "a search has no link of its own to share"),
    works("theme/features/search.suggest", "the search finds words while they are typed"),
    works("theme/features/toc.follow", "the outline follows the page"),
    lost("theme/features/toc.integrate", "the outline has a place of its own"),
    lost("theme/features/*", "not known to this command, so nothing was done with it"),
];
