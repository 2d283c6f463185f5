//! The settings at the top of mkdocs.yml, and those below `extra`.

use super::{MkdocsRows, carried, is_off, lost, needless, parts, unusable};
use crate::migrate::book::BookValue;
use crate::migrate::mkdocs::draft::{MkdocsDraft, list, text_of};
use crate::migrate::report::Counterpart;
use crate::migrate::row::FoundSetting;
use crate::yaml::{NodeContent, YamlNode};

pub(super) static ROWS: MkdocsRows = &[
    carried("site_name", |draft, found| text(draft, found, "book", "title")),
    carried("site_description", |draft, found| text(draft, found, "book", "description")),
    carried("site_author", author),
    carried("site_url", |draft, found| text(draft, found, "output.html", "site-url")),
    carried("site_dir", |draft, found| text(draft, found, "build", "build-dir")),
    carried("docs_dir", |_, _| Counterpart::to("[book] src")),
    carried("use_directory_urls", |_, _| Counterpart::to("[output.html] url-style")),
    carried("copyright", |draft, found| text(draft, found, "theme", "footer")),
    carried("repo_url", |draft, found| text(draft, found, "output.html", "git-repository-url")),
    carried("repo_name", |draft, found| text(draft, found, "theme", "repository-name")),
    carried("edit_uri", edit_uri),
    carried("edit_uri_template", edit_uri_template),
    carried("nav", |_, _| Counterpart::to("SUMMARY.md")),
    carried("exclude_docs", exclude),
    carried("draft_docs", exclude),
    carried("not_in_nav", not_in_nav),
    carried("extra_css", |draft, found| assets(draft, found, "additional-css")),
    carried("extra_javascript", |draft, found| assets(draft, found, "additional-js")),
    lost("extra_templates", "only the theme's own templates are rendered"),
    needless("INHERIT", "the settings of the other file are read as well"),
    needless("strict", "errors always fail the build; `check --deny warnings` fails on warnings, too"),
    needless("dev_addr", "`partner-docs serve --port` sets the port"),
    needless("watch", "`partner-docs serve` watches everything that the site is made from"),
    needless("remote_branch", "publishing is done by your CI: see the guide to GitHub Pages"),
    needless("remote_name", "publishing is done by your CI: see the guide to GitHub Pages"),
    lost("hooks", "Python hooks can't be run; what they write can be generated first, and mounted"),
    parts("mdx_configs"),
    parts("extra"),
    carried("extra/social", social),
    carried("extra/homepage", header_link),
    lost("extra/analytics", "no analytics are built in; a script goes into `additional-js`"),
    lost("extra/version", "there is no version switcher; build each version into a folder of its own"),
    lost("extra/alternate", "there is no language switcher; `[[theme.link]]` can link to the other languages"),
    lost("extra/consent", "no cookies are set, so there is nothing to consent to; other scripts need their own"),
    lost("extra/status", "pages have no status icons"),
    lost("extra/tags", "tags have no icons"),
    lost("extra/annotate", "code annotations work in all languages that have comments"),
    needless("extra/generator", "pages have no line about the program that made them"),
    needless("extra/scope", "only the consent form of Material needs it"),
    carried("extra/*", variable),
    lost("mdx_configs/*", "set with the extension: see `markdown_extensions`"),
];

/// Carries a text over to a key.
fn text(draft: &mut MkdocsDraft, found: &FoundSetting<'_>, table: &'static str, key: &str) -> Counterpart {
    match text_of(found.value) {
        Some(text) if !text.is_empty() => {
            draft.book.set(table, key, text);
            Counterpart::to(format!("[{table}] {key}"))
        }
        Some(_) => Counterpart::NotNeeded("it is empty".to_owned()),
        None => unusable(),
    }
}

fn author(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let Some(author) = text_of(found.value) else { return unusable() };
    draft.book.set("book", "authors", list([author]));
    Counterpart::to("[book] authors")
}

/// The address of the repository without the slash at its end.
fn repository(draft: &MkdocsDraft) -> Option<String> {
    Some(draft.text("repo_url")?.trim_end_matches('/').to_owned())
}

/// `edit/main/docs/`, which the path of a page in the content folder is put behind.
fn edit_uri(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let Some(uri) = text_of(found.value) else { return unusable() };
    if uri.is_empty() {
        return Counterpart::NotNeeded("pages have no edit link unless `edit-url-template` is set".to_owned());
    }
    let base = if uri.contains("://") {
        uri
    } else {
        let Some(repository) = repository(draft) else { return Counterpart::lost("`repo_url` is missing") };
        format!("{repository}/{}", uri.trim_start_matches('/'))
    };
    template(draft, &format!("{}/{{path}}", base.trim_end_matches('/')))
}

fn edit_uri_template(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let Some(uri) = text_of(found.value) else { return unusable() };
    let uri = uri.replace("{path!q}", "{path}");
    if !uri.contains("{path}") || uri.matches('{').count() > 1 {
        return Counterpart::lost("`edit-url-template` knows only `{path}`, the path of the page's file");
    }
    let base = if uri.contains("://") { String::new() } else { repository(draft).unwrap_or_default() + "/" };
    template(draft, &format!("{base}{uri}"))
}

