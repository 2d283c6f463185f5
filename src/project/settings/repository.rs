//! The web view of the repository.
//! In: its URL and branch. Out: the URL of a file.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::source::SourcePath;

const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// A repository with a web view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repository {
    /// Its home page, without a trailing slash.
    pub url: String,
    /// The branch to show; the default branch if none is set.
    pub branch: Option<String>,
}

/// The host, which determines the format of URLs.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
enum Host {
    GitHub,
    GitLab,
    Bitbucket,
    Gitea,
}

impl Repository {
    /// Parses its URL, which can point to a branch: `…/tree/main`.
    #[must_use]
    pub fn new(written: &str, branch: Option<&str>) -> Self {
        let written = written.trim_end_matches('/').trim_end_matches(".git");
        // People copy the address from their browser while they look at a branch.
        let in_tree = ["/-/tree/", "/tree/"].iter().find_map(|infix| written.split_once(infix));
        let (url, inner) = in_tree.map_or((written, None), |(url, rest)| (url, Some(rest)));
        Self { url: url.to_owned(), branch: branch.or(inner).map(str::to_owned) }
    }

    /// The URL of a file.
    #[must_use]
    pub fn file_url(&self, path: &SourcePath) -> String {
        self.view(path, "blob")
    }

    /// The URL of a folder.
    #[must_use]
    pub fn folder_url(&self, path: &SourcePath) -> String {
        self.view(path, "tree")
    }

    /// Whether the headings of Markdown files have ids derived from their text. Bitbucket does this differently.
    #[must_use]
    pub fn names_headings(&self) -> bool {
        self.host() != Host::Bitbucket
    }

    /// The URL to edit a file, if the host is one of those that are known: others may have none, or none at this URL.
    #[must_use]
    pub fn edit_url(&self, path: &SourcePath) -> Option<String> {
        // Unlike a view, an editor needs a branch to commit to: `HEAD` is none.
        let branch = self.branch.as_deref().unwrap_or("main");
        let path = utf8_percent_encode(path.as_str(), PATH);
        let url = &self.url;
        Some(match self.known_host()? {
            Host::GitHub => format!("{url}/edit/{branch}/{path}"),
            Host::GitLab => format!("{url}/-/edit/{branch}/{path}"),
            Host::Bitbucket => format!("{url}/src/{branch}/{path}?mode=edit&at={branch}"),
            Host::Gitea => format!("{url}/_edit/{branch}/{path}"),
        })
    }

    fn view(&self, path: &SourcePath, kind: &str) -> String {
        let host = self.host();
        // `HEAD` is whatever branch the host shows first, so that a rename of `master` breaks no link.
        let branch = self.branch.as_deref().unwrap_or(match host {
            // Gitea doesn't support the name that the others use for the default branch.
            Host::Gitea => "main",
            _ => "HEAD",
        });
        let view = match host {
            Host::GitHub => format!("{kind}/{branch}"),
            Host::GitLab => format!("-/{kind}/{branch}"),
            Host::Bitbucket => format!("src/{branch}"),
            Host::Gitea => format!("src/branch/{branch}"),
        };
        let path = utf8_percent_encode(path.as_str(), PATH);
        format!("{}/{view}/{path}", self.url).trim_end_matches('/').to_owned()
    }

    /// The host; one that is not known is taken for GitHub, as most hosts follow its URLs.
    fn host(&self) -> Host {
        self.known_host().unwrap_or(Host::GitHub)
    }

    fn known_host(&self) -> Option<Host> {
        let host = self.url.split("//").nth(1).unwrap_or(&self.url).split('/').next().unwrap_or_default();
        // By a part of the host's name, since self-hosted ones are called `gitlab.acme.example`.
        host.split('.').find_map(|part| match part {
            "github" => Some(Host::GitHub),
            "gitlab" => Some(Host::GitLab),
            "bitbucket" => Some(Host::Bitbucket),
            "codeberg" | "gitea" | "forgejo" => Some(Host::Gitea),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_shown_where_their_host_shows_them() {
        let cases = [
            ("https://github.com/acme/partners.git", None, "https://github.com/acme/partners/blob/HEAD/docs/a%20b.md"),
            (
                "https://github.com/acme/partners/tree/main",
                None,
                "https://github.com/acme/partners/blob/main/docs/a%20b.md",
            ),
            ("https://gitlab.acme.org/p/q/", Some("dev"), "https://gitlab.acme.org/p/q/-/blob/dev/docs/a%20b.md"),
            ("https://codeberg.org/p/q", None, "https://codeberg.org/p/q/src/branch/main/docs/a%20b.md"),
        ];
        for (url, branch, expected) in cases {
            let path = SourcePath::new("docs/a b.md").unwrap();
            assert_eq!(Repository::new(url, branch).file_url(&path), expected);
        }
    }

    #[test]
    fn files_are_edited_where_a_known_host_edits_them() {
        let path = SourcePath::new("docs/a b.md").unwrap();
        let edit = |url: &str, branch| Repository::new(url, branch).edit_url(&path);
        let cases = [
            ("https://github.com/acme/partners", "https://github.com/acme/partners/edit/main/docs/a%20b.md"),
            ("https://github.com/acme/p/tree/dev", "https://github.com/acme/p/edit/dev/docs/a%20b.md"),
            ("https://gitlab.acme.example/p/q", "https://gitlab.acme.example/p/q/-/edit/main/docs/a%20b.md"),
            ("https://codeberg.org/p/q", "https://codeberg.org/p/q/_edit/main/docs/a%20b.md"),
            ("https://bitbucket.org/p/q", "https://bitbucket.org/p/q/src/main/docs/a%20b.md?mode=edit&at=main"),
        ];
        for (url, expected) in cases {
            assert_eq!(edit(url, None).as_deref(), Some(expected));
        }
        assert_eq!(edit("https://git.acme.example/p/q", None), None);
    }
}
