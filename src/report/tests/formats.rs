//! Reports for other programs: their grammar, and that nothing in a text can break out of it.

use super::*;

/// Findings of each severity, with words that every format must escape.
fn hostile() -> (Vec<Diagnostic>, Sources) {
    let sources = sources(&[("docs/a b&c.md", "<[a](#x)> & \"b\"\n"), ("z.yaml", "name: x\n")]);
    let link = span(&sources, "docs/a b&c.md", "#x");
    let found = vec![
        MISSING.at(link, "no `#x<y>` | & \u{1}\nhere").help("did you mean `#z|*`?").fix(Fix::replace(link, "#z")),
        MISSING.at(link, "no `#x<y>` | & \u{1}\nhere").related(span(&sources, "docs/a b&c.md", "b"), "also here"),
        VANISHING.at(span(&sources, "z.yaml", "x"), "`x` vanishes"),
    ];
    (found, sources)
}

#[test]
fn sarif_says_all_there_is_to_say() {
    let (found, sources) = hostile();
    let report: serde_json::Value =
        serde_json::from_str(&written(&sarif::FORMAT, &found, &sources, Summary::default())).unwrap();
    let run = &report["runs"][0];
    let rules: Vec<&str> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(rules, ["link/anchor-not-found", "link/vanishing-definition"]);
    let results = run["results"].as_array().unwrap();
    let indexes: Vec<u64> = results.iter().filter_map(|result| result["ruleIndex"].as_u64()).collect();
    assert_eq!(indexes, [0, 0, 1]);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "docs/a%20b%26c.md");
    assert_eq!(place["region"]["startColumn"], 6);
    let change = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "#z");
    assert_eq!(results[1]["relatedLocations"][0]["message"]["text"], "also here");
    assert_eq!(results[1].get("fixes"), None);
    let named = |at: usize| results[at]["partialFingerprints"]["partnerDocs/v1"].as_str().unwrap();
    assert!(named(0) != named(1) && named(1) != named(2));
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let named = |text: &str| {
        let sources = sources(&[("a.md", text)]);
        let found = [MISSING.at(span(&sources, "a.md", "#x"), "no `#x`")];
        serde_json::from_str::<serde_json::Value>(&written(&gitlab::FORMAT, &found, &sources, Summary::default()))
            .unwrap()[0]["fingerprint"]
            .clone()
    };
    assert_eq!(named("[a](#x)"), named("# New\n\nmore [a](#x)"));
}

#[test]
fn gitlab_reads_an_array_of_issues() {
    let (found, sources) = hostile();
    let lines = written(&gitlab::FORMAT, &found[2..], &sources, Summary::default()).replace(",\"", ",\n\"");
    assert_shown(
        &lines,
        r#"
    [{"description":"`x` vanishes",
    "check_name":"link/vanishing-definition",
    "fingerprint":"69bc06bacc2b400a",
    "severity":"minor",
    "location":{"path":"z.yaml",
    "lines":{"begin":1,
    "end":1}}}]
    "#,
    );
    assert_eq!(written(&gitlab::FORMAT, &[], &sources, Summary::default()), "[]\n");
}

#[test]
fn junit_fails_for_errors_only_and_escapes_what_xml_reads() {
    let (found, sources) = hostile();
    assert_shown(
        &written(&junit::FORMAT, &found[..1], &sources, Summary::default()),
        r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="partner-docs" tests="1" failures="1" errors="0">
      <testsuite name="docs/a b&amp;c.md" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="docs/a b&amp;c.md" name="link/anchor-not-found at 1:6">
          <failure type="link/anchor-not-found" message="no `#x&lt;y&gt;` | &amp; �&#10;here">docs/a b&amp;c.md:1:6: no `#x&lt;y&gt;` | &amp; �&#10;here
    help: did you mean `#z|*`?</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "#,
    );
    let whole = written(&junit::FORMAT, &found, &sources, Summary::default());
    assert!(whole.contains("tests=\"3\" failures=\"2\"") && whole.contains("<system-out>warning: z.yaml:1:7"));
    assert!(
        written(&junit::FORMAT, &[], &sources, Summary::default())
            .contains("<testcase classname=\"partner-docs\" name=\"check\"/>")
    );
}

#[test]
fn the_table_for_github_shows_errors_first_and_no_markup_of_the_project() {
    let (mut found, sources) = hostile();
    found.rotate_right(1);
    let (found, summary) = (&found[..2], &Summary::default().count(&found[..2]));
    let report = Report { found, sources: &sources, summary, reader: &Reader::default() };
    assert_shown(
        &markdown(&report),
        r"
    ### partner-docs

    1 error and 1 warning in 0 pages (0 ms)

    | | Place | Finding | Rule |
    |---|---|---|---|
    | ❌ | <code>docs/a b&#38;c.md</code> 1:6 | no <code>&#35;x&#60;y&#62;</code> &#124; &#38;   here<br>did you mean <code>&#35;z&#124;&#42;</code>? | `link/anchor-not-found` |
    | ⚠️ | <code>z.yaml</code> 1:7 | <code>x</code> vanishes | `link/vanishing-definition` |
    ",
    );
}

