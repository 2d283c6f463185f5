//! Raw HTML under each policy: what is left of it.

use super::*;

/// The HTML of a text under a policy, with the addresses filled in as they were written.
fn html_under(policy: RawHtmlPolicy, text: &str) -> String {
    let body = Span::new(SourceId::new(0), 0..text.len());
    let options = Options { raw_html: policy, ..Options::default() };
    filled(&compile(text, body, &options, &NoContext).value)
}

fn sanitized(text: &str) -> String {
    html_under(RawHtmlPolicy::Sanitize, text)
}

#[test]
fn what_formats_text_is_kept() {
    for text in [
        "<div class=\"card\">\n\n<p>a</p>\n\n</div>\n",
        "<details open=\"\"><summary>a</summary>b</details>\n",
        "<table><tr><td colspan=\"2\">a &lt; b</td></tr></table>\n",
        "<img src=\"a.png\" alt=\"A\" width=\"9\">\n",
    ] {
        assert_eq!(sanitized(text).replace("\n\n", "\n"), text.replace("\n\n", "\n"));
    }
    assert_eq!(sanitized("a <kbd>b</kbd><br>c\n"), "<p>a <kbd>b</kbd><br>c</p>\n");
}

#[test]
fn what_runs_submits_embeds_or_styles_is_not() {
    for (text, left) in [
        ("<script>x()</script>", ""),
        ("<style>p{}</style>", ""),
        ("<svg onload=\"x()\"><style><img src=x onerror=x()></style><g/></svg>", "<p><img src=\"x\"></p>"),
        ("<math><mtext>a</mtext></math>", "<p>a</p>"),
        ("<iframe src=\"a.html\"><p></iframe>", ""),
        ("<form action=\"/x\"><button>Go</button></form>", "Go"),
        ("<template><b>a</b></template>", "<p><b>a</b></p>"),
        ("<p onclick=x style=y data-script=z title='\"'>a</p>", "<p title=\"&quot;\">a</p>"),
        ("<a href=a.md href=b.md ONCLICK=x>a</a>", "<p><a href=\"a.md\">a</a></p>"),
        ("<!-- a --><p>b</p>", "<p>b</p>"),
        ("<div/>a", "<div></div>a"),
    ] {
        assert_eq!(sanitized(text).trim(), left, "{text}");
    }
}

#[test]
fn what_is_left_out_joins_nothing() {
    for text in
        ["<<!-- -->script>x()<<!-- -->/script>", "<p>a <<b></b>script>x()</p>", "<p><scr<script></script>ipt>x()</p>"]
    {
        let html = sanitized(text);
        assert!(!html.contains("<script"), "{text}: {html}");
    }
}

#[test]
fn no_text_ends_what_is_around_it() {
    assert_eq!(sanitized("</div></article></main>\n\na\n").trim(), "<p>a</p>");
    assert_eq!(sanitized("<table><tr><td>a\n").trim_end(), "<table><tr><td>a\n</td></tr></table>");
    assert_eq!(sanitized("<div><table></div>\n").trim(), "<div><table></table></div>");
}

#[test]
fn an_attribute_list_is_no_way_around_it() {
    let text = "**a**{ style=\"color:red\" .wide }\n";
    assert_eq!(sanitized(text), "<p><strong class=\"wide\">a</strong></p>\n");
    assert!(html(text).contains("style=\"color:red\""));
}

#[test]
fn escaped_html_is_text() {
    let escaped = |text| html_under(RawHtmlPolicy::Escape, text);
    assert_eq!(
        escaped("a <b onclick=x>c</b> &amp; **d**\n"),
        "<p>a &lt;b onclick=x&gt;c&lt;/b&gt; &amp; <strong>d</strong></p>\n"
    );
    assert_eq!(escaped("<script>x('<b>')</script>\n").trim(), "&lt;script&gt;x('&lt;b&gt;')&lt;/script&gt;");
    assert_eq!(escaped("<!-- a -->\n\nb\n").trim(), "<p>b</p>");
}
