//! Renders one page of every kind through the built-in theme, to be looked at while one works on it.
//! In: a folder to write to. Out: HTML files and the theme's assets in it.
//! Never knows: real sites; the pages here are written for the eye.
//!
//! ```text
//! cargo run --example theme_preview -- target/theme-preview
//! ```

use std::error::Error;
use std::path::Path;

use partner_docs::render::view::{
    Day, Fact, FactValue, FlowStep, FlowView, HeadingView, Html, LinkView, MapView, NavItem, NavKind, NavView,
    PageContext, PageKind, PageView, PlaybookCard, PlaybookView, PlaybooksView, RepositoryView, SearchView, SiteView,
    SocialLink, StepView, TabView, TocEntry, UsedBy,
};
use partner_docs::text::{SourceId, Span};
use partner_docs::theme::Theme;
use partner_docs::url::Href;
use serde_json::json;

const PAGE: &str = include_str!("page.html");
const LANDING: &str = include_str!("landing.html");
const MAP: &str = include_str!("map.svg");
const STEPS: [&str; 5] = ["Ideal partner profile", "Qualification", "Discovery call", "Pitch", "Proposal"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/theme-preview".to_owned());
    let folder = Path::new(&folder);
    let theme = Theme::load(Vec::new()).value;
    for asset in &theme.assets {
        write(&folder.join(&asset.path), &asset.bytes)?;
    }
    let site = site(&theme);
    let nav = render(&theme, "partials/nav.html", &json!({"nav": nav()}))?;
    let nav = nav.replace("href=\"page.html\"", "href=\"page.html\" aria-current=\"page\"");
    let map = render(&theme, "partials/map.html", &json!({"map": map()}))?;
    for (name, page) in pages(&nav, &map) {
        let sees = PageContext { site: &site, page: &page };
        write(&folder.join(name), render(&theme, page.kind.template(), &sees)?.as_bytes())?;
    }
    Ok(())
}

fn render(theme: &Theme, template: &str, sees: &impl serde::Serialize) -> Result<String, String> {
    theme.render(template, sees, Span::start_of(SourceId::new(0))).map_err(|finding| format!("{finding:?}"))
}

#[expect(clippy::disallowed_methods, reason = "an example is its own edge")]
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(path.parent().unwrap_or(path))?;
    std::fs::write(path, bytes)
}

fn href(address: &str) -> Href {
    Href::external(address)
}

fn link<'a>(title: &'a str, address: &str) -> LinkView<'a> {
    LinkView::new(title, href(address))
}

fn site(theme: &Theme) -> SiteView<'static> {
    SiteView {
        title: "Acme Partners",
        description: Some("Everything we know about finding, signing and growing partners."),
        language: "en",
        text_direction: partner_docs::render::view::TextDirection::default(),
        root: href("./"),
        home: href("landing.html"),
        logo: None,
        favicon: None,
        accent: None,
        color_scheme: partner_docs::render::view::ColorScheme::default(),
        styles: vec![href(&theme.main.style), href(&theme.maps.style)],
        scripts: vec![href(&theme.main.script)],
        search: Some(SearchView {
            href: href("all-pages.html"),
            index: href("search/index.js"),
            style: href(&theme.search.style),
            script: href(&theme.search.script),
        }),
        repository: Some(RepositoryView { href: href("https://example.org/"), label: "acme/partners", icon: "github" }),
        links: vec![link("Changelog", "#")],
        social: vec![
            SocialLink { title: "GitHub", href: href("#"), icon: "github" },
            SocialLink { title: "LinkedIn", href: href("#"), icon: "linkedin" },
        ],
        footer: Some(Html::new("Written by the partner team at <a href=\"#\">Acme</a>.")),
        announcement: None,
        generator: "partner-docs",
    }
}

fn item<'a>(title: &'a str, address: &str, children: Vec<NavItem<'a>>) -> NavItem<'a> {
    NavItem {
        kind: NavKind::Item,
        title: title.into(),
        href: (!address.is_empty()).then(|| href(address)),
        current: false,
        open: true,
        more: false,
        starts_list: false,
        ends_list: false,
        children,
    }
}

