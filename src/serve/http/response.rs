//! HTTP responses: status, fields and bytes, written to the connection.

use std::io::{self, ErrorKind, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::content::{Body, field, send_file, text, write};
use super::request::{Request, RequestError, RequestMethod};

/// What stays readable in a `Location`.
const LOCATION: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is served.
pub trait Responder: Send + Sync {
    /// The answer for a path: decoded, starting with `/`, without its query.
    fn respond(&self, path: &str) -> SiteResponse;
}

/// What a site says to a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SiteResponse {
    /// Here it is.
    Found {
        /// The bytes of the page or file.
        bytes: Arc<[u8]>,
        /// Its media type.
        content_type: &'static str,
    },
    /// It is a file on disk, which is sent piece by piece.
    Copied {
        /// Where it lies.
        source: PathBuf,
        /// Its media type.
        content_type: &'static str,
    },
    /// It is at another path of the site, not encoded.
    Redirect(String),
    /// There is no such thing; the page that says so.
    NotFound(Arc<[u8]>),
}

/// Who answers requests.
pub trait Handler: Send + Sync {
    /// The reply to a request.
    fn handle(&self, request: &Request) -> Reply;
}

impl<S: Responder> Handler for S {
    fn handle(&self, request: &Request) -> Reply {
        Reply::Answer(self.respond(&request.path))
    }
}

/// A reply to a request.
pub enum Reply {
    /// The site's answer.
    Answer(SiteResponse),
    /// The visitor's page may not ask for this.
    Forbidden,
    /// The handler failed.
    Broken,
    /// Server-sent events, for as long as both sides want.
    Events(Telling),
}

/// What sends events, and returns when there are no more.
pub type Telling = Box<dyn FnOnce(&mut EventStream<'_>) -> io::Result<()> + Send>;

/// The media type that goes with a file's name.
#[must_use]
pub fn content_type(path: &str) -> &'static str {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "yaml" | "yml" => "application/yaml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// What becomes of the connection.
pub(super) enum ConnectionOutcome {
    /// It can take another request.
    KeptOpen,
    /// It cannot.
    Finished,
}

/// Writes a reply.
pub(super) fn send(
    stream: &TcpStream,
    request: &Request,
    reply: Reply,
    stopping: impl Fn() -> bool,
) -> io::Result<ConnectionOutcome> {
    let sent = match reply {
        Reply::Answer(answer) => whole(stream, request, answer),
        Reply::Forbidden => write(stream, 403, &text("not available to other sites"), Vec::new(), request.method),
        Reply::Broken => write(stream, 500, &text("this page could not be rendered"), Vec::new(), request.method),
        Reply::Events(tell) => {
            let mut events = EventStream { stream, stopping: &stopping };
            events.open()?;
            // The answer to HEAD ends with its fields.
            if request.method == RequestMethod::Get {
                tell(&mut events)?;
            }
            return Ok(ConnectionOutcome::Finished);
        }
    };
    sent.map(|()| ConnectionOutcome::KeptOpen)
}

fn whole(stream: &TcpStream, request: &Request, answer: SiteResponse) -> io::Result<()> {
    match answer {
        SiteResponse::Found { bytes, content_type } => {
            write(stream, 200, &Body { bytes, content_type }, Vec::new(), request.method)
        }
        SiteResponse::Copied { source, content_type } => send_file(stream, request, &source, content_type),
        SiteResponse::NotFound(bytes) => {
            write(stream, 404, &Body { bytes, content_type: content_type(".html") }, Vec::new(), request.method)
        }
        SiteResponse::Redirect(path) => {
            // One slash and no more: `//evil.example/` in a `Location` is another site.
            let path = utf8_percent_encode(path.trim_start_matches(['/', '\\']), LOCATION);
            let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
            let location = field("Location", &format!("/{path}{query}"));
            write(stream, 302, &text("moved"), location.into_iter().collect(), request.method)
        }
    }
}

/// Refuses a request that could not be read or may not be answered.
pub(super) fn refuse(stream: &TcpStream, refusal: RequestError) -> io::Result<()> {
    let (status, words) = match refusal {
        RequestError::Malformed => (400, "malformed request"),
        RequestError::ForeignHost => (403, "unknown host name"),
        RequestError::Hidden => (404, "page not found"),
        RequestError::Method => (405, "only GET and HEAD"),
        RequestError::Slow => (408, "request timeout"),
        RequestError::TooLong => (431, "request too long"),
        RequestError::Version => (505, "only HTTP/1.1"),
        RequestError::Busy => (503, "too many connections"),
    };
    let allow = (refusal == RequestError::Method).then(|| field("Allow", "GET, HEAD")).flatten();
    write(stream, status, &text(words), allow.into_iter().collect(), RequestMethod::Get)
}

/// A stream of server-sent events. Format: HTML Living Standard, section 9.2.
pub struct EventStream<'a> {
    stream: &'a TcpStream,
    stopping: &'a dyn Fn() -> bool,
}

impl EventStream<'_> {
    fn open(&mut self) -> io::Result<()> {
        self.write(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             Server: partner-docs\r\nConnection: close\r\n\r\nretry: 500\n\n",
        )
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        let mut stream = self.stream;
        stream.write_all(text.as_bytes())
    }

    /// Sends an event; `data` holds no line breaks.
    ///
    /// # Errors
    /// When the visitor has gone.
    pub fn send(&mut self, name: &str, data: &str) -> io::Result<()> {
        self.write(&format!("event: {name}\ndata: {data}\n\n"))
    }

    /// Sends what no script sees, so that both sides know the other is there.
    ///
    /// # Errors
    /// When the visitor has gone.
    pub fn beat(&mut self) -> io::Result<()> {
        self.write(": \n\n")
    }

    /// Whether the visitor has closed the connection, or the server is about to.
    #[must_use]
    pub fn over(&self) -> bool {
        let silent = |kind| matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut);
        // A visitor who sends nothing is what we expect, and one who has gone sends an end: a short peek tells the two apart
        // without taking a byte.
        (self.stopping)()
            || self.stream.set_read_timeout(Some(Duration::from_millis(1))).is_err()
            || self.stream.peek(&mut [0]).map_or_else(|error| !silent(error.kind()), |n| n == 0)
    }
}