#[test]
fn every_command_for_github_reads_back_as_what_was_meant() {
    let (found, sources) = hostile();
    let report = written(&github::FORMAT, &found, &sources, Summary::default());
    let decoded = |text: &str| {
        let text = text.replace("%3A", ":").replace("%2C", ",");
        text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    };
    let commands = report.lines().filter_map(|line| line.strip_prefix("::"));
    let read: Vec<(String, String)> = commands
        .map(|command| {
            let (head, message) = command.split_once("::").unwrap();
            let (name, properties) = head.split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&name), "{name}");
            let properties: Vec<(&str, &str)> =
                properties.split(',').map(|property| property.split_once('=').unwrap()).collect();
            assert!(properties.iter().all(|(_, value)| !value.contains([':', '\n'])), "{properties:?}");
            (decoded(properties[0].1), decoded(message).lines().next().unwrap_or_default().to_owned())
        })
        .collect();
    let meant = found.iter().map(|finding| {
        let file = sources.shown(finding.span.source).to_owned();
        (file, finding.message.lines().next().unwrap_or_default().to_owned())
    });
    assert_eq!(read, meant.collect::<Vec<_>>());
}

#[test]
fn json_is_what_its_schema_says() {
    let (found, sources) = hostile();
    let report = serde_json::from_str(&written(&json::FORMAT, &found, &sources, Summary::default())).unwrap();
    assert_fits(&report, &schema());
}

/// Holds a value to a schema, as far as ours go; and no field may be unknown to it.
fn assert_fits(value: &serde_json::Value, schema: &serde_json::Value) {
    let is_of_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.as_u64() >= schema["minimum"].as_u64(),
        _ => schema["const"] == *value || schema["enum"].as_array().is_some_and(|all| all.contains(value)),
    };
    assert!(is_of_type, "{value} is no {schema}");
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(name.as_str().unwrap()).is_some(), "{value} has no {name}");
    }
    for (name, field) in value.as_object().into_iter().flatten() {
        assert_fits(field, schema["properties"].get(name).unwrap_or_else(|| panic!("{name} is not in the schema")));
    }
    for item in value.as_array().into_iter().flatten() {
        assert_fits(item, &schema["items"]);
    }
}

#[test]
fn reports_link_to_the_rules_of_a_program_that_has_a_home() {
    assert_eq!(address_below("", &MISSING), None);
    let address = address_below("https://docs.example.org/", &MISSING);
    assert_eq!(address.as_deref(), Some("https://docs.example.org/reference/findings/#link-anchor-not-found"));
}

#[test]
fn github_commands_are_escaped() {
    let sources = sources(&[("docs/a,b:c.md", "100 % [a](#x)\n")]);
    let link = span(&sources, "docs/a,b:c.md", "#x");
    let found = [
        MISSING.at(link, "50 % of\nlines").help("a: b, c").related(link, "here"),
        VANISHING.at(at(&sources, "docs/a,b:c.md", 0..14), "vanishes"),
    ];
    assert_shown(
        &written(&github::FORMAT, &found, &sources, Summary::default()),
        r"
    ::error file=docs/a%2Cb%3Ac.md,line=1,endLine=1,col=11,endColumn=13,title=link/anchor-not-found::50 %25 of%0Alines%0Ahelp: a: b, c%0Adocs/a,b:c.md:1:11: here
    ::warning file=docs/a%2Cb%3Ac.md,line=1,endLine=1,col=1,endColumn=14,title=link/vanishing-definition::vanishes
    1 error and 1 warning in 0 pages (0 ms)
    ",
    );
}

#[test]
fn a_table_fits_into_a_comment_on_a_pull_request() {
    let text = "[a](#x)\n".repeat(190);
    let sources = sources(&[("a.md", &text)]);
    let places = text.match_indices("#x").enumerate();
    let found: Vec<Diagnostic> = places
        .map(|(number, (start, _))| {
            MISSING.at(at(&sources, "a.md", start..start + 2), format!("{number} {}", "long ".repeat(900)))
        })
        .collect();
    let table = written(&markdown::FORMAT, &found, &sources, Summary::default());
    assert!(table.chars().count() < 65_000, "{}", table.len());
    assert!(table.contains("\nand ") && table.ends_with(" more findings\n"), "{table}");
}

#[test]
fn a_finding_with_many_places_is_drawn_at_the_first_ones() {
    let text = "[a](#x)\n".repeat(9);
    let sources = sources(&[("a.md", &text)]);
    let mut places = text.match_indices("#x").map(|(start, _)| at(&sources, "a.md", start..start + 2));
    let finding = MISSING.at(places.next().unwrap(), "no `#x`");
    let finding = places.fold(finding, |finding, place| finding.related(place, "also here"));
    let drawn = plain(&[finding], &sources);
    assert_eq!(drawn.matches("also here").count(), 6, "{drawn}");
    assert!(drawn.contains("and 2 more places"), "{drawn}");
}
