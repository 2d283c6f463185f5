//! The extensions of Python-Markdown, with their options.

use super::{MkdocsRows, carried, lost, needless, parts, works};
use crate::migrate::book::BookValue;
use crate::migrate::mkdocs::draft::{MkdocsDraft, list, text_of, texts_of};
use crate::migrate::report::Counterpart;
use crate::migrate::row::{self, FoundSetting};

pub(super) static ROWS: MkdocsRows = &[
    parts("markdown_extensions"),
    works("markdown_extensions/abbr", "abbreviations"),
    works("markdown_extensions/admonition", "callouts"),
    works("markdown_extensions/attr_list", "attributes in braces"),
    works("markdown_extensions/callouts", "callouts in block quotes"),
    works("markdown_extensions/codehilite", "highlighted code"),
    needless("markdown_extensions/codehilite/*", "code is highlighted in the theme's colours"),
    works("markdown_extensions/def_list", "definition lists"),
    works("markdown_extensions/extra", "tables, footnotes, abbreviations, definition lists, attributes, fenced code"),
    works("markdown_extensions/fenced_code", "fenced code"),
    works("markdown_extensions/footnotes", "footnotes"),
    lost("markdown_extensions/footnotes/*", "footnotes look as the theme has them"),
    works("markdown_extensions/github-callouts", "callouts in block quotes"),
    works("markdown_extensions/md_in_html", "Markdown in HTML"),
    works("markdown_extensions/mdx_breakless_lists", "lists right below a paragraph"),
    works("markdown_extensions/mdx_truly_sane_lists", "lists nested by the width of their marker"),
    needless("markdown_extensions/mdx_truly_sane_lists/*", "lists nest by the width of their marker"),
    works("markdown_extensions/mdx_math", "formulas, with `[markdown] math`"),
    works("markdown_extensions/meta", "front matter"),
    lost("markdown_extensions/nl2br", "a line break needs a backslash or two spaces before it"),
    works("markdown_extensions/sane_lists", "lists of one kind"),
    carried("markdown_extensions/smarty", smart),
    works("markdown_extensions/tables", "tables"),
    works("markdown_extensions/toc", "an outline of each page, and headings with ids as MkDocs makes them"),
    carried("markdown_extensions/toc/slugify", slugify),
    lost("markdown_extensions/toc/toc_depth", "the outline of a page shows its headings of the second and third level"),
    needless("markdown_extensions/toc/permalink", "headings have links"),
    needless("markdown_extensions/toc/permalink_title", "headings have links"),
    needless("markdown_extensions/toc/anchorlink", "headings have links"),
    needless("markdown_extensions/toc/anchorlink_class", "headings have links"),
    needless("markdown_extensions/toc/title", "the theme names the outline"),
    lost("markdown_extensions/toc/baselevel", "headings keep the level that they are written with"),
    lost("markdown_extensions/toc/*", "not known to this command, so nothing was done with it"),
    lost("markdown_extensions/wikilinks", "links in double brackets aren't links here"),
    carried("markdown_extensions/pymdownx.arithmatex", math),
    needless("markdown_extensions/pymdownx.arithmatex/*", "formulas are made when the site is built"),
    works("markdown_extensions/pymdownx.b64", "images keep files of their own"),
    works("markdown_extensions/pymdownx.betterem", "emphasis"),
    needless("markdown_extensions/pymdownx.betterem/*", "emphasis follows CommonMark"),
    works("markdown_extensions/pymdownx.blocks.admonition", "callouts"),
    works("markdown_extensions/pymdownx.blocks.admonition/types", "callouts of any type"),
    needless("markdown_extensions/pymdownx.blocks.admonition/types/*", "callouts can have any type"),
    works("markdown_extensions/pymdownx.blocks.details", "collapsible blocks"),
    works("markdown_extensions/pymdownx.blocks.tab", "content tabs"),
    needless("markdown_extensions/pymdownx.blocks.tab/*", "content tabs look as the theme has them"),
    works("markdown_extensions/pymdownx.caret", "superscript and insertions"),
    works("markdown_extensions/pymdownx.critic", "marked changes"),
    works("markdown_extensions/pymdownx.details", "collapsible blocks"),
    works("markdown_extensions/pymdownx.emoji", "emoji and icons"),
    needless("markdown_extensions/pymdownx.emoji/emoji_index", "emoji and icons are built in"),
    needless("markdown_extensions/pymdownx.emoji/emoji_generator", "emoji and icons are built in"),
    lost("markdown_extensions/pymdownx.emoji/*", "only the icon sets that are built in are known"),
    works("markdown_extensions/pymdownx.extra", "tables, footnotes, abbreviations, attributes, fenced code"),
    works("markdown_extensions/pymdownx.highlight", "highlighted code"),
    needless("markdown_extensions/pymdownx.highlight/*", "code is highlighted when the site is built"),
    works("markdown_extensions/pymdownx.inlinehilite", "highlighted code in a line"),
    needless("markdown_extensions/pymdownx.inlinehilite/*", "code is highlighted when the site is built"),
    works("markdown_extensions/pymdownx.keys", "keys"),
    works("markdown_extensions/pymdownx.magiclink", "bare addresses are links"),
    lost("markdown_extensions/pymdownx.magiclink/*", "`#12` and `@name` don't become links to a code host"),
    works("markdown_extensions/pymdownx.mark", "marked text"),
    needless("markdown_extensions/pymdownx.mark/*", "marks are read inside words only where they are closed"),
    lost("markdown_extensions/pymdownx.pathconverter", "links are always relative, and checked"),
    lost("markdown_extensions/pymdownx.progressbar", "there are no progress bars"),
    works("markdown_extensions/pymdownx.saneheaders", "a heading needs a space after `#`"),
    carried("markdown_extensions/pymdownx.smartsymbols", smart),
    works("markdown_extensions/pymdownx.snippets", "snippets"),
    carried("markdown_extensions/pymdownx.snippets/base_path", base_path),
    carried("markdown_extensions/pymdownx.snippets/auto_append", append),
    needless("markdown_extensions/pymdownx.snippets/check_paths", "a missing file is always reported"),
    needless("markdown_extensions/pymdownx.snippets/dedent_subsections", "parts of a file lose their indentation"),
    needless("markdown_extensions/pymdownx.snippets/restrict_base_path", "nothing outside the repository is read"),
    needless("markdown_extensions/pymdownx.snippets/encoding", "files are UTF-8"),
    lost("markdown_extensions/pymdownx.snippets/*", "nothing is included from the web"),
    works("markdown_extensions/pymdownx.striphtml", "HTML comments aren't published"),
    works("markdown_extensions/pymdownx.superfences", "fenced code anywhere"),
    carried("markdown_extensions/pymdownx.superfences/custom_fences", fences),
    needless("markdown_extensions/pymdownx.superfences/*", "fenced code is read as CommonMark says"),
    works("markdown_extensions/pymdownx.tabbed", "content tabs"),
    needless("markdown_extensions/pymdownx.tabbed/*", "content tabs look as the theme has them"),
    works("markdown_extensions/pymdownx.tasklist", "task lists"),
    needless("markdown_extensions/pymdownx.tasklist/*", "task lists look as the theme has them"),
    works("markdown_extensions/pymdownx.tilde", "subscript and deletions"),
    needless("markdown_extensions/pymdownx.caret/*", "`^` and `^^` are both read"),
    needless("markdown_extensions/pymdownx.tilde/*", "`~` and `~~` are both read"),
    works("markdown_extensions/zensical.extensions.emoji", "emoji and icons"),
    lost("markdown_extensions/zensical.extensions.preview", "links have no previews"),
    lost("markdown_extensions/material.extensions.preview", "links have no previews"),
    works("markdown_extensions/zensical.extensions.macros", "variables of `extra`; macros and filters are reported"),
    lost("markdown_extensions/mdx_include", "`{! … !}` is reported where it is used"),
    lost("markdown_extensions/markdown_include.include", "`{! … !}` is reported where it is used"),
    lost("markdown_extensions/markdown_include_variants", "`{* … *}` is reported where it is used"),
    lost("markdown_extensions/mkautodoc", "no documentation is made from code: generate it, and mount it"),
    lost("markdown_extensions/mkdocs-click", "no documentation is made from code: generate it, and mount it"),
    lost("markdown_extensions/mkdocs-typer2", "no documentation is made from code: generate it, and mount it"),
    lost("markdown_extensions/plantuml_markdown", "only Mermaid diagrams are drawn"),
    lost("markdown_extensions/markdown_grid_tables", "tables made of `+` and `-` aren't read"),
    lost("markdown_extensions/*", "not known to this command; what it reads is shown as it is written"),
];

