//! The authoring server: connections, each with its own thread and its bounds.
//! In: where to listen, and a `Handler`. Out: answers, until the server is stopped.
//! Never knows: pages or files; it asks its handler for everything and joins no paths.
//!
//! `tiny_http` writes the answers. It takes any number of connections and waits for ever for a head of any size,
//! so connections and heads are our own: at most [`CONNECTIONS`] at once, a head within ten seconds and 64 KiB.

mod request;
mod response;

pub use request::{AllowedHosts, Request, RequestError, RequestMethod};
pub use response::{EventStream, Handler, Reply, Responder, SiteResponse, Telling, content_type};

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::diagnostic::bug;
use request::RequestReader;
use response::ConnectionOutcome;

/// Connections that are open at the same time; one more is told to come back later.
pub const CONNECTIONS: usize = 256;
/// A reader that takes nothing for so long has gone away.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// What a refused sender may still say before its connection is closed.
const LINGER: Duration = Duration::from_millis(300);

/// Where a server cannot listen.
#[derive(Debug)]
pub enum BindError {
    /// Another program has the port.
    PortTaken {
        /// The port.
        port: u16,
    },
    /// The address is not one of this machine, or may not be used.
    Address {
        /// What was asked for.
        address: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
}

impl fmt::Display for BindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken { port } => write!(f, "port {port} is in use by another program"),
            Self::Address { address, cause } => write!(f, "cannot listen on {address}: {cause}"),
        }
    }
}

impl std::error::Error for BindError {}

/// A running server. It stops when it is dropped.
pub struct Server {
    addresses: Vec<SocketAddr>,
    open: Arc<ServerState>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads of a server share.
#[derive(Default)]
struct ServerState {
    stopping: AtomicBool,
    connections: Mutex<BTreeMap<u64, Arc<Connection>>>,
}

struct Connection {
    stream: TcpStream,
    /// Nothing was asked yet, or nothing more since the last answer.
    waits: AtomicBool,
}

impl Server {
    /// Listens on `host`, or on both loopback addresses when none is given, and starts to answer.
    /// Port 0 takes any free port.
    ///
    /// # Errors
    /// When the port is taken or the address cannot be used.
    pub fn start(host: Option<IpAddr>, port: u16, handler: impl Handler + 'static) -> Result<Self, BindError> {
        let listeners = listen(host, port)?;
        let addresses = listeners.iter().filter_map(|listener| listener.local_addr().ok()).collect();
        let hosts = Arc::new(AllowedHosts::new(host));
        let handler: Arc<dyn Handler> = Arc::new(handler);
        let open = Arc::new(ServerState::default());
        // From here on, dropping the server ends what was started.
        let mut server = Self { addresses, open, threads: Vec::new() };
        for (listener, address) in listeners.into_iter().zip(server.addresses.clone()) {
            let (open, hosts, handler) = (Arc::clone(&server.open), Arc::clone(&hosts), Arc::clone(&handler));
            let thread = thread::Builder::new()
                .name("listen".to_owned())
                .spawn(move || accept(&listener, &open, &hosts, &handler))
                .map_err(|cause| BindError::Address { address, cause })?;
            server.threads.push(thread);
        }
        Ok(server)
    }

