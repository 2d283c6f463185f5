//! The settings below `theme`, except for its features.

use super::{MkdocsRows, carried, lost, needless, parts, unusable};
use crate::migrate::mkdocs::draft::{MkdocsDraft, text_of};
use crate::migrate::mkdocs::palette;
use crate::migrate::report::Counterpart;
use crate::migrate::row::{self, FoundSetting};
use crate::yaml::{NodeContent, YamlNode};

pub(super) static ROWS: MkdocsRows = &[
    parts("theme"),
    parts("theme/features"),
    needless("theme/name", "there is one theme; `[theme]` sets how it looks"),
    needless("theme/variant", "there is one theme; `[theme]` sets how it looks"),
    needless("theme/static_templates", "the theme has its own 404 page; `404.md` replaces its text"),
    needless("theme/direction", "the direction of the text follows from `language`"),
    needless("theme/include_search_page", "the search is built in"),
    needless("theme/search_index_only", "the search is built in"),
    needless("theme/highlightjs", "code is highlighted when the site is built"),
    needless("theme/hljs_languages", "code is highlighted when the site is built, in all known languages"),
    needless("theme/hljs_style", "code is highlighted in the theme's colours"),
    needless("theme/collapse_navigation", "the navigation shows the way to the current page"),
    needless("theme/sticky_navigation", "the navigation is always in view"),
    needless("theme/nav_style", "`[theme]` sets how the site looks"),
    lost("theme/navigation_depth", "the navigation shows all levels on the way to the current page"),
    lost("theme/titles_only", "the navigation shows titles only"),
    lost("theme/shortcuts", "the keyboard shortcuts can't be changed"),
    lost("theme/analytics", "no analytics are built in; a script goes into `additional-js`"),
    lost("theme/locale", "use `[book] language`"),
    carried("theme/language", language),
    lost("theme/custom_dir", "templates of MkDocs can't be read; see the guide to changing the theme"),
    carried("theme/palette", colours),
    carried("theme/color_mode", color_mode),
    needless("theme/user_color_mode_toggle", "readers can always choose"),
    carried("theme/logo", |draft, found| image(draft, found, "logo")),
    carried("theme/favicon", |draft, found| image(draft, found, "favicon")),
    parts("theme/icon"),
    lost("theme/icon/*", "the theme's icons are in its templates; `theme eject` copies one to change it"),
    carried("theme/font", fonts),
];

fn language(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let Some(language) = text_of(found.value) else { return unusable() };
    draft.book.set("book", "language", language);
    Counterpart::to("[book] language")
}

fn image(draft: &mut MkdocsDraft, found: &FoundSetting<'_>, key: &str) -> Counterpart {
    let Some(written) = text_of(found.value) else { return unusable() };
    match draft.file(&written) {
        Some(file) => {
            draft.book.set("theme", key, file);
            Counterpart::to(format!("[theme] {key}"))
        }
        None => Counterpart::lost(format!("there is no file `{written}` that may be published")),
    }
}

/// The palettes: one, or one for each choice of a reader.
fn colours(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let palettes: &[YamlNode] = match &found.value.content {
        NodeContent::Sequence(items) => items,
        _ => std::slice::from_ref(found.value),
    };
    let part = |palette: &YamlNode, name: &str| {
        row::parts(palette).into_iter().find(|(known, _)| *known == name).and_then(|(_, value)| text_of(value))
    };
    let follows_system = palettes.iter().any(|palette| part(palette, "media").is_some());
    let first = palettes.first().and_then(|palette| part(palette, "scheme")).unwrap_or_default();
    if !follows_system {
        draft.book.set("output.html", "default-theme", if first == "slate" { "dark" } else { "light" });
    }
    // The colour of the header there is that of links here, unless it is none.
    let named = palettes.iter().flat_map(|palette| [part(palette, "primary"), part(palette, "accent")]).flatten();
    match named.into_iter().find_map(|name| palette::colour(&name)) {
        Some(colour) => {
            draft.book.set("theme", "accent", colour);
            Counterpart::to("[theme] accent, [output.html] default-theme")
        }
        None => Counterpart::to("[output.html] default-theme; colours of one's own go into [theme] accent"),
    }
}

fn color_mode(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let Some(mode) = text_of(found.value).filter(|mode| ["light", "dark", "auto"].contains(&mode.as_str())) else {
        return unusable();
    };
    draft.book.set("output.html", "default-theme", mode);
    Counterpart::to("[output.html] default-theme")
}

fn fonts(draft: &mut MkdocsDraft, found: &FoundSetting<'_>) -> Counterpart {
    let fonts = row::parts(found.value);
    if fonts.is_empty() {
        return Counterpart::NotNeeded("system fonts are the default".to_owned());
    }
    for (name, value) in fonts {
        if let (Some(key), Some(font)) = (["text", "code"].into_iter().find(|key| *key == name), text_of(value)) {
            draft.book.set("theme.fonts", key, font);
        }
    }
    Counterpart::to("[theme.fonts]; nothing is loaded from another site, so add the files with `[[theme.fonts.file]]`")
}
