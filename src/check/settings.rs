//! What `[theme]` of book.toml asks for: is there such a colour, and such an icon?
//! In: the settings of a site. Out: findings at the values.
//! Never knows: how book.toml is read, what a colour or an icon looks like.

use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::markdown::mark;
use crate::markdown::nearest_mark;
use crate::project::settings::keys::VALUE;
use crate::site::Site;
use crate::theme::Accent;

/// Looks for colours that are none, and icons that nobody drew.
pub fn check(site: &Site, found: &mut Diagnostics) {
    let theme = &site.config.theme;
    if let Some(accent) =
        site.config.written.theme.accent.as_ref().filter(|accent| Accent::parse(&accent.value).is_none())
    {
        let message = format!("invalid value `{}` for `accent`", accent.value);
        found.push(VALUE.at(accent.span, message).help("use a hex colour, such as `#3949ab`"));
    }
    for icon in theme.social.iter().map(|link| &link.icon).filter(|icon| mark(&icon.value).is_none()) {
        let meant = nearest_mark(&icon.value).map(did_you_mean);
        found.push(VALUE.at(icon.span, format!("unknown icon `{}`", icon.value)).help_if(meant));
    }
}