fn nav() -> NavView<'static> {
    let recruitment = vec![
        item("Email sequence", "#", vec![]),
        item("Qualification framework", "#", vec![]),
        item("Discovery call", "page.html", vec![]),
        item("Pitch deck", "#", vec![]),
        NavItem { kind: NavKind::Draft, ..item("Agreement", "", vec![]) },
    ];
    let folded = NavItem { open: false, ..item("Enablement", "", vec![item("Training deck", "#", vec![])]) };
    let first = NavItem { starts_list: true, ..item("How to use them", "#", vec![]) };
    let last = NavItem { ends_list: true, ..item("Recruit", "playbook.html", vec![]) };
    NavView {
        items: vec![
            first,
            NavItem { more: true, ..item("Strategy", "#", vec![]) },
            item("Recruitment", "#", recruitment),
            NavItem { ends_list: true, ..folded },
            NavItem { kind: NavKind::Separator, ..item("", "", vec![]) },
            NavItem { kind: NavKind::Part, ..item("Playbooks", "", vec![]) },
            NavItem { starts_list: true, ..item("All playbooks", "playbooks.html", vec![]) },
            last,
        ],
    }
}

fn map() -> MapView<'static> {
    MapView {
        title: "From lead to signed partner".into(),
        caption: Some("Every step opens the document it needs.".into()),
        width: 1200,
        svg: Html::new(MAP),
        ..MapView::default()
    }
}

fn flow(current: usize) -> FlowView<'static> {
    let steps = STEPS.iter().zip(1..).map(|(label, number)| FlowStep {
        number,
        label: (*label).into(),
        href: Some(href("template.html")),
        current: number == current,
    });
    FlowView { label: "Steps of Recruit".into(), steps: steps.collect() }
}

fn page<'a>(kind: PageKind, title: &'a str, content: &'a str) -> PageView<'a> {
    PageView {
        kind,
        title: title.into(),
        description: None,
        canonical: None,
        base: None,
        image: None,
        heading: Some(HeadingView { html: Html::new(title), id: None }),
        content: Html::new(content),
        toc: vec![],
        breadcrumbs: vec![link("Templates", "#"), LinkView::unlinked("Recruitment")],
        previous: Some(link("Qualification framework", "#")),
        next: Some(link("Pitch deck", "#")),
        edit: Some(href("#")),
        updated: Some(Day { iso: "2026-05-02".into(), text: "2 May 2026".into() }),
        hide: vec![],
        nav: None,
        tabs: ["Start", "Templates", "Playbooks", "Reference", "About"]
            .into_iter()
            .map(|title| TabView { title: title.into(), href: href("#"), current: title == "Templates" })
            .collect(),
        draft: false,
        tags: vec![],
        facts: vec![],
        fill: None,
        print: None,
        used_by: vec![],
        here: vec![],
        playbook: None,
        playbooks: None,
    }
}

fn toc() -> Vec<TocEntry<'static>> {
    let entry =
        |title: &'static str, address: &str, children| TocEntry { title: title.into(), href: href(address), children };
    vec![
        entry("Before the call", "#before-the-call", vec![entry("Who joins", "#who-joins", vec![])]),
        entry("Agenda", "#agenda", vec![]),
        entry("After the call", "#after-the-call", vec![entry("Kinds of callouts", "#kinds-of-callouts", vec![])]),
        entry("Related", "#related", vec![]),
    ]
}

fn facts() -> Vec<Fact<'static>> {
    let fact = |label: &'static str, values: &[&'static str]| Fact {
        label: label.into(),
        values: values.iter().map(|text| FactValue { text: (*text).into(), href: None }).collect(),
    };
    vec![
        fact("Tier", &["Bronze", "Silver", "Gold"]),
        fact("Phase", &["Recruitment"]),
        fact("Time required", &["1–2 hours"]),
        fact("Difficulty", &["Easy"]),
        fact("Version", &["1.2.0"]),
    ]
}

fn used_by() -> Vec<UsedBy<'static>> {
    let of = |title: &'static str, step| UsedBy {
        playbook: link(title, "playbook.html"),
        step,
        step_count: STEPS.len(),
        step_name: STEPS[step - 1].into(),
        previous: (step > 1).then(|| link(STEPS[step - 2], "#")),
        next: STEPS.get(step).map(|name| link(name, "#")),
        flow: flow(step),
    };
    vec![of("Recruit", 3), of("Expand", 1)]
}

