//! Pages fit a strict Content-Security-Policy: nothing inside one runs or styles.
//! In: the built sites of this repository and of a small project. Out: each tag that such a policy would refuse.
//! Never knows: what a browser makes of them; `tests/browser/policy.rs` does.

mod support;

use std::path::Path;

use partner_docs::html::tokenizer::{Markup, Token, Tokens};
use partner_docs::render::SiteFile;
use support::site::{folder, inline};

/// Everything in a page that the policy refuses.
fn refused(page: &str) -> Vec<String> {
    let mut refused = Vec::new();
    for token in Tokens::of(page) {
        let Token::Markup(Markup::StartTag(tag)) = token else { continue };
        // Data is no script: nobody runs it.
        let is_data = tag.value("type").is_some_and(|kind| kind.ends_with("json"));
        let runs = tag.name == "script" && tag.value("src").is_none() && !is_data;
        let styles = tag.name == "style";
        let is_refused = |name: &str| name == "style" || (name.len() > 2 && name.starts_with("on"));
        if runs || styles || tag.attributes().any(|attribute| is_refused(&attribute.name)) {
            refused.push(page[tag.span].to_owned());
        }
    }
    refused
}

fn assert_fits(files: &[SiteFile]) {
    let of_kind = |extension: &'static str| {
        let is_it = move |file: &&SiteFile| Path::new(&file.path).extension().is_some_and(|found| found == extension);
        files.iter().filter(is_it).map(|file| (&file.path, std::str::from_utf8(&file.bytes).expect("a text")))
    };
    for (path, page) in of_kind("html") {
        assert_eq!(refused(page), [] as [String; 0], "{path}");
    }
    for (path, style) in of_kind("css") {
        assert!(!style.contains("data:"), "{path} has an image in it");
    }
}

#[test]
fn this_repositorys_site_fits() {
    assert_fits(&folder(Path::new(env!("CARGO_MANIFEST_DIR"))).files);
}

#[test]
fn what_settings_and_the_dialect_add_fits() {
    let built = inline(&[
        (
            "book.toml",
            "[book]\ntitle = \"Acme\"\n[output.html.redirect]\n\"/old/\" = \"/\"\n[markdown]\nmath = true\n\
             [theme]\naccent = \"#b03060\"\nlogo = \"content/logo.svg\"\n[theme.fonts]\ntext = \"Acme\"\n\
             [[theme.fonts.file]]\nfamily = \"Acme\"\nfile = \"content/acme.woff2\"\n",
        ),
        ("content/acme.woff2", "wOF2"),
        ("content/logo.svg", "<svg style=\"color:red\"><path fill=\"currentColor\"/></svg>"),
        (
            "content/index.md",
            "# Acme\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n!!! tip\n    Ask.\n\n$\\color{red} x \\! y$ $\\colorbox{red}{a}$ \
             $\\fcolorbox{red}{blue}{b}$\n\n$$\\begin{matrix}a\\\\[2em]b\\end{matrix}$$\n\n:rocket: :material-map: ![A](logo.svg){ width=\"40%\" }\n\n\
             ```rust\nfn main() {}\n```\n\n```mermaid\nflowchart LR\n  subgraph U\n  A --> B\n  end\n  style A fill:#f00,stroke:#00f\n  style B fill:none\n```\n",
        ),
        ("playbooks/p.yaml", "name: Recruit\nsteps:\n  - name: Ask\n  - name: Sign\n"),
    ]);
    assert_fits(&built.files);
    let css = built.files.iter().find(|file| file.path.starts_with("assets/settings.")).expect("the settings' style");
    let css = std::str::from_utf8(&css.bytes).expect("a text");
    assert!(css.contains("--accent-hue") && css.contains("url(\"../acme.woff2\")"), "{css}");
    let index = built.text("index.html");
    assert!(
        index.contains("<script src=\"assets/head.")
            && index.contains("<link rel=\"stylesheet\" href=\"assets/settings.")
    );
    assert!(built.text("old/index.html").contains("<script src=\"../assets/redirect."));
}

#[test]
fn drawings_are_published_without_what_runs() {
    let files: [(&str, &str); 3] = [
        ("book.toml", "[output.html]\nraw-html = \"sanitize\"\n"),
        ("content/index.md", "# A\n\n![A](a.svg)\n"),
        ("content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"><g/><script>x()</script></svg>\n"),
    ];
    let built = inline(&files);
    assert_eq!(built.text("a.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n");
    assert_eq!(built.found, ["asset/active-svg content/a.svg:1"]);
    let allowed = inline(&files[1..]);
    assert_eq!(allowed.text("a.svg"), files[2].1, "a file is copied unless a site asks for more");
}
