//! The server, over real connections.
//! In: a small site that can be edited, and requests as browsers and attackers send them. Out: what they get.
//! Never knows: how pages are made.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;

/// More than a connection takes in before its reader reads.
static LARGE: LazyLock<Arc<[u8]>> = LazyLock::new(|| vec![0; 16_000_000].into());

/// A site held in memory.
#[derive(Default)]
struct Draft {
    pages: Mutex<BTreeMap<String, String>>,
    findings: Mutex<Vec<OverlayDiagnostic>>,
    refreshed: AtomicUsize,
    watched: Watched,
    changed: Refresh,
    /// What lies at `/film.mp4`.
    film: Option<PathBuf>,
}

impl Draft {
    fn with(pages: &[(&str, &str)]) -> Arc<Self> {
        let draft = Self::default();
        for (path, html) in pages {
            draft.write(path, html);
        }
        Arc::new(draft)
    }

    fn write(&self, path: &str, html: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), html.to_owned());
    }
}

impl Responder for Draft {
    fn respond(&self, path: &str) -> SiteResponse {
        assert_ne!(path, "/broken/", "a fault in a page");
        match (path, self.pages.lock().unwrap().get(path)) {
            ("/folder ü", _) => SiteResponse::Redirect("//folder ü/".to_owned()),
            ("/large.bin", _) => {
                SiteResponse::Found { bytes: Arc::clone(&LARGE), content_type: http::content_type(path) }
            }
            ("/film.mp4", _) => SiteResponse::Copied {
                source: self.film.clone().unwrap_or_default(),
                content_type: http::content_type(path),
            },
            (_, Some(html)) => {
                SiteResponse::Found { bytes: html.as_bytes().into(), content_type: "text/html; charset=utf-8" }
            }
            (_, None) => SiteResponse::NotFound(b"<body>page not found</body>"[..].into()),
        }
    }
}

impl Live for Draft {
    fn refresh(&self, _: &ChangedPaths) -> Refresh {
        self.refreshed.fetch_add(1, Ordering::SeqCst);
        self.changed.clone()
    }

    fn findings(&self) -> Arc<[OverlayDiagnostic]> {
        self.findings.lock().unwrap().clone().into()
    }

    fn watched(&self) -> Watched {
        self.watched.clone()
    }
}

fn options(port: Port) -> Options {
    Options { host: None, port, method: watch::WatchMethod::Events, editor: None, root: PathBuf::from("/repository") }
}

fn dev_server(draft: &Arc<Draft>) -> Arc<DevServer> {
    let live: Arc<dyn Live> = Arc::clone(draft) as Arc<dyn Live>;
    Arc::new(DevServer { live, reload: LiveReload::default(), editor: None, root: PathBuf::from("/repository") })
}

/// A running server for a draft.
fn serve(draft: &Arc<Draft>) -> (Server, SocketAddr) {
    let server = start(&options(Port::Exactly(0)), &dev_server(draft)).unwrap();
    let address = server.addresses()[0];
    (server, address)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// A reader that asks for something and takes only the beginning.
fn begin(address: SocketAddr, path: &str) -> TcpStream {
    let mut stream = connect(address);
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).unwrap();
    stream.read_exact(&mut [0; 12]).unwrap();
    stream
}