fn playbook() -> PlaybookView<'static> {
    let steps = STEPS.iter().zip(1..).map(|(name, number)| StepView {
        number,
        name: (*name).into(),
        label: (*name).into(),
        anchor: format!("step-{number}").into(),
        href: href(&format!("#step-{number}")),
        template: Some(link(name, "template.html")),
        prompt: Some(
            "Score {{ partner }} against our ideal partner profile.\nName three gaps and how to close them.".into(),
        ),
        checklist: if number == 3 {
            vec![Html::new("Notes are in the pipeline"), Html::new("A date is set")]
        } else {
            vec![]
        },
        kpis: if number == 1 { vec![Html::new("Score above <b>70</b>")] } else { vec![] },
        owner: Some(if number < 4 { "Partner manager" } else { "Sales lead" }.into()),
        duration: Some("1–2 hours".into()),
    });
    PlaybookView {
        id: "recruit",
        name: "Recruit".into(),
        description: Some("Take a prospect from qualification to a signed agreement.".into()),
        lead: Some(Html::new("Take a prospect from <b>qualification</b> to a signed agreement.")),
        purpose: Some(Html::new(
            "<p>Run it for every partner that scores above 60. It ends with a proposal, or with a clear no.</p>",
        )),
        tags: vec![link("recruitment", "#"), LinkView::unlinked("sales")],
        recurring: None,
        duration: Some("3 weeks".into()),
        owners: vec!["Partner manager".into(), "Sales lead".into()],
        prerequisites: vec![Html::new("The partner is in the pipeline."), Html::new("You know their <b>tier</b>.")],
        warnings: vec![Html::new("Do not share price lists before the agreement is signed.")],
        flow: flow(0),
        steps: steps.collect(),
        success_criteria: ["Profile matches", "Call completed", "Proposal sent"].map(Html::new).to_vec(),
        run: vec!["partner-agent --playbook recruit --partner \"Acme Corp\"".into()],
        next: vec![link("Onboard", "#")],
        step_count: 5,
        template_count: 5,
        overview: Some(href("playbooks.html")),
    }
}

fn playbooks() -> PlaybooksView<'static> {
    let card = |id: &'static str, name: &'static str, next: &'static str| PlaybookCard {
        id,
        name: name.into(),
        href: href("playbook.html"),
        description: Some("Take a prospect from qualification to a signed agreement.".into()),
        tags: vec![LinkView::unlinked("recruitment")],
        recurring: (id == "qbr").then(|| "quarterly".into()),
        duration: Some("3 weeks".into()),
        step_count: 5,
        template_count: 5,
        flow: flow(0),
        next: vec![link(next, "#")],
    };
    PlaybooksView {
        items: vec![
            card("recruit", "Recruit", "Onboard"),
            card("onboard", "Onboard", "QBR"),
            card("qbr", "QBR", "Expand"),
        ],
        count: 3,
        step_count: 15,
        template_count: 11,
        map: None,
    }
}

fn pages<'a>(nav: &'a str, map: &'a str) -> Vec<(&'static str, PageView<'a>)> {
    let nav = || Some(Html::new(nav));
    let plain = page(PageKind::Page, "Prepare and lead a discovery call", PAGE);
    let landing = PageView {
        heading: None,
        breadcrumbs: vec![],
        previous: None,
        next: None,
        ..page(PageKind::Landing, "Acme Partners", LANDING)
    };
    let template = PageView { facts: facts(), used_by: used_by(), ..page(PageKind::Template, "Discovery call", PAGE) };
    vec![
        ("page.html", PageView { nav: nav(), toc: toc(), ..plain }),
        ("landing.html", landing),
        ("template.html", PageView { nav: nav(), toc: toc(), ..template }),
        (
            "playbook.html",
            PageView { nav: nav(), playbook: Some(playbook()), ..page(PageKind::Playbook, "Recruit", "") },
        ),
        (
            "playbooks.html",
            PageView { nav: nav(), playbooks: Some(playbooks()), ..page(PageKind::Playbooks, "Playbooks", "") },
        ),
        ("map.html", PageView { nav: nav(), ..page(PageKind::Page, "Workflow map", map) }),
        ("404.html", page(PageKind::NotFound, "Page not found", "")),
    ]
}
