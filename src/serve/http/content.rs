//! What an answer carries: bytes, or a file of any size that is read while it is sent.
//! In: a file on disk, and the part of it that is wanted. Out: status, fields and content, on the wire.
//! Never knows: which file it is, or who asks.

use std::fs::{self, File};
use std::io::{self, BufWriter, Cursor, ErrorKind, Read, Seek as _, SeekFrom, Take, Write as _};
use std::net::TcpStream;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tiny_http::{HTTPVersion, Header, Response, StatusCode};

use super::request::{Request, RequestMethod};

/// What follows the fields of an answer.
struct Payload<R> {
    reader: R,
    length: u64,
    content_type: &'static str,
}

/// Sends a file, or the part of it that is asked for, as players of videos do: RFC 9110, section 14.
pub(super) fn send_file(
    stream: &TcpStream,
    request: &Request,
    source: &Path,
    content_type: &'static str,
) -> io::Result<()> {
    let Ok(mut file) = open(source) else {
        return write(stream, 404, &text("page not found"), Vec::new(), request.method);
    };
    let length = file.metadata()?.len();
    let range = match wanted(request.range.as_deref(), length) {
        Wanted::Outside => {
            let fields = field("Content-Range", &format!("bytes */{length}"));
            return write(stream, 416, &text("no such part"), fields.into_iter().collect(), request.method);
        }
        Wanted::Whole => None,
        Wanted::Part(range) => Some(range),
    };
    let status = if range.is_some() { 206 } else { 200 };
    let place = |range: &Range<u64>| format!("bytes {}-{}/{length}", range.start, range.end.saturating_sub(1));
    let place = range.as_ref().and_then(|range| field("Content-Range", &place(range)));
    let fields = field("Accept-Ranges", "bytes").into_iter().chain(place).collect();
    let range = range.unwrap_or(0..length);
    file.seek(SeekFrom::Start(range.start))?;
    let length = range.end - range.start;
    let content = Payload { reader: Exactly(file.take(length)), length, content_type };
    write_content(stream, status, content, fields, request.method)
}

/// Opens a file. A pipe would keep its visitor waiting for ever.
fn open(path: &Path) -> io::Result<File> {
    if fs::metadata(path)?.is_file() { File::open(path) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// A reader of so many bytes, and no fewer.
struct Exactly(Take<File>);

impl Read for Exactly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        // A file that was cut short since: only a connection that ends tells the visitor that something is missing.
        if read == 0 && self.0.limit() > 0 && !buffer.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok(read)
    }
}

/// What a visitor wants of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    /// Bytes that it does not have.
    Outside,
}

/// Reads a `Range`. What is not understood is ignored, as are several parts at once: no player asks for these.
fn wanted(range: Option<&str>, length: u64) -> Wanted {
    let number = |digits: &str| {
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    let unit = range.and_then(|range| range.split_once('=')).filter(|(unit, _)| unit.eq_ignore_ascii_case("bytes"));
    let Some((first, last)) = unit.and_then(|(_, part)| part.trim().split_once('-')) else { return Wanted::Whole };
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(last)) if first.is_empty() => length.saturating_sub(last)..length,
        _ => return Wanted::Whole,
    };
    if part.start < part.end { Wanted::Part(part) } else { Wanted::Outside }
}

/// An answer that is held in memory.
pub(super) struct Body {
    pub(super) bytes: Arc<[u8]>,
    pub(super) content_type: &'static str,
}

pub(super) fn text(words: &str) -> Body {
    Body { bytes: format!("{words}\n").into_bytes().into(), content_type: "text/plain; charset=utf-8" }
}

pub(super) fn field(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

pub(super) fn write(
    stream: &TcpStream,
    status: u16,
    body: &Body,
    more: Vec<Header>,
    method: RequestMethod,
) -> io::Result<()> {
    let length = body.bytes.len() as u64;
    let content = Payload { reader: Cursor::new(&body.bytes[..]), length, content_type: body.content_type };
    write_content(stream, status, content, more, method)
}

/// Writes an answer with the fields that all have.
fn write_content<R: Read>(
    stream: &TcpStream,
    status: u16,
    content: Payload<R>,
    more: Vec<Header>,
    method: RequestMethod,
) -> io::Result<()> {
    let fixed = [
        ("Content-Type", content.content_type),
        // A page from the cache would be the one before the save.
        ("Cache-Control", "no-store"),
        // What is served may be a draft: no page of the web may load it as an image or a script, or guess what it is.
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Server", "partner-docs"),
    ];
    let fields = more.into_iter().chain(fixed.iter().filter_map(|(name, value)| field(name, value))).collect();
    let length = usize::try_from(content.length).map_err(io::Error::other)?;
    // Never chunked: browsers show progress only when they are told the length.
    let response = Response::new(StatusCode(status), fields, content.reader, Some(length), None)
        .with_chunked_threshold(usize::MAX);
    let mut writer = BufWriter::with_capacity(16 * 1024, stream);
    response.raw_print(&mut writer, HTTPVersion(1, 1), &[], method == RequestMethod::Head, None)?;
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_given_and_what_is_not_understood_is_ignored() {
        let of_ten = |range: &str| wanted(Some(range), 10);
        for (range, part) in [
            ("bytes=0-3", 0..4),
            ("bytes=4-", 4..10),
            ("Bytes=-3", 7..10),
            ("bytes=-99", 0..10),
            ("bytes=8-99", 8..10),
            ("bytes=9-99999999999999999999999", 9..10),
        ] {
            assert_eq!(of_ten(range), Wanted::Part(part), "{range}");
        }
        for ignored in ["bytes=3-2", "bytes=a-b", "bytes=", "bytes=-", "lines=0-3", "bytes=0-1,4-5", "bytes=+1-2", "x"]
        {
            assert_eq!(of_ten(ignored), Wanted::Whole, "{ignored}");
        }
        for outside in ["bytes=10-", "bytes=10-20", "bytes=-0"] {
            assert_eq!(of_ten(outside), Wanted::Outside, "{outside}");
        }
        assert_eq!((wanted(None, 0), wanted(Some("bytes=0-"), 0)), (Wanted::Whole, Wanted::Outside));
    }
}