/// Sends bytes and reads until the server closes.
fn raw(address: SocketAddr, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

/// The status line and fields, and the body, of one exchange.
fn exchange(address: SocketAddr, line: &str, fields: &str) -> (String, String) {
    let answer = raw(address, &format!("{line} HTTP/1.1\r\nHost: localhost:{}\r\n{fields}\r\n", address.port()));
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

fn status(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

#[test]
fn pages_carry_the_script_and_safe_fields() {
    let (_server, address) = serve(&Draft::with(&[("/", "<body>hello</body>")]));
    let (head, body) = exchange(address, "GET /?q=1", "");
    assert_eq!(status(&head), "200");
    assert!(body.starts_with("<body>hello<script src=\"/_partner-docs/reload.js\""), "{body}");
    for field in
        ["Content-Type: text/html; charset=utf-8", "Cache-Control: no-store", "X-Content-Type-Options: nosniff"]
    {
        assert!(head.contains(field), "{head}");
    }
    assert!(!head.to_ascii_lowercase().contains("access-control"));
    assert!(exchange(address, "GET /_partner-docs/reload.js", "").0.contains("text/javascript"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a file to send has to lie on a disk")]
fn a_file_is_sent_in_the_part_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let film = folder.path().join("film.mp4");
    std::fs::write(&film, "0123456789").unwrap();
    let (_server, address) = serve(&Arc::new(Draft { film: Some(film), ..Draft::default() }));
    let asks = |method: &str, fields: &str| exchange(address, &format!("{method} /film.mp4"), fields);
    let (head, body) = asks("GET", "");
    assert_eq!((status(&head), &*body), ("200", "0123456789"));
    assert!(head.contains("Accept-Ranges: bytes") && head.contains("Content-Type: video/mp4"), "{head}");
    let (head, body) = asks("GET", "Range: bytes=2-4\r\n");
    assert_eq!((status(&head), &*body), ("206", "234"));
    assert!(head.contains("Content-Range: bytes 2-4/10") && head.contains("Content-Length: 3"), "{head}");
    assert_eq!(asks("HEAD", "Range: bytes=-3\r\n").1, "");
    let (head, _) = asks("GET", "Range: bytes=10-\r\n");
    assert!(status(&head) == "416" && head.contains("Content-Range: bytes */10"), "{head}");
    // Versions of a file have no names here, so the one that the visitor has may be another.
    assert_eq!(status(&asks("GET", "Range: bytes=2-4\r\nIf-Range: \"a\"\r\n").0), "200");
}

#[test]
fn a_file_that_is_gone_or_none_is_not_found() {
    let folder = tempfile::tempdir().unwrap();
    for film in [folder.path().join("gone.mp4"), folder.path().to_owned()] {
        let (_server, address) = serve(&Arc::new(Draft { film: Some(film), ..Draft::default() }));
        assert_eq!(status(&exchange(address, "GET /film.mp4", "").0), "404");
    }
}

#[test]
fn a_head_has_the_length_and_no_body() {
    let (_server, address) = serve(&Draft::with(&[("/", "<body>hello</body>")]));
    let (_, whole) = exchange(address, "GET /", "");
    let (head, body) = exchange(address, "HEAD /", "");
    assert!(head.contains(&format!("Content-Length: {}", whole.len())), "{head}");
    assert_eq!(body, "");
}

#[test]
fn what_is_not_there_and_what_may_not_be_asked_for() {
    let (_server, address) = serve(&Draft::with(&[]));
    let (head, body) = exchange(address, "GET /nowhere/", "");
    assert_eq!(status(&head), "404");
    assert!(body.contains("page not found") && body.contains("<script"), "{body}");
    assert_eq!(status(&exchange(address, "GET /../etc/passwd", "").0), "404");
    let (head, _) = exchange(address, "POST /", "Content-Length: 3\r\n\r\nabc");
    assert!(status(&head) == "405" && head.contains("Allow: GET, HEAD"), "{head}");
    assert_eq!(status(&raw(address, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")), "403");
    assert_eq!(status(&raw(address, "GET / HTTP/1.1\r\n\r\n")), "400");
    let endless = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}", "x".repeat(70_000));
    assert_eq!(status(&raw(address, &endless)), "431");
}

#[test]
fn a_redirect_stays_on_the_site() {
    let (_server, address) = serve(&Draft::with(&[]));
    let (head, _) = exchange(address, "GET /folder%20%C3%BC?q=a%20b", "");
    assert_eq!(status(&head), "302");
    assert!(head.contains("Location: /folder%20%C3%BC/?q=a%20b"), "{head}");
}

#[test]
fn a_connection_takes_one_request_after_the_other() {
    let (_server, address) = serve(&Draft::with(&[("/a/", "<body>a"), ("/b/", "<body>b")]));
    let two =
        "GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\nGET /b/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answers = raw(address, two);
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 2);
    assert!(answers.find("<body>a").unwrap() < answers.find("<body>b").unwrap());
}

#[test]
fn a_fault_in_one_page_leaves_the_others() {
    let (_server, address) = serve(&Draft::with(&[("/", "<body>fine")]));
    assert_eq!(status(&exchange(address, "GET /broken/", "").0), "500");
    assert_eq!(status(&exchange(address, "GET /", "").0), "200");
}

#[test]
fn readers_that_stop_reading_block_nobody() {
    let (_server, address) = serve(&Draft::with(&[("/", "<body>fine")]));
    let stalled: Vec<TcpStream> = (0..8).map(|_| begin(address, "/large.bin")).collect();
    assert_eq!(status(&exchange(address, "GET /", "").0), "200");
    drop(stalled);
}

#[test]
fn visitors_that_say_nothing_make_room_for_those_who_ask() {
    let (_server, address) = serve(&Draft::with(&[("/", "<body>fine")]));
    let silent: Vec<TcpStream> = (0..http::CONNECTIONS + 50).map(|_| connect(address)).collect();
    assert_eq!(status(&exchange(address, "GET /", "").0), "200");
    drop(silent);
}

#[test]
fn when_all_are_at_work_visitors_are_asked_to_come_back() {
    let (_server, address) = serve(&Draft::with(&[("/", "<body>fine")]));
    let tabs: Vec<TcpStream> = (0..http::CONNECTIONS).map(|_| begin(address, reload::EVENTS)).collect();
    let mut answer = String::new();
    connect(address).read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), "503");
    drop(tabs);
    let served = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let mut stream = connect(address);
        let mut first = [0; 12];
        let asked = stream.write_all(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
        asked.and_then(|()| stream.read_exact(&mut first)).is_ok() && &first == b"HTTP/1.1 200"
    });
    assert!(served, "the places are free again");
}

#[test]
fn both_loopback_addresses_answer_and_a_taken_port_is_named() {
    let draft = Draft::with(&[("/", "<body>fine")]);
    let (server, address) = serve(&draft);
    for address in server.addresses() {
        assert_eq!(status(&exchange(*address, "GET /", "").0), "200");
    }
    let taken = start(&options(Port::Exactly(address.port())), &dev_server(&draft)).err().unwrap();
    assert!(matches!(taken, BindError::PortTaken { port } if port == address.port()));
    assert_eq!(taken.to_string(), format!("port {} is in use by another program", address.port()));
    let next = start(&options(Port::From(address.port())), &dev_server(&draft)).unwrap();
    assert!(next.addresses()[0].port() > address.port());
}

/// The events of a tab, as `name data`.
fn follow(address: SocketAddr, page: &str) -> impl Iterator<Item = String> {
    let mut stream = connect(address);
    let request = format!("GET /_partner-docs/events?page={page} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let fields = lines.filter_map(|line| line.split_once(": ").map(|(name, data)| (name.to_owned(), data.to_owned())));
    let mut fields = fields.filter(|(name, _)| name == "event" || name == "data");
    std::iter::from_fn(move || Some(format!("{} {}", fields.next()?.1, fields.next()?.1)))
}

#[test]
fn tabs_are_told_what_is_new_to_them() {
    let draft = Draft::with(&[("/a/", "<body>a"), ("/b/", "<body>b")]);
    let dev_server = dev_server(&draft);
    let server = start(&options(Port::Exactly(0)), &dev_server).unwrap();
    let address = server.addresses()[0];
    let (mut a, mut b) = (follow(address, "/a/"), follow(address, "/b/"));
    let nothing_wrong = r#"findings {"here":[],"errors":0,"warnings":0,"elsewhere":0}"#;
    for tab in [&mut a as &mut dyn Iterator<Item = String>, &mut b] {
        assert!(tab.next().unwrap().starts_with("page \""));
        assert_eq!(tab.next().unwrap(), nothing_wrong);
    }
    draft.write("/a/", "<body>new");
    dev_server.reload.refresh(&*draft, |page| dev_server.findings(page), &[]);
    let new = PageVersion::of(&draft.respond("/a/")).to_hex();
    assert_eq!(a.next().unwrap(), format!("page \"{new}\""));
    dev_server.reload.refresh(&*draft, |page| dev_server.findings(page), &["/site.css".to_owned()]);
    assert_eq!(a.next().unwrap(), "assets [\"/site.css\"]");
    assert_eq!(b.next().unwrap(), "assets [\"/site.css\"]", "and nothing before it");
    dev_server.reload.close();
    assert_eq!(a.next(), None);
}

#[test]
fn pages_of_other_sites_hear_nothing() {
    let (_server, address) = serve(&Draft::with(&[]));
    let (head, _) = exchange(address, "GET /_partner-docs/events", "Origin: http://evil.example\r\n");
    assert_eq!(status(&head), "403");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this test is the author who saves")]
fn a_saved_file_refreshes_the_site_and_stop_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let draft = Arc::new(Draft {
        watched: Watched { folders: [root.clone()].into(), ignored: [root.join("book")].into(), ..Watched::default() },
        changed: Refresh { report: "changed".to_owned(), ..Refresh::default() },
        ..Draft::default()
    });
    let live: Arc<dyn Live> = Arc::clone(&draft) as Arc<dyn Live>;
    let stop = StopHandle::default();
    let (said, heard) = mpsc::channel();
    let running = std::thread::Builder::new().spawn({
        let stop = stop.clone();
        move || {
            run(live, &options(Port::Exactly(0)), &stop, |what| {
                let _ = said.send(match what {
                    ServeEvent::Listening(addresses) => addresses[0].to_string(),
                    ServeEvent::Polling(error) => error.to_string(),
                    ServeEvent::Refreshed(refresh) => refresh.report.clone(),
                });
            })
        }
    });
    let next = || heard.recv_timeout(Duration::from_secs(20)).unwrap();
    assert!(next().starts_with("127.0.0.1:"));
    // What changed before it was watched is caught up with, and not spoken of.
    while draft.refreshed.load(Ordering::SeqCst) == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::fs::create_dir_all(root.join("new/folder")).unwrap();
    assert_eq!(next(), "changed");
    std::thread::sleep(Duration::from_millis(100));
    while heard.try_recv().is_ok() {}
    std::fs::write(root.join("new/folder/page.md"), "text").unwrap();
    assert_eq!(next(), "changed", "in a folder that is new, too");
    stop.now();
    running.unwrap().join().unwrap().unwrap();
}
