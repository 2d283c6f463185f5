//! Theme folders laid over the built-in theme: what takes whose place, and what is said of broken ones.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use super::*;
use crate::source::{SourcePath, Sources};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");

fn files_below(folder: &Path) -> BTreeSet<String> {
    let root = Path::new(FOLDER);
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect()
}

fn own(files: &[(&str, &str)]) -> (Sources, Vec<ThemeFile>) {
    let mut sources = Sources::default();
    let files = files
        .iter()
        .map(|(path, text)| {
            let id = sources.set(SourcePath::new(&format!("theme/{path}")).unwrap(), *text);
            ThemeFile { path: (*path).to_owned(), content: FileContent::Text(id, sources.get(id).shared_text()) }
        })
        .collect();
    (sources, files)
}

/// Each finding as `offending text: message`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let (sources, files) = own(files);
    let found = Theme::load(files).found;
    found.iter().map(|finding| format!("{}: {}", sources.text(finding.span), finding.message)).collect()
}

fn text_of<'a>(theme: &'a Theme, path: &str) -> &'a str {
    let asset = theme.assets.iter().find(|asset| asset.path == path).unwrap();
    std::str::from_utf8(&asset.bytes).unwrap()
}

#[test]
fn the_program_carries_every_file_of_the_built_in_theme() {
    let carried: BTreeSet<String> = builtin::all().map(|(path, _)| path).collect();
    assert_eq!(carried, files_below(Path::new(FOLDER)));
}

#[test]
fn every_rule_of_the_theme_lies_in_a_layer_and_none_is_important() {
    let is_style = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "css");
    for (path, text) in builtin::all().filter(|(path, _)| is_style(path)) {
        assert!(!String::from_utf8_lossy(text).contains("!important"), "{path}");
    }
    let theme = Theme::load(Vec::new()).value;
    let styles = theme.assets.iter().filter(|asset| is_style(&asset.path));
    let lines = styles.flat_map(|style| text_of(&theme, &style.path).lines());
    let layers: Vec<&str> = lines.filter_map(|line| line.strip_prefix("@layer ")?.strip_suffix(" {")).collect();
    let order = builtin::LAYER_ORDER.trim_end().trim_start_matches("@layer ").trim_end_matches(';');
    let order: Vec<&str> = order.split(", ").collect();
    assert!(layers.len() > order.len(), "{layers:?}");
    assert!(layers.iter().all(|layer| order.contains(layer)), "{layers:?} are not all among {order:?}");
}

#[test]
fn a_site_replaces_one_block_and_keeps_the_rest() {
    let (_, files) = own(&[(
        "templates/404.html",
        "{% extends \"default/404.html\" %}{% block title %}Lost{% endblock %}{% block main %}{% endblock %}\
         {% block head %}{% endblock %}{% block header %}{% endblock %}{% block tabs %}{% endblock %}\
         {% block columns %}{% endblock %}{% block nav %}{% endblock %}{% block toc %}{% endblock %}\
         {% block fill %}{% endblock %}{% block aside %}{% endblock %}{% block footer %}Acme{% endblock %}",
    )]);
    let Parsed { value: theme, found } = Theme::load(files);
    assert_eq!(found, []);
    let sees = json!({
        "site": {"language": "en", "text_direction": "ltr", "color_scheme": "auto", "announcement": null},
        "page": {"kind": "not-found"},
    });
    let html = theme.render("404.html", &sees, Span::start_of(SourceId::new(9))).unwrap();
    assert!(html.contains("<title>Lost</title>") && html.contains("Acme"), "{html}");
}

#[test]
fn a_broken_template_is_left_out_and_said_where() {
    let broken = [
        ("templates/partials/footer.html", "<p>{{ site.title | shout }}</p>"),
        ("templates/page.html", "{% extends \"base.html\" %}\n{% block foter %}{% endblock %}"),
        ("templates/base.html", "{% if %}"),
        ("templates/landing.html", "{% extends \"bas.html\" %}"),
    ];
    assert_eq!(
        found(&broken),
        [
            "shout: unknown filter `shout`",
            "foter: block `foter` is not defined in any parent template",
            "%}: found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
            "bas.html: unknown template `bas.html`",
        ]
    );
    let (_, files) = own(&broken);
    let theme = Theme::load(files).value;
    assert!(theme.has_template("base.html") && theme.has_template("partials/footer.html"));
}

