//! Heads of HTTP requests: read within bounds of size and time, and checked before anything is answered.

use std::io::{ErrorKind, Read as _};
use std::net::{IpAddr, TcpStream};
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

/// A longer head is refused.
const HEAD_BYTES: usize = 64 * 1024;
/// One with more fields, too: browsers send about twenty.
const FIELDS: usize = 128;
/// A head that takes longer is given up.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// What a visitor wants to know about.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum RequestMethod {
    /// The whole answer.
    Get,
    /// Its head alone.
    Head,
}

/// A request whose head was read and found good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// What is wanted.
    pub method: RequestMethod,
    /// The path, percent-decoded once; starts with one `/`, and no part of it starts with a dot.
    pub path: String,
    /// What follows `?`, as sent.
    pub query: Option<String>,
    /// The name and port the visitor thinks it talks to; one of the server's own.
    pub host: String,
    /// The site whose page sent the request, where the browser says so.
    pub origin: Option<String>,
    /// Whether the connection stays open after the answer.
    pub keep_alive: bool,
}

impl Request {
    /// Reads a head. `httparse` knows the grammar (RFC 9112, sections 3 and 5) and where each part ends; which heads are
    /// answered is decided here. What the grammar allows for old clients' sake is refused.
    ///
    /// # Errors
    /// When the head is none, or is not answered.
    pub fn of_head(head: &str, hosts: &AllowedHosts) -> Result<Self, RequestError> {
        parse(head, hosts)
    }

    /// Whether a page of another site sent it.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        let own = |origin: &str| origin.split_once("://").is_some_and(|(_, host)| host == self.host);
        self.origin.as_deref().is_some_and(|origin| !own(origin))
    }

    /// A parameter of the query, decoded.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let pairs = self.query.as_deref()?.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.into_iter().find(|(key, _)| *key == name)?.1;
        percent_decode_str(value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    }
}

/// Why a request is not answered.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum RequestError {
    /// It is no request of HTTP.
    Malformed,
    /// It is meant for another host: a page of the web that found our port.
    ForeignHost,
    /// The path hides from view: a dot file, or a way up.
    Hidden,
    /// Neither GET nor HEAD.
    Method,
    /// It took too long.
    Slow,
    /// It was too long.
    TooLong,
    /// A version of HTTP that is not spoken here.
    Version,
    /// There are too many connections.
    Busy,
}

/// The names under which the server answers. A page of the web can make a name of its own point to this machine
/// and then read what is served; it cannot make the browser send one of these.
#[derive(Copy, Clone, Debug)]
pub struct AllowedHosts {
    host: Option<IpAddr>,
}

impl AllowedHosts {
    /// The names of this machine, and the address that the server was told to listen on.
    #[must_use]
    pub fn new(host: Option<IpAddr>) -> Self {
        Self { host }
    }

    fn allow(&self, host: &str) -> bool {
        // An IPv6 address has colons of its own, so it stands in brackets: `[::1]:4100`.
        let bracketed = host.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (name, rest) = bracketed.unwrap_or_else(|| host.split_at(host.find(':').unwrap_or(host.len())));
        // A browser sends nothing behind the port: whoever does wants to be taken for another.
        let is_port = |port: &str| port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
        if !rest.is_empty() && !rest.strip_prefix(':').is_some_and(is_port) {
            return false;
        }
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        // Addresses are safe: nobody can register one as a name.
        name.parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback() || self.host.is_some_and(|own| own.is_unspecified() || own == ip))
    }
}

/// The requests of one connection.
pub(super) struct RequestReader<'a> {
    stream: &'a TcpStream,
    buffer: Vec<u8>,
}

