//! What a first visit loads, in the bytes that travel: compressed as servers do.
//! In: the built sites of this repository and of two real teams. Out: every page that costs more than the theme may.
//! Never knows: what is on the pages.

mod support;

use std::collections::HashMap;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use partner_docs::url::SitePath;
use support::site::{Built, folder, real};

const KILOBYTE: usize = 1024;
/// The style sheet of every page; maps and forms bring their own.
const STYLE: usize = 12 * KILOBYTE;
/// The script of every page.
const SCRIPT: usize = 6 * KILOBYTE;
/// A page with all that it loads, but for images.
const FIRST_LOAD: usize = 40 * KILOBYTE;
/// The navigation beside the text.
const NAVIGATION: usize = 6 * KILOBYTE;

fn compressed(bytes: &[u8]) -> usize {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).expect("memory takes what it is given");
    packed.finish().expect("memory takes what it is given").len()
}

/// The sites to measure, by name.
fn sites() -> Vec<(&'static str, Built)> {
    let own = folder(Path::new(env!("CARGO_MANIFEST_DIR")));
    let teams = ["partneros", "accelerator"].into_iter().filter_map(|name| Some((name, folder(&real(name)?))));
    std::iter::once(("this repository", own)).chain(teams).collect()
}

/// The files that a page's head names, by path.
fn loaded(page: &str, html: &str) -> Vec<String> {
    let head = html.split("</head>").next().unwrap_or_default();
    let from = SitePath::new(&format!("/{page}"));
    let named = ["<link rel=\"stylesheet\" href=\"", "<link rel=\"icon\" href=\"", "<script src=\""];
    let hrefs = named.iter().flat_map(|start| head.split(start).skip(1)).filter_map(|rest| rest.split('"').next());
    hrefs.filter_map(|href| from.follow(href)).map(|path| path.as_str().trim_start_matches('/').to_owned()).collect()
}

#[test]
fn no_first_visit_costs_more_than_the_theme_may() {
    for (name, built) in sites() {
        let sizes: HashMap<&str, usize> =
            built.files.iter().map(|file| (file.path.as_str(), compressed(&file.bytes))).collect();
        let of_theme = |extension: &str| {
            let is_it = |path: &str| path.starts_with("assets/theme.") && path.ends_with(extension);
            sizes.iter().find(|(path, _)| is_it(path)).map(|(_, size)| *size).expect("the theme has one")
        };
        assert!(of_theme(".css") <= STYLE, "{name}: {} bytes of styles", of_theme(".css"));
        assert!(of_theme(".js") <= SCRIPT, "{name}: {} bytes of scripts", of_theme(".js"));
        let pages = built
            .paths()
            .into_iter()
            .filter(|path| path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html"))
            .map(str::to_owned);
        for page in pages.collect::<Vec<_>>() {
            let html = built.text(&page);
            let files = loaded(&page, html);
            // A document to print is as long as all of its pages: nobody's first visit.
            if html.contains("http-equiv=\"refresh\"") || page.starts_with("print/") {
                continue;
            }
            assert!(files.len() >= 3, "{name}: {page} loads a style sheet, a script and an icon: {files:?}");
            let whole: usize = sizes[page.as_str()]
                + files
                    .iter()
                    .map(|file| {
                        sizes.get(file.as_str()).unwrap_or_else(|| panic!("{page} loads {file}, which is not there"))
                    })
                    .sum::<usize>();
            assert!(whole <= FIRST_LOAD, "{name}: {page} takes {whole} bytes");
            let navigation = html.split("<nav class=\"sidebar").nth(1).and_then(|rest| rest.split("</nav>").next());
            let navigation = compressed(navigation.unwrap_or_default().as_bytes());
            assert!(navigation <= NAVIGATION, "{name}: {page} has {navigation} bytes of navigation");
        }
    }
}
