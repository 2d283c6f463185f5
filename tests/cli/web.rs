//! Links to other sites, and a published site on the web.
//! In: a server on this machine that answers as servers do. Out: what `check` says, and what the server was asked.
//! Never knows: any other server.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::program::{Project, Run, ended, program};

/// A server that notes what it is asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let noted = Arc::clone(&noted);
                std::thread::spawn(move || answer(stream, &noted));
            }
        });
        Self { port, asked }
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.sort();
        asked
    }
}

fn answer(stream: TcpStream, noted: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let words: Vec<&str> = first.split(' ').collect();
    let asked = format!("{} {}", words[0], words[1]);
    let before = {
        let mut noted = noted.lock().unwrap();
        noted.push(asked.clone());
        noted.iter().filter(|earlier| **earlier == asked).count()
    };
    let page = "<html><h2 id=\"terms\">Terms</h2></html>";
    let (status, head, body) = match (words[0], words[1]) {
        (_, "/moved") => ("301 Moved Permanently", "Location: /good\r\n", ""),
        (_, "/login") => ("302 Found", "Location: /good\r\n", ""),
        (_, "/private") => ("403 Forbidden", "", ""),
        (_, "/busy") if before == 1 => ("429 Too Many Requests", "Retry-After: 1\r\n", ""),
        ("HEAD", "/no-head") => ("405 Method Not Allowed", "", ""),
        (_, "/manifest.json") => ("200 OK", "", r#"{"version":1,"pages":[{"address":"/gone/","title":"Gone"}]}"#),
        (_, "/good" | "/busy" | "/no-head" | "/page") => ("200 OK", "Content-Type: text/html\r\n", page),
        _ => ("404 Not Found", "", "nothing"),
    };
    let body = if words[0] == "HEAD" { "" } else { body };
    let length = body.len();
    let mut stream = stream;
    let _ = write!(stream, "HTTP/1.1 {status}\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
}

/// A run that no proxy of the developer's comes between.
fn check(project: &Project, arguments: &[&str]) -> Run {
    let mut check = program();
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        check.env_remove(name);
    }
    ended(
        &check.args(["check", "--format", "json"]).args(arguments).current_dir(project.folder.path()).output().unwrap(),
    )
}

/// A project with a link to each path of the server, one a line from the third on.
fn linking(port: u16, paths: &[&str]) -> Project {
    let links: String = paths.iter().map(|path| format!("[a](http://127.0.0.1:{port}{path})\n")).collect();
    Project::new(&[("book.toml", ""), ("content/index.md", &format!("# Home\n\n{links}"))])
}

fn lines(run: &Run) -> HashMap<u64, String> {
    let report = run.json();
    let found = report["diagnostics"].as_array().unwrap().iter();
    found.map(|found| (found["line"].as_u64().unwrap(), found["code"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn addresses_in_playbooks_are_asked_for_as_well() {
    let server = Server::start();
    let at = |path: &str| format!("http://127.0.0.1:{}{path}", server.port);
    let steps =
        format!("steps:\n  - name: A\n    template: {}\n  - name: B\n    template: {}\n", at("/good"), at("/gone"));
    let project = linking(server.port, &[]);
    project.write("playbooks/sign.yaml", format!("description: As [agreed]({}).\n{steps}", at("/gone")));
    let run = check(&project, &["--external"]).ends_with(1);
    assert_eq!(lines(&run), [(1, "external/dead".to_owned()), (6, "external/dead".to_owned())].into());
}

#[test]
fn each_address_is_told_apart_by_its_place() {
    let server = Server::start();
    let paths = ["/good", "/moved", "/login", "/private", "/busy", "/no-head", "/gone", "/page#terms", "/page#none"];
    let project = linking(server.port, &paths);
    assert!(lines(&check(&project, &[])).is_empty());
    assert!(server.asked().is_empty(), "nobody is asked unless asked for");

    let begun = Instant::now();
    let run = check(&project, &["--external", "--external-cache", "cache.json"]).ends_with(1);
    assert!(begun.elapsed() >= Duration::from_secs(1), "the busy server said when to come back");
    let expected =
        [(4, "external/moved"), (6, "external/refused"), (9, "external/dead"), (11, "external/anchor-not-found")];
    assert_eq!(lines(&run), expected.map(|(line, code)| (line, code.to_owned())).into());
    let moved = &run.json()["diagnostics"][0];
    assert_eq!(moved["fix"]["edits"][0]["replacement"], format!("http://127.0.0.1:{}/good", server.port));
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|asked| asked.ends_with("/page")).count(), 1, "{asked:?}");
    assert!(asked.contains(&"HEAD /no-head".to_owned()) && asked.contains(&"GET /no-head".to_owned()));

    let again = check(&project, &["--external", "--external-cache", "cache.json"]).ends_with(1);
    assert_eq!(lines(&again), lines(&run));
    assert!(server.asked().is_empty(), "all answers are remembered");
}

#[test]
fn addresses_can_be_left_out_and_servers_be_away() {
    let server = Server::start();
    let project = linking(server.port, &["/gone", "/good"]);
    check(&project, &["--external", "--exclude", "*/gone"]).ends_with(0);
    assert_eq!(server.asked(), ["HEAD /good"]);
    project.write("book.toml", "[check]\n\"nav/orphan\" = \"warn\"\n\n[check.external]\nexclude = [\"*/go*\"]\n");
    check(&project, &["--external"]).ends_with(0);
    assert_eq!(server.asked(), [""; 0]);
    // Nobody listens at a port that was just given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let run = check(&linking(port, &["/"]), &["--external"]).ends_with(0);
    assert_eq!(lines(&run)[&3], "external/unreachable");
}

#[test]
fn a_published_site_is_asked_for_its_manifest() {
    let server = Server::start();
    let project = linking(server.port, &[]);
    let published = format!("http://127.0.0.1:{}/", server.port);
    let run = check(&project, &["--against", &published]).ends_with(1);
    assert_eq!(lines(&run)[&1], "url/vanished-page");
    check(&project, &["--against", &format!("{published}none.json")]).ends_with(2).says("cannot fetch");
}