impl<'a> RequestReader<'a> {
    pub(super) fn new(stream: &'a TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The next request; `None` when the visitor has left.
    pub(super) fn next(&mut self, hosts: &AllowedHosts) -> Result<Option<Request>, RequestError> {
        let Some(head) = self.read()? else { return Ok(None) };
        let head = str::from_utf8(&head).map_err(|_| RequestError::Malformed)?;
        Request::of_head(head, hosts).map(Some)
    }

    /// Reads up to the empty line, within the bounds of time and size.
    #[expect(clippy::disallowed_methods, reason = "a head that never ends is cut off by the clock")]
    fn read(&mut self) -> Result<Option<Vec<u8>>, RequestError> {
        let end = Instant::now() + HEAD_TIME;
        let mut searched = 0;
        loop {
            // Only what is new is searched, and three bytes before it: a head that comes byte by byte would otherwise
            // cost the square of its length.
            let found = self.buffer.windows(4).skip(searched).position(|four| four == b"\r\n\r\n");
            if let Some(found) = found {
                let rest = self.buffer.split_off(searched + found + 4);
                return Ok(Some(std::mem::replace(&mut self.buffer, rest)));
            }
            if self.buffer.len() > HEAD_BYTES {
                return Err(RequestError::TooLong);
            }
            searched = self.buffer.len().saturating_sub(3);
            let left = end.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            let mut chunk = [0; 4096];
            let read = self.stream.set_read_timeout(Some(left)).and_then(|()| self.stream.read(&mut chunk));
            match read {
                Ok(0) => return Ok(None),
                Ok(n) if Instant::now() < end => self.buffer.extend(chunk.iter().take(n)),
                // A connection kept open for later, and never used.
                Err(_) if self.buffer.is_empty() => return Ok(None),
                Ok(_) => return Err(RequestError::Slow),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    return Err(RequestError::Slow);
                }
                Err(_) => return Ok(None),
            }
        }
    }
}

fn parse(head: &str, hosts: &AllowedHosts) -> Result<Request, RequestError> {
    // A line that ends with a bare line feed ends elsewhere for a proxy that does not allow it: then what we take for a
    // field is part of another one there. No browser sends one, nor an empty line before a request.
    if head.starts_with('\r') || head.split('\n').rev().skip(1).any(|line| !line.ends_with('\r')) {
        return Err(RequestError::Malformed);
    }
    let mut slots = [httparse::EMPTY_HEADER; FIELDS];
    let mut parsed = httparse::Request::new(&mut slots);
    match parsed.parse(head.as_bytes()) {
        Ok(httparse::Status::Complete(end)) if end == head.len() => {}
        Err(httparse::Error::TooManyHeaders) => return Err(RequestError::TooLong),
        Err(httparse::Error::Version) => return Err(RequestError::Version),
        // What follows the head must not be taken for a part of it.
        Ok(_) | Err(_) => return Err(RequestError::Malformed),
    }
    let fields = Fields(parsed.headers);
    // Before all else: what is told to a foreign host must not depend on what it asked for.
    let host = fields.only("host")?.ok_or(RequestError::Malformed)?;
    if !hosts.allow(host) {
        return Err(RequestError::ForeignHost);
    }
    let method = match parsed.method {
        Some("GET") => RequestMethod::Get,
        Some("HEAD") => RequestMethod::Head,
        _ => return Err(RequestError::Method),
    };
    // A body would be read as the next request.
    if fields.only("transfer-encoding")?.is_some() || fields.only("content-length")?.is_some_and(|length| length != "0")
    {
        return Err(RequestError::Malformed);
    }
    let target = parsed.path.unwrap_or_default();
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    let close = fields.only("connection")?.is_some_and(|value| value.to_ascii_lowercase().contains("close"));
    Ok(Request {
        method,
        path: decode(path)?,
        query,
        host: host.to_owned(),
        origin: fields.only("origin")?.map(str::to_owned),
        keep_alive: parsed.version == Some(1) && !close,
    })
}

/// The fields of a head, names as sent.
struct Fields<'a>(&'a [httparse::Header<'a>]);

impl<'a> Fields<'a> {
    /// A field that may stand once. Of two hosts or two lengths, another program between the browser and us might believe
    /// the other one.
    fn only(&self, name: &str) -> Result<Option<&'a str>, RequestError> {
        let mut values = self.0.iter().filter(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value);
        match (values.next(), values.next()) {
            (Some(value), None) => str::from_utf8(value).map(Some).map_err(|_| RequestError::Malformed),
            (Some(_), Some(_)) => Err(RequestError::Malformed),
            (None, _) => Ok(None),
        }
    }
}