/// `{path}` is seen from the content folder there, and from book.toml here.
fn template(draft: &mut MkdocsDraft, address: &str) -> Counterpart {
    let docs = draft.docs.relative_to(&draft.folder);
    let inside = format!("{docs}/{{path}}");
    match address.strip_suffix(&inside) {
        Some(base) => {
            draft.book.set("output.html", "edit-url-template", format!("{base}{{path}}"));
            Counterpart::to("[output.html] edit-url-template")
        }
        None => Counterpart::lost(format!(
            "the address doesn't end in `{docs}/`, and `edit-url-template` puts in the path from book.toml"
        )),
    }
}

/// Lines of gitignore patterns.
fn patterns(value: &YamlNode) -> Vec<String> {
    let text = value.as_text().unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// A gitignore pattern as ours, relative to the content folder. None for exceptions, which ours don't have.
fn globs(pattern: &str) -> Vec<String> {
    if pattern.starts_with('!') {
        return Vec::new();
    }
    let name = pattern.trim_end_matches('/');
    // As in git: a slash in it, but not at its end, ties a pattern to the top.
    let anywhere = if name.contains('/') { "" } else { "**/" };
    let path = format!("{anywhere}{}", name.trim_start_matches('/'));
    let last = name.rsplit('/').next().unwrap_or(name);
    match pattern.ends_with('/') {
        true => vec![format!("{path}/**")],
        // A name without an ending may be that of a folder, which then goes with all that is in it.
        false if !last.contains(['.', '*']) => vec![format!("{path}/**"), path],
        false => vec![path],
    }
}

fn exclude(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let patterns = patterns(found.value);
    patterns.iter().flat_map(|pattern| globs(pattern)).for_each(|glob| draft.exclude(glob));
    if patterns.iter().any(|pattern| pattern.starts_with('!')) {
        return Counterpart::lost(
            "[book] exclude, except for the lines with `!`: there are no exceptions to a pattern",
        );
    }
    Counterpart::to("[book] exclude")
}

fn not_in_nav(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let globs = patterns(found.value).iter().flat_map(|pattern| globs(pattern)).collect::<Vec<String>>();
    draft.book.set("nav", "not-listed", list(globs));
    Counterpart::to("[nav] not-listed")
}

/// Style sheets and scripts: files of the content folder, or addresses.
fn assets(draft: &mut MkdocsDraft, found: &FoundSetting<'_>, key: &str) -> Counterpart {
    let items: &[YamlNode] = match &found.value.content {
        NodeContent::Sequence(items) => items,
        _ => std::slice::from_ref(found.value),
    };
    let (mut kept, mut missing) = (Vec::new(), Vec::new());
    for item in items {
        let path = text_of(item).or_else(|| option(item, "path"));
        let Some(path) = path else { continue };
        let file = if path.contains("://") { Some(path.clone()) } else { draft.file(&path) };
        match file {
            Some(file) => kept.push(asset(item, file)),
            None => missing.push(format!("`{path}`")),
        }
    }
    if !kept.is_empty() {
        draft.book.set("output.html", key, BookValue::List(kept));
    }
    if missing.is_empty() {
        Counterpart::to(format!("[output.html] {key}"))
    } else {
        Counterpart::lost(format!("[output.html] {key}, except for {}: no such file", missing.join(", ")))
    }
}

/// A file, with what a script is loaded as.
fn asset(item: &YamlNode, file: String) -> BookValue {
    let is_set = |name: &str| option(item, name).is_some_and(|value| value != "false");
    let is_module = option(item, "type").as_deref() == Some("module");
    if !is_module && !is_set("async") {
        return BookValue::Text(file);
    }
    let mut keys = vec![("file".to_owned(), BookValue::Text(file))];
    if is_module {
        keys.push(("module".to_owned(), BookValue::Flag(true)));
    }
    if is_set("async") {
        keys.push(("async".to_owned(), BookValue::Flag(true)));
    }
    BookValue::Inline(keys)
}

/// An option of an item.
fn option(item: &YamlNode, name: &str) -> Option<String> {
    match &item.content {
        NodeContent::Mapping(mapping) => text_of(&mapping.get(name)?.value),
        _ => None,
    }
}

fn social(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let NodeContent::Sequence(items) = &found.value.content else { return unusable() };
    for item in items {
        let (Some(icon), Some(link)) = (option(item, "icon"), option(item, "link")) else { continue };
        // Icons have Material's names here as well, with a hyphen for each slash.
        let icon = BookValue::Text(icon.replace('/', "-"));
        let mut keys = vec![("icon".to_owned(), icon), ("href".to_owned(), BookValue::Text(link))];
        keys.extend(option(item, "name").map(|text| ("text".to_owned(), BookValue::Text(text))));
        draft.book.push("theme.social", keys);
    }
    Counterpart::to("[[theme.social]]")
}

fn header_link(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let Some(href) = text_of(found.value) else { return unusable() };
    let title = draft.text("site_name").unwrap_or_else(|| href.clone());
    let keys = vec![("text".to_owned(), BookValue::Text(title)), ("href".to_owned(), BookValue::Text(href))];
    draft.book.push("theme.link", keys);
    Counterpart::to("[[theme.link]]")
}

/// The macros of Material and of the macros plugin show what is below `extra`.
fn variable(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    if is_off(found) {
        return Counterpart::NotNeeded("it is switched off".to_owned());
    }
    let Some(value) = text_of(found.value) else {
        return Counterpart::lost("variables are texts; this is a list, a table or a value of the environment");
    };
    draft.book.set("variables", found.name, value);
    Counterpart::to(format!("[variables] {}", found.name))
}