#[test]
fn what_a_template_asks_for_in_vain_is_named_with_what_there_is() {
    let (sources, files) = own(&[("templates/card.html", "<b>{{ page.titel }}</b>")]);
    let theme = Theme::load(files).value;
    let page = Span::start_of(SourceId::new(9));
    let error = theme.render("card.html", &json!({"page": {"title": "Recruit", "kind": "page"}}), page).unwrap_err();
    assert_eq!(sources.text(error.span), "titel");
    assert_eq!(error.message, "field `titel` is not defined");
    assert_eq!(error.help.as_deref(), Some("did you mean `title`? available: kind, title"));
}

#[test]
fn a_word_that_is_not_there_is_said_before_a_page_shows_it() {
    let template = "<a>{{ words.page.topp }}</a> words.page.none {# words.page.none #}";
    assert_eq!(found(&[("templates/partials/toc.html", template)]), ["page.topp: unknown word `page.topp`"]);
    let own = "{% set words = page %}<a>{{ words.title.size }}</a>{{ page.words.title }}";
    assert_eq!(found(&[("templates/partials/toc.html", own)]), [] as [String; 0]);
}

#[test]
fn words_take_values_and_escape_them_but_for_markup() {
    let (sources, files) = own(&[
        (
            "templates/card.html",
            "{% set name %}<b>{{ page.title }}</b>{% endset %}\
         {{ words.template.step | with(number=1, total=page.title, playbook=name) }}, \
         {{ words.playbook.steps | with(count=1) }}, {{ words.playbook.steps | with(count=0) }}",
        ),
        ("templates/bare.html", "{{ words.page.updated | with(day=1) }}"),
    ]);
    let theme = Theme::load(files).value;
    let render = |name| theme.render(name, &json!({"page": {"title": "A & B"}}), Span::start_of(SourceId::new(9)));
    assert_eq!(render("card.html").unwrap(), "Step 1 of A &amp; B in <b>A &amp; B</b>, 1 step, 0 steps");
    let error = render("bare.html").unwrap_err();
    assert_eq!(sources.text(error.span), "with(day=1)");
    assert_eq!(error.message, "the word needs a value: `with(date=…)`");
}

#[test]
fn styles_stand_in_order_and_a_folder_s_files_take_their_place() {
    let (_, files) = own(&[
        ("css/tokens.css", ":root { --accent-hue: 20 }"),
        ("css/brand.css", ".brand { color: red }"),
        ("fonts/acme.woff2", "wOF2"),
    ]);
    let theme = Theme::load(files).value;
    let css = text_of(&theme, &theme.main.style);
    assert!(
        css.contains("@layer tokens {\n:root { --accent-hue: 20 }\n:root {\n  --size-2:"),
        "in the place of the tokens"
    );
    assert!(!css.contains("--accent-chroma"), "and instead of them");
    assert!(!css.contains("/*"), "comments stay at home");
    assert!(css.ends_with(".brand { color: red }\n"));
    assert!(theme.assets.iter().any(|asset| asset.path == "assets/fonts/acme.woff2"));
    let (_, files) = own(&[("map/map.css", ".map {}")]);
    let theme = Theme::load(files).value;
    let maps = text_of(&theme, &theme.maps.style);
    assert!(maps.contains(".map {}\n") && !maps.contains("/* Maps:"), "maps have a style sheet of their own");
    assert!(!text_of(&theme, &theme.main.style).contains(".map {}"));
}

#[test]
fn names_of_assets_change_with_their_content_alone() {
    let built_in = Theme::load(Vec::new()).value;
    assert_eq!(built_in.main.style, Theme::load(Vec::new()).value.main.style);
    let (_, files) = own(&[("css/brand.css", "a {}")]);
    let theme = Theme::load(files).value;
    assert_ne!(theme.main.style, built_in.main.style);
    assert_eq!(theme.main.script, built_in.main.script);
}
