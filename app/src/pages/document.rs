//! The whole document round a page: doctype, head, landmarks. Rendering is synchronous, on the
//! calling thread, without waiting for anything; scripts are there only where a page has use for
//! one, and never inline. The output ends with `</html>`.

use super::{footer, masthead, phone, rail};
use crate::text::{direction, in_language, t, t_with};
use crate::view::Frame;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// The mark of the site, as an icon that costs no request.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%23361a3f'/%3E%3Cpath d='M7 27V15a9 9 0 0 1 18 0v12' fill='none' stroke='%23fbf5ec' stroke-width='2.6'/%3E%3Cpath d='M12 27V15.5a4 4 0 0 1 8 0V27z' fill='%23f3a53f'/%3E%3C/svg%3E";

/// What the head of a page says of it.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a page, named at each use"
)]
pub struct Head {
    /// The page's own title; the clinic and the site are added.
    pub title: String,
    /// There are errors to correct: the title says so first.
    pub errors: bool,
    /// Part of a journey or behind a token: kept out of search engines.
    pub private: bool,
    /// The title stays as it is, without clinic or site: for pages that mails link to.
    pub neutral: bool,
    /// The page uses the whole width, as the first one does.
    pub wide: bool,
    /// The page has an island.
    pub island: bool,
    /// The page has a button that only works with JavaScript, such as "Print".
    pub script: bool,
    /// The page has no script, whoever looks: what is refused is then the same in every byte, whyever it is.
    pub bare: bool,
}

impl Head {
    /// A page of a journey, with this title.
    pub fn journey(title: String) -> Self {
        Self {
            title,
            private: true,
            ..Self::default()
        }
    }

    fn full_title(&self, frame: &Frame) -> String {
        let mut title = self.title.clone();
        if !self.neutral {
            let clinic = frame.clinic.as_ref().map(|clinic| clinic.name.clone());
            for part in clinic.into_iter().chain([frame.site_name.clone()]) {
                if !part.is_empty() && part != self.title {
                    title = format!("{title} – {part}");
                }
            }
        }
        if self.errors {
            t_with("title-with-errors", &[("title", title.into())])
        } else {
            title
        }
    }
}

/// A public page as a complete document. `main` makes what stands between header and footer; both
/// closures run in the language of the frame.
pub fn public<V: IntoView>(
    frame: &Frame,
    head: impl FnOnce() -> Head,
    main: impl FnOnce() -> V,
) -> String {
    document(frame, head, "public", |head| {
        let main = main().into_any();
        view! {
            {masthead::view(frame)}
            {phone::banner(frame)}
            <main id="main" class="page" class:wide=head.wide tabindex="-1">{main}</main>
            {footer::view(frame)}
        }
        .into_any()
    })
}

/// A staff page as a complete document: the rail at the side when somebody is signed in. `current`
/// is the address of the rail's entry that the page belongs to.
pub fn staff<V: IntoView>(
    frame: &Frame,
    head: impl FnOnce() -> Head,
    current: &str,
    main: impl FnOnce() -> V,
) -> String {
    let head = || Head {
        private: true,
        // Keys, and the news of what others change.
        script: frame.staff.is_some(),
        ..head()
    };
    document(frame, head, "staff", |_| {
        let main = main().into_any();
        view! {
            {rail::view(frame, current)}
            <main id="main" class="desk" tabindex="-1" data-live=frame.live.clone()>{main}</main>
        }
        .into_any()
    })
}

fn document(
    frame: &Frame,
    head: impl FnOnce() -> Head,
    side: &'static str,
    body: impl FnOnce(&Head) -> AnyView,
) -> String {
    in_language(&frame.lang, || {
        // Islands mode: only what stands inside an island is prepared for waking up.
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        owner.with(|| {
            let lang = if frame.lang.is_empty() {
                crate::text::FIRST.to_owned()
            } else {
                frame.lang.clone()
            };
            let dir = if frame.dir.is_empty() {
                direction(&lang).to_owned()
            } else {
                frame.dir.clone()
            };
            let head = head();
            // A page that only works by links and forms carries no script at all.
            let script = (head.island || head.script || frame.exit) && !head.bare;
            let boot = script.then(|| {
                view! {
                    <script type="module" nonce=frame.nonce.clone() src=frame.boot.clone()></script>
                }
            });
            let robots = head
                .private
                .then(|| view! { <meta name="robots" content="noindex, nofollow" /> });
            let title = head.full_title(frame);
            let page = view! {
                <html lang=lang dir=dir>
                    <head>
                        <meta charset="utf-8" />
                        <meta name="viewport" content="width=device-width, initial-scale=1" />
                        <meta name="color-scheme" content="light dark" />
                        <meta name="format-detection" content="telephone=no" />
                        {robots}
                        <title>{title}</title>
                        <link rel="icon" href=ICON />
                        <link rel="stylesheet" href=frame.css.clone() />
                        {boot}
                    </head>
                    <body class=side>
                        <a class="skip" href="#main">{t("skip-to-content")}</a>
                        {body(&head)}
                    </body>
                </html>
            };
            let html = page.to_html();
            // Markers that only a waking island needs.
            let html = if head.island {
                html
            } else {
                html.replace("<!>", "")
            };
            format!("<!DOCTYPE html>{html}")
        })
    })
}
