//! Where a repository and its site are on the web, from the address that git knows.

use crate::source::Part as _;

/// The addresses of a repository.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebAddresses {
    /// The name of the repository.
    pub name: String,
    /// Its home page.
    pub repository: String,
    /// Where its host publishes the site, if the host does that.
    pub site: Option<String>,
}

/// Hosts that publish sites, with the domain of their users' sites.
const PUBLISHES: [(&str, &str); 3] =
    [("github.com", "github.io"), ("gitlab.com", "gitlab.io"), ("codeberg.org", "codeberg.page")];
/// Hosts whose addresses for git say nothing about those for people.
const UNREADABLE: [&str; 2] = ["ssh.dev.azure.com", "vs-ssh.visualstudio.com"];

impl WebAddresses {
    /// The addresses of a remote: `git@github.com:acme/partners.git`, `https://…`, `ssh://…`. `None` for a folder.
    #[must_use]
    pub fn of(remote: &str) -> Option<Self> {
        let remote = remote.trim().trim_end_matches('/').trim_end_matches(".git");
        let (host, path) = match remote.split_once("://") {
            Some(("http" | "https" | "ssh" | "git", rest)) => rest.split_once('/')?,
            Some(_) => return None,
            // As `scp` writes it. A letter and a colon are a disk of Windows.
            None => remote.split_once(':').filter(|(host, _)| host.len() > 1 && !host.contains('/'))?,
        };
        // Before the `@` there may be a token, which must not get into a file that everyone reads.
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        let is_ssh = !remote.starts_with("http");
        // The port of SSH is not that of the web.
        let host = if is_ssh { host.split(':').next().unwrap_or(host) } else { host }.to_ascii_lowercase();
        let path = path.trim_matches('/');
        let (owner, name) = path.rsplit_once('/')?;
        let is_plain =
            |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '~' | ':'));
        if UNREADABLE.contains(&host.as_str()) || !host.contains('.') || !is_plain(path) || !is_plain(&host) {
            return None;
        }
        let site = PUBLISHES.iter().find(|(known, _)| *known == host).map(|(_, domain)| site(owner, name, domain));
        Some(Self { name: name.to_owned(), repository: format!("https://{host}/{path}"), site })
    }

    /// Whether the repository is on GitHub.
    #[must_use]
    pub fn is_on_github(&self) -> bool {
        self.repository.starts_with("https://github.com/")
    }
}

fn site(owner: &str, name: &str, domain: &str) -> String {
    // GitLab's groups: the first is a part of the host, those below it are folders.
    let (first, below) = owner.split_once('/').map_or((owner, ""), |(first, _)| (first, owner.part(first.len() + 1..)));
    let host = format!("{}.{domain}", first.to_lowercase());
    // The repository that is called like the host is published at its top.
    let folders = [below, if name.eq_ignore_ascii_case(&host) { "" } else { name }];
    let folders = folders.iter().filter(|folder| !folder.is_empty()).map(|folder| format!("{folder}/"));
    format!("https://{host}/{}", folders.collect::<String>())
}
