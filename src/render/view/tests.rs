//! The built-in templates against the contract: what a page may lack, it may lack in every template.

use super::*;
use crate::source::{SourceId, Span};
use crate::theme::Theme;
use crate::url::Schemes;

/// A reference as a page has it.
fn written(href: &str) -> Href {
    Href::as_written(href, &Schemes::default()).unwrap()
}

/// A site with nothing configured.
fn bare_site(theme: &Theme) -> SiteView<'static> {
    SiteView {
        title: "Acme Partners",
        description: None,
        language: "en",
        text_direction: TextDirectionView::Ltr,
        root: written("./"),
        home: written("./"),
        logo: None,
        logo_drawing: None,
        favicon: None,
        color_scheme: ColorSchemeView::Auto,
        head_script: written(&theme.head),
        first_fonts: vec![],
        styles: vec![written(&theme.main.style)],
        scripts: vec![],
        search: None,
        feed: None,
        repository: None,
        links: vec![],
        social: vec![],
        footer: None,
        announcement: None,
        generator: "partner-docs",
    }
}

/// A playbook that has a name and nothing else.
fn bare_playbook() -> PlaybookView<'static> {
    PlaybookView {
        id: "recruit",
        name: "Recruit".into(),
        description: None,
        lead: None,
        purpose: None,
        tags: vec![],
        keepers: vec![],
        version: None,
        last_reviewed: None,
        facts: vec![],
        recurring: None,
        duration: None,
        owners: vec![],
        prerequisites: vec![],
        warnings: vec![],
        flow: FlowView { label: "Steps".into(), steps: vec![] },
        is_timed: false,
        is_described: false,
        has_roles: false,
        steps: vec![],
        success_criteria: vec![],
        run: vec![],
        next: vec![],
        step_count: 0,
        template_count: 0,
        task_count: 0,
        overview: None,
    }
}

/// A page that has a title and nothing else.
fn bare_page(kind: PageKind) -> PageView<'static> {
    PageView {
        kind,
        title: "Recruit & onboard".into(),
        description: None,
        canonical: None,
        base: None,
        image: None,
        heading: Some(HeadingView { html: SafeHtml::new("Recruit &amp; onboard"), id: None }),
        content: SafeHtml::default(),
        toc: vec![],
        breadcrumbs: vec![],
        previous: None,
        next: None,
        edit: None,
        markdown: None,
        updated: None,
        hide: vec![],
        nav: None,
        tabs: vec![],
        draft: false,
        tags: vec![],
        facts: vec![],
        used_by: vec![],
        hero: None,
        lanes: false,
        here: vec![],
        fill: None,
        print: None,
        moved: vec![],
        playbook: (kind == PageKind::Playbook).then(bare_playbook),
        playbooks: (kind == PageKind::Playbooks).then(|| PlaybooksView {
            items: vec![],
            count: 0,
            step_count: 0,
            template_count: 0,
            map: None,
        }),
    }
}

fn render(change: impl Fn(PageView<'static>) -> PageView<'static>) -> Vec<(PageKind, String)> {
    let theme = Theme::load(Vec::new()).value;
    let site = bare_site(&theme);
    let render = |kind: PageKind| {
        let page = change(bare_page(kind));
        let sees = PageContext { site: &site, page: &page };
        theme.render(kind.template(), &sees, Span::start_of(SourceId::new(0))).unwrap()
    };
    PageKind::ALL.into_iter().map(|kind| (kind, render(kind))).collect()
}

#[test]
fn every_template_renders_a_page_that_has_nothing() {
    for (kind, html) in render(|page| page) {
        assert_eq!(html.matches("<h1").count(), 1, "{kind:?}");
        assert_eq!(html.matches("<main").count(), 1, "{kind:?}");
        assert!(html.contains("Recruit &amp; onboard") || kind == PageKind::Landing, "titles are escaped: {kind:?}");
        assert!(!html.contains("popovertarget=\"nav\""), "no drawer, no button for one: {kind:?}");
    }
}

#[test]
fn markup_is_written_as_it_is_in_every_template() {
    for (kind, html) in render(|page| PageView { content: SafeHtml::new("<p>Who <b>decides</b>?</p>"), ..page }) {
        assert!(html.contains("<p>Who <b>decides</b>?</p>"), "{kind:?}");
    }
}

#[test]
fn what_an_author_hides_is_hidden() {
    let link = || Some(LinkView::new("Onboard", written("../onboard/")));
    let toc = || vec![TocEntry { title: "Terms".into(), href: written("#terms"), children: vec![] }];
    let shown = |page| PageView { next: link(), toc: toc(), nav: Some(SafeHtml::new("<ul></ul>")), ..page };
    let all = vec![Hidden::Navigation, Hidden::Toc, Hidden::Footer];
    let hidden = render(|page| PageView { hide: all.clone(), ..shown(page) });
    for ((kind, shown), (_, hidden)) in render(shown).into_iter().zip(hidden) {
        for (part, kinds_without) in [
            ("class=\"pager\"", &[PageKind::Landing, PageKind::NotFound][..]),
            ("class=\"sidebar\"", &[]),
            ("class=\"outline\"", &[PageKind::Landing]),
        ] {
            assert_eq!(shown.contains(part), !kinds_without.contains(&kind), "{part} on {kind:?}");
            assert!(!hidden.contains(part), "{part} hidden on {kind:?}");
        }
    }
}
