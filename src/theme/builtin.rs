//! The built-in theme, inside the program.
//! In: the files of `themes/default`, at compile time. Out: lists of them; a test holds lists and folder together.
//! Never knows: what is in a file.

macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../themes/default/", $folder, $name)))),*]
    };
}

/// Templates by name.
pub(super) const TEMPLATES: &[(&str, &str)] = files! { "templates/":
    "404.html",
    "base.html",
    "components.html",
    "landing.html",
    "page.html",
    "partials/breadcrumbs.html",
    "partials/cards.html",
    "partials/chapter.html",
    "partials/criteria.html",
    "partials/facts.html",
    "partials/fill.html",
    "partials/flow.html",
    "partials/footer.html",
    "partials/head.html",
    "partials/header.html",
    "partials/heading.html",
    "partials/here.html",
    "partials/map.html",
    "partials/matrix.html",
    "partials/more_facts.html",
    "partials/nav.html",
    "partials/onward.html",
    "partials/outline_button.html",
    "partials/pager.html",
    "partials/playbook_lead.html",
    "partials/playbook_meta.html",
    "partials/playbook_table.html",
    "partials/prerequisites.html",
    "partials/provenance.html",
    "partials/run.html",
    "partials/sidebar.html",
    "partials/step_table.html",
    "partials/steps.html",
    "partials/tabs.html",
    "partials/tags.html",
    "partials/templates.html",
    "partials/toc.html",
    "partials/used_by.html",
    "playbook.html",
    "playbooks.html",
    "print.html",
    "template.html",
};

/// Parts of a style sheet that lie in one cascade layer.
pub(super) struct Layer {
    /// Its name in the style sheets.
    pub(super) name: &'static str,
    /// By path in the theme folder, in the order they are put together.
    pub(super) parts: &'static [(&'static str, &'static str)],
}

/// The cascade layers, lowest first. What is in `tokens` gives names to colours and lengths, and no other layer has any. A rule beats those of the layers before it, however much their selectors weigh:
/// a component need not know what the text around it looks like, and paper need not know the component. What a site
/// adds lies in no layer, and beats them all.
pub(super) const LAYER_ORDER: &str = "@layer tokens, base, prose, component, document, state, print;\n";

/// How the parts of a drawn map look, in terms of `--map-…` variables that the theme sets. It belongs to the drawing,
/// which stands alone as well, and comes before everything of the theme's.
pub(super) const MAP_STYLE: &str = include_str!("../map/svg/style.css");

/// The style sheet of every page.
pub(super) const STYLES: &[Layer] = &[
    Layer { name: "tokens", parts: files! { "": "css/tokens.css", "css/scale.css", "css/shades.css" } },
    Layer { name: "base", parts: files! { "": "css/base.css" } },
    Layer { name: "prose", parts: files! { "": "css/prose.css" } },
    Layer {
        name: "component",
        parts: files! { "":
            "css/header.css",
            "css/nav.css",
            "css/outline.css",
            "css/layout.css",
            "css/table.css",
            "css/code.css",
            "css/callout.css",
            "css/tabs.css",
            "css/task.css",
            "css/flow.css",
            "css/playbook.css",
            "css/template.css",
            "css/landing.css",
            "css/footer.css",
        },
    },
    Layer { name: "state", parts: files! { "": "css/contrast.css" } },
    Layer { name: "print", parts: files! { "": "css/print.css" } },
];

/// Parts of the script, each a behaviour of its own.
pub(super) const SCRIPTS: &[(&str, &str)] = files! { "":
    "js/scheme.js",
    "js/nav.js",
    "js/outline.js",
    "js/moved.js",
    "js/strip.js",
    "js/copy.js",
    "js/find.js",
    "js/tabs.js",
    "js/tasks.js",
    "js/keys.js",
    "js/prefetch.js",
    "js/print.js",
};

/// The search window, loaded when somebody is about to search.
pub(super) const SEARCH_STYLES: &[Layer] = &[Layer { name: "component", parts: files! { "": "search/dialog.css" } }];

/// What search does, in the order it is put together.
pub(super) const SEARCH_SCRIPTS: &[(&str, &str)] = files! { "":
    "search/files.js",
    "search/words.js",
    "search/lookup.js",
    "search/rank.js",
    "search/dialog.js",
};

/// Maps: only pages that show one load these.
pub(super) const MAP_STYLES: &[Layer] = &[
    Layer { name: "tokens", parts: files! { "": "map/shades.css" } },
    Layer { name: "component", parts: files! { "": "map/map.css", "map/diagram.css" } },
];

/// What maps do.
pub(super) const MAP_SCRIPTS: &[(&str, &str)] = files! { "": "map/map.js" };

/// The form that fills in a template, which only templates with placeholders load.
pub(super) const FILL_STYLES: &[Layer] = &[Layer { name: "component", parts: files! { "": "fill/fill.css" } }];

/// What the form does.
pub(super) const FILL_SCRIPTS: &[(&str, &str)] = files! { "": "fill/fill.js" };

/// Documents to print: only these load it, after what every page loads.
pub(super) const PRINT_STYLES: &[Layer] = &[Layer { name: "document", parts: files! { "": "print/document.css" } }];

/// What runs before a page is first drawn: small, since nothing is shown until then.
pub(super) const HEAD_SCRIPTS: &[(&str, &str)] = files! { "": "head/scheme.js" };

/// The script of pages that redirect.
pub(super) const REDIRECT_SCRIPTS: &[(&str, &str)] = files! { "": "redirect/redirect.js" };

macro_rules! bytes {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $name)))),*]
    };
}

/// Files that are published as they are.
pub(super) const FILES: &[(&str, &[u8])] = bytes! { "favicon.svg" };

/// A theme folder that changes nothing yet, by path in it.
pub const BEGINNING: [(&str, &str); 2] = [
    ("css/own.css", include_str!("../../themes/new/css/own.css")),
    ("templates/base.html", include_str!("../../themes/new/templates/base.html")),
];

/// Every file of the built-in theme, by path in a theme folder.
pub fn all() -> impl Iterator<Item = (String, &'static [u8])> {
    let templates = TEMPLATES.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes()));
    let styles = [STYLES, SEARCH_STYLES, MAP_STYLES, FILL_STYLES, PRINT_STYLES];
    let styles = styles.into_iter().flatten().flat_map(|layer| layer.parts);
    let scripts = [SCRIPTS, SEARCH_SCRIPTS, MAP_SCRIPTS, FILL_SCRIPTS, HEAD_SCRIPTS, REDIRECT_SCRIPTS];
    let scripts = scripts.into_iter().flatten();
    let parts = styles.chain(scripts).map(|(path, text)| ((*path).to_owned(), text.as_bytes()));
    templates.chain(parts).chain(FILES.iter().map(|(path, bytes)| ((*path).to_owned(), *bytes)))
}