/// Decodes a path, once.
fn decode(path: &str) -> Result<String, RequestError> {
    // Once: a server that decodes twice takes `%252e` for a dot after it was checked.
    let path = percent_decode_str(path).decode_utf8().map_err(|_| RequestError::Malformed)?;
    if !path.starts_with('/') || path.chars().any(char::is_control) {
        return Err(RequestError::Malformed);
    }
    // `//host` and `/\host` are other sites in the eyes of a browser. A part that starts with a dot is a way up, or one
    // of the files that people hide: `.git`, `.env`.
    if path.starts_with("//") || path.split(['/', '\\']).any(|part| part.starts_with('.')) {
        return Err(RequestError::Hidden);
    }
    Ok(path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Request, RequestError> {
        parse(head, &AllowedHosts::new(None))
    }

    fn path(target: &str) -> Result<String, RequestError> {
        read(&format!("GET {target} HTTP/1.1\r\nHost: localhost:3000\r\n\r\n")).map(|request| request.path)
    }

    #[test]
    fn paths_are_decoded_once_and_never_climb() {
        assert_eq!(path("/a%20b/%C3%BC.html?q=%20"), Ok("/a b/ü.html".to_owned()));
        assert_eq!(path("/%2541"), Ok("/%41".to_owned()));
        for hidden in
            ["/../etc/passwd", "/%2e%2e/etc", "/a/.git/config", "/..%5c..%5cx", "//evil.example", "/%2fevil.example"]
        {
            assert_eq!(path(hidden), Err(RequestError::Hidden), "{hidden}");
        }
        for malformed in ["a", "http://localhost/", "/%00", "/a%0d%0ab", "/%ff", "*"] {
            assert_eq!(path(malformed), Err(RequestError::Malformed), "{malformed}");
        }
    }

    #[test]
    fn only_own_names_are_answered() {
        let host =
            |hosts: &AllowedHosts, host: &str| parse(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"), hosts).is_ok();
        let loopback = AllowedHosts::new(None);
        for own in ["localhost", "LOCALHOST:80", "127.0.0.1:3000", "[::1]:3000", "[::1]"] {
            assert!(host(&loopback, own), "{own}");
        }
        for foreign in ["evil.example", "localhost.evil.example", "192.168.0.7", "[::1]x", "", "127.0.0.1.evil.example"]
        {
            assert!(!host(&loopback, foreign), "{foreign}");
        }
        for behind in [
            "localhost:3000x",
            "localhost:3000@evil.example",
            "localhost:3000:80",
            "127.0.0.1:1 evil.example",
            "localhost:3000/evil",
            "[::1]:3000.evil.example",
            "localhost:123456",
            "localhost:+80",
        ] {
            assert!(!host(&loopback, behind), "{behind}");
        }
        assert!(host(&AllowedHosts::new(Some([0, 0, 0, 0].into())), "192.168.0.7:3000"));
        assert!(!host(&AllowedHosts::new(Some([10, 0, 0, 1].into())), "192.168.0.7:3000"));
        assert_eq!(read("GET / HTTP/1.1\r\n\r\n"), Err(RequestError::Malformed));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n"), Err(RequestError::Malformed));
    }

    #[test]
    fn other_sites_are_foreign() {
        let foreign = |origin: &str| {
            let head = format!("GET / HTTP/1.1\r\nHost: localhost:3000\r\n{origin}\r\n\r\n");
            read(&head).unwrap().is_foreign()
        };
        assert!(!foreign("Accept: */*"));
        assert!(!foreign("Origin: http://localhost:3000"));
        for other in ["http://evil.example", "http://localhost:4000", "null", "http://localhost"] {
            assert!(foreign(&format!("Origin: {other}")), "{other}");
        }
    }

    #[test]
    fn broken_heads_are_refused() {
        let field = |field: &str| read(&format!("GET / HTTP/1.1\r\nHost: localhost\r\n{field}\r\n\r\n")).map(|_| ());
        assert_eq!(field("Content-Length: 0"), Ok(()));
        for broken in ["Content-Length: 5", "Transfer-Encoding: chunked", " folded: x", "no colon", "na me: x", ": x"] {
            assert_eq!(field(broken), Err(RequestError::Malformed), "{broken}");
        }
        assert_eq!(read("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"), Err(RequestError::Version));
        assert_eq!(read("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"), Err(RequestError::Method));
        assert_eq!(read("GET /\r\nHost: localhost\r\n\r\n"), Err(RequestError::Malformed));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: localhost\r\n"), Err(RequestError::Malformed));
    }

    #[test]
    fn what_other_readers_would_read_otherwise_is_refused() {
        for ambiguous in [
            "GET / HTTP/1.1\nHost: localhost\n\n",
            "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\n\nGET /b/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        ] {
            assert_eq!(read(ambiguous), Err(RequestError::Malformed), "{ambiguous:?}");
        }
    }

    #[test]
    fn heads_with_more_fields_than_browsers_send_are_too_long() {
        let head = |more: usize| format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(more));
        assert!(read(&head(FIELDS - 1)).is_ok());
        assert_eq!(read(&head(FIELDS)), Err(RequestError::TooLong));
    }
}