fn smart(draft: &mut MkdocsDraft, _: &FoundSetting<'_>) -> Counterpart {
    draft.book.set("output.html", "smart-punctuation", BookValue::Flag(true));
    Counterpart::to("[output.html] smart-punctuation; arrows and fractions stay as they are typed")
}

fn math(draft: &mut MkdocsDraft, _: &FoundSetting<'_>) -> Counterpart {
    draft.book.set("markdown", "math", BookValue::Flag(true));
    Counterpart::to("[markdown] math; no script is needed")
}

/// How headings get their ids: a function by its name, in a tag or as a text.
fn slugify(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let name =
        format!("{}{}", found.value.tag.as_deref().unwrap_or_default(), found.value.as_text().unwrap_or_default());
    let style = if name.contains("pymdownx") { "pymdownx" } else { "mkdocs" };
    draft.book.set("output.html", "heading-ids", style);
    Counterpart::to(format!("[output.html] heading-ids = \"{style}\""))
}

fn base_path(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    draft.book.set("markdown", "include-paths", list(texts_of(found.value)));
    Counterpart::to("[markdown] include-paths")
}

/// Files that every page includes, which are looked for in the folders of snippets.
fn append(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let folders = draft.setting("markdown_extensions/pymdownx.snippets/base_path").map(texts_of).unwrap_or_default();
    let files = texts_of(found.value).into_iter().map(|file| {
        let places: Vec<String> =
            folders.iter().map(|folder| format!("{}/{file}", folder.trim_end_matches('/'))).collect();
        let existing = places.iter().find(|place| draft.files.contains(place));
        // A hidden folder is not listed before book.toml names it.
        existing.or(places.first()).cloned().unwrap_or(file)
    });
    let files: Vec<String> = files.collect();
    draft.book.set("markdown", "append", list(files));
    Counterpart::to("[markdown] append")
}

/// Fences that other programs draw.
fn fences(_: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let names = row::parts(found.value).into_iter().filter(|(key, _)| *key == "name");
    let others: Vec<String> = names
        .filter_map(|(_, value)| text_of(value))
        .filter(|name| name != "mermaid")
        .map(|name| format!("`{name}`"))
        .collect();
    if others.is_empty() {
        Counterpart::to("Mermaid diagrams are drawn when the site is built")
    } else {
        Counterpart::lost(format!("{} are shown as code; Mermaid is drawn", others.join(", ")))
    }
}
