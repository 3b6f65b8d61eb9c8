//! The built book: what is in it, what it replaces, and what it refuses to replace.

use crate::fixture::Fixture;
use book::site;
use std::fs;

#[test]
fn both_languages_stand_side_by_side_and_lead_to_each_other() {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();

    let choice = read("index.html");
    assert!(choice.contains("href=\"vi/index.html\"") && choice.contains("href=\"en/index.html\""));
    for (page, other) in [("vi/01-one.html", "../en/01-one.html"), ("en/01-one.html", "../vi/01-one.html")] {
        let html = read(page);
        assert!(html.contains(&format!("href=\"{other}\">")), "{page} has no way to {other}");
        assert!(html.contains("hreflang=\"vi\"") && html.contains("hreflang=\"en\""), "{page}");
        assert!(html.contains("favicon") && html.matches("<h1").count() == 1, "{page}");
        assert!(!html.contains("in-step-with"), "{page} shows its mark");
        assert!(!html.contains("mdbook-theme-rust") && html.contains("mdbook-theme-navy"), "{page}");
    }
    assert!(read("vi/index.html").contains("<meta name=\"description\" content=\"Một bài học. Xem bài.\">"));
}

#[test]
fn the_vietnamese_book_has_no_english_interface() {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let page = fs::read_to_string(out.join("vi/01-one.html")).unwrap();
    for english in
        ["Keyboard shortcuts", "Search this book", "Next chapter", "Change theme", ">Light<", "Print this book"]
    {
        assert!(!page.contains(english), "{english}");
    }
    assert!(page.contains("Tìm trong sách") && page.contains("Chương sau"));
}

#[test]
fn directives_become_what_they_promise() {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let vi = fs::read_to_string(out.join("vi/01-one.html")).unwrap();
    assert!(vi.contains("<svg") && vi.contains("Một kết nối") && !vi.contains("A connection"));
    assert!(vi.contains("transcript") && vi.contains("một byte") && !vi.contains("Thử tiếp"));
    assert!(vi.contains("println!(&quot;hi&quot;);") || vi.contains("println!(\"hi\");"), "the included line");
    assert!(!vi.contains("    println!"), "an included line keeps no indentation of its source");
    assert!(vi.contains("<code>late</code>") && vi.contains("Một lỗi.") && !vi.contains("One mistake."));
    assert!(vi.contains("badge true") && vi.contains("claims.html#c01"));

    let start = fs::read_to_string(out.join("en/index.html")).unwrap();
    assert!(start.contains("<td style=\"text-align: right\">20</td>"), "the minutes of the chapter");
    assert!(start.contains("id=\"term-port\"") && start.contains("href=\"01-one.html\">One</a>"));
    let ledger = fs::read_to_string(out.join("en/claims.html")).unwrap();
    assert!(ledger.contains("Judged 1/1") && ledger.contains("id=\"c01\""));
}

#[test]
fn a_directive_behind_a_backslash_is_shown() {
    let fixture = Fixture::new();
    fixture.edit_both("README.md", "{{#map}}", "`\\{{#map}}`");
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    assert!(fs::read_to_string(out.join("en/index.html")).unwrap().contains("<code>{{#map}}</code>"));
}

#[test]
fn the_search_index_holds_texts_and_nothing_else() {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let page = fs::read_to_string(out.join("vi/index.html")).unwrap();
    let at = |script: &str| page.find(script).unwrap_or_else(|| panic!("no {script}"));
    // The index may be loaded as soon as the searcher runs; what reads it is there before.
    assert!(at("elasticlunr") < at("shared/search-") && at("shared/search-") < at("searcher-"));

    let names = fs::read_dir(out.join("vi")).unwrap().map(|entry| entry.unwrap().path());
    let index = names.into_iter().find(|path| path.file_name().unwrap().to_string_lossy().starts_with("searchindex"));
    let index = fs::read_to_string(index.unwrap()).unwrap();
    assert!(index.contains("documentStore") && index.contains("Một cổng"));
    assert!(!index.contains("\"df\":"), "the inverted index is gone");
}

#[test]
fn a_page_that_is_broken_leaves_the_last_book_in_place() {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("dist");
    site::build(&fixture.course, &out).unwrap();
    let before = fs::read_to_string(out.join("en/index.html")).unwrap();
    fixture.edit_both("README.md", "{{#map}}", "{{#figure gone}}");
    let error = site::build(&fixture.course, &out).unwrap_err().to_string();
    assert!(error.contains("book/vi/README.md:6") && error.contains("gone.fig"), "{error}");
    assert_eq!(fs::read_to_string(out.join("en/index.html")).unwrap(), before);
    let left: Vec<_> = fs::read_dir(fixture.course.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".book-")), "nothing half built: {left:?}");
}

#[test]
fn a_folder_that_holds_something_else_is_never_replaced() {
    let fixture = Fixture::new();
    let out = fixture.course.root().join("precious");
    fixture.write("precious/thesis.txt", "three years");
    let error = site::build(&fixture.course, &out).unwrap_err().to_string();
    assert!(error.contains("precious") && error.contains("not a book"), "{error}");
    assert_eq!(fixture.read("precious/thesis.txt"), "three years");
}

#[test]
fn a_summary_that_names_a_missing_page_fails_the_build() {
    let fixture = Fixture::new();
    for lang in ["vi", "en"] {
        let name = format!("book/{lang}/SUMMARY.md");
        fixture.write(&name, &(fixture.read(&name) + "- [Gone](gone.md)\n"));
    }
    let error = format!("{:#}", site::build(&fixture.course, &fixture.course.root().join("dist")).unwrap_err());
    assert!(error.contains("SUMMARY.md") && error.contains("gone.md"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_web_server_of_another_user_can_read_the_book() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    let (out, like) = (fixture.course.root().join("dist"), fixture.course.root().join("like"));
    fs::create_dir(&like).unwrap();
    site::build(&fixture.course, &out).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&out), mode(&like));
}