    /// The addresses it listens on, with the port it got.
    #[must_use]
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Closes every connection and stops listening.
    pub fn stop(&mut self) {
        self.open.stopping.store(true, Ordering::SeqCst);
        for connection in self.open.connections().values() {
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
        for address in &self.addresses {
            // Nothing but a visitor wakes a thread that accepts.
            let _ = TcpStream::connect_timeout(&reachable(*address), Duration::from_millis(200));
        }
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl ServerState {
    fn connections(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Connection>>> {
        bug::lock(&self.connections)
    }

    /// Takes a connection in, for the oldest that only waits where there are too many: who opens connections and says
    /// nothing shuts nobody out. False when all are at work.
    fn take(&self, key: u64, connection: &Arc<Connection>) -> bool {
        let mut connections = self.connections();
        if connections.len() >= CONNECTIONS {
            let waiting = connections.iter().find(|(_, connection)| connection.waits.load(Ordering::SeqCst));
            let Some(oldest) = waiting.map(|(key, _)| *key) else { return false };
            if let Some(dismissed) = connections.remove(&oldest) {
                let _ = dismissed.stream.shutdown(Shutdown::Both);
            }
        }
        connections.insert(key, Arc::clone(connection));
        true
    }

    fn stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

/// The listeners for an address; for the loopback, of both families where the machine has both.
fn listen(host: Option<IpAddr>, port: u16) -> Result<Vec<TcpListener>, BindError> {
    if let Some(host) = host {
        return Ok(vec![bind(SocketAddr::new(host, port))?]);
    }
    // Both loopback addresses: `localhost` may mean either.
    let first = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    // Port 0 has become a number, and the second listener must have the same.
    let port = first.local_addr().map_or(port, |address| address.port());
    match bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
        Ok(second) => Ok(vec![first, second]),
        // Browsers try ::1 first for `localhost`: they would show the other program.
        Err(taken @ BindError::PortTaken { .. }) => Err(taken),
        // A machine without IPv6.
        Err(BindError::Address { .. }) => Ok(vec![first]),
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => BindError::PortTaken { port: address.port() },
        _ => BindError::Address { address, cause },
    })
}

/// An address under which a listener can be reached: nobody can connect to "any address".
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Gives each visitor a thread.
fn accept(listener: &TcpListener, open: &Arc<ServerState>, hosts: &Arc<AllowedHosts>, handler: &Arc<dyn Handler>) {
    for number in 0.. {
        let accepted = listener.accept();
        if open.stopping() {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // Out of file handles, for now: those that are open will close.
            thread::sleep(Duration::from_millis(20));
            continue;
        };
        let _ = admit(number, stream, open, hosts, handler);
    }
}

/// Starts the thread of one connection, unless there are too many.
fn admit(
    number: u64,
    stream: TcpStream,
    open: &Arc<ServerState>,
    hosts: &Arc<AllowedHosts>,
    handler: &Arc<dyn Handler>,
) -> io::Result<()> {
    // Without it an answer waits 45 ms for the acknowledgement of the packet before.
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    // Listeners count their own visitors: odd numbers for one, even for the other.
    let key = number * 2 + u64::from(stream.local_addr()?.is_ipv6());
    let connection = Arc::new(Connection { stream, waits: AtomicBool::new(true) });
    if !open.take(key, &connection) {
        return response::refuse(&connection.stream, RequestError::Busy);
    }
    let (shared, hosts, handler) = (Arc::clone(open), Arc::clone(hosts), Arc::clone(handler));
    let started = thread::Builder::new().name("connection".to_owned()).spawn(move || {
        // However a visitor leaves, there is nobody to tell.
        let _ = converse(&connection, &shared, &hosts, &*handler);
        shared.connections().remove(&key);
    });
    if started.is_err() {
        open.connections().remove(&key);
    }
    started.map(drop)
}

/// Answers the requests of one connection, one after the other.
fn converse(
    connection: &Connection,
    open: &ServerState,
    hosts: &AllowedHosts,
    handler: &dyn Handler,
) -> io::Result<()> {
    let stream = &connection.stream;
    // One reader for the whole connection: it may have read the start of the next request already.
    let mut requests = RequestReader::new(stream);
    while !open.stopping() {
        connection.waits.store(true, Ordering::SeqCst);
        let next = requests.next(hosts);
        connection.waits.store(false, Ordering::SeqCst);
        let request = match next {
            Ok(Some(request)) => request,
            Ok(None) => break,
            Err(refusal) => {
                response::refuse(stream, refusal)?;
                return close_lingering(stream);
            }
        };
        // A fault in one page must not take the server away from its author.
        let reply = bug::contained(|| handler.handle(&request)).unwrap_or(Reply::Broken);
        match response::send(stream, &request, reply, || open.stopping())? {
            ConnectionOutcome::KeptOpen if request.keep_alive => {}
            ConnectionOutcome::KeptOpen | ConnectionOutcome::Finished => break,
        }
    }
    close_lingering(stream)
}

/// Closes politely. Closing at once would make the system throw away an answer that the other side, still
/// sending its body, has not read: RFC 9112, section 9.6.
fn close_lingering(stream: &TcpStream) -> io::Result<()> {
    let mut stream = stream;
    stream.flush()?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    let mut ignored = [0; 4096];
    // 256 KiB are thrown away and no more: the sender was told to stop.
    for _ in 0..64 {
        if stream.read(&mut ignored)? == 0 {
            break;
        }
    }
    Ok(())
}
