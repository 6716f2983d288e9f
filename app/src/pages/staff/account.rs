//! `/staff/account`: one's own account, its sessions, its second factor and the address of one's own calendar.

use super::people::roles;
use crate::icons::{ALERT, CHECK, icon};
use crate::pages::document::{Head, staff};
use crate::text::{t, t_with};
use crate::view::Frame;
use crate::view::accounts::{Account, Session};
use leptos::prelude::*;

/// The page.
pub fn account(frame: &Frame, model: &Account) -> String {
    let head = || Head {
        title: t("account-title"),
        ..Head::default()
    };
    staff(frame, head, "/staff/account", || {
        view! {
            <div class="desk-head">
                <h1>{t("account-title")}</h1>
                <p>{model.name.clone()} " " <span class="hint">{model.email.clone()}</span></p>
            </div>
            <div class="desk-parts">
                <section>
                    <h2>{t("people-col-roles")}</h2>
                    {roles(&model.roles)}
                </section>
                <section>
                    <h2>{t("account-password")}</h2>
                    <p>{t("account-password-lead")}</p>
                    {button("/staff/account/password", "account-password-button")}
                </section>
                <section><h2>{t("account-second")}</h2> {second(model)}</section>
                {model.has_calendar.then(|| view! { <section><h2>{t("account-feed")}</h2> {feed(model)}</section> })}
                {model.has_calendar.then(|| view! { <section><h2>{t("account-day")}</h2> {daily_list(model)}</section> })}
                <section><h2>{t("account-sessions")}</h2> {sessions(&model.sessions)}</section>
            </div>
        }
    })
}

fn button(action: &'static str, key: &str) -> AnyView {
    view! {
        <form method="post" action=action>
            <button class="button small" type="submit">{t(key)}</button>
        </form>
    }
    .into_any()
}

fn second(model: &Account) -> AnyView {
    if !model.second_factor {
        return view! {
            <p>{t("account-second-none")}</p>
            <p><a class="button small" href="/staff/second-factor">{t("account-second-begin")}</a></p>
        }
        .into_any();
    }
    let codes = (!model.codes.is_empty()).then(|| {
        let all = model
            .codes
            .iter()
            .map(|code| view! { <li><code>{code.clone()}</code></li> });
        view! {
            <div class="banner">
                <p>{icon(ALERT)} " " {t("account-codes-once")}</p>
                <ul class="codes">{all.collect_view()}</ul>
            </div>
        }
    });
    let drop =
        (!model.required).then(|| button("/staff/account/second-factor/end", "account-second-end"));
    view! {
        <p>{icon(CHECK)} " " {t("account-second-on")}</p>
        {codes}
        <p>{t_with("account-codes-left", &[("count", model.codes_left.into())])}</p>
        <div class="desk-actions">{button("/staff/account/codes", "account-codes-new")} {drop}</div>
    }
    .into_any()
}

fn feed(model: &Account) -> AnyView {
    let shown = (!model.feed.is_empty()).then(|| {
        view! {
            <div class="banner">
                <p>{icon(ALERT)} " " {t("account-feed-once")}</p>
                <p><code class="secret">{model.feed.clone()}</code></p>
            </div>
        }
    });
    let state = if model.feed_made.is_empty() {
        view! {
            <p>{t("account-feed-lead")}</p>
            {button("/staff/account/feed", "account-feed-make")}
        }
        .into_any()
    } else {
        view! {
            <p>{t_with("account-feed-made", &[("date", model.feed_made.clone().into())])}</p>
            <div class="desk-actions">
                {button("/staff/account/feed", "account-feed-new")}
                {button("/staff/account/feed/end", "account-feed-end")}
            </div>
        }
        .into_any()
    };
    view! { {shown} {state} <p class="hint">{t("account-feed-hint")}</p> }.into_any()
}

fn daily_list(model: &Account) -> AnyView {
    let (state, action, key) = if model.daily_list {
        (
            "account-day-on",
            "/staff/account/day/end",
            "account-day-end",
        )
    } else {
        ("account-day-off", "/staff/account/day", "account-day-begin")
    };
    view! { <p>{t(state)}</p> {button(action, key)} }.into_any()
}

fn sessions(all: &[Session]) -> AnyView {
    let row = |one: &Session| {
        let here = one
            .here
            .then(|| view! { <span class="chip" data-state="confirmed">{icon(CHECK)} {t("account-here")}</span> });
        view! { <tr><th scope="row">{one.started.clone()}</th><td>{one.seen.clone()} " " {here}</td></tr> }
    };
    view! {
        <table class="desk-table">
            <thead><tr>
                <th scope="col">{t("account-started")}</th>
                <th scope="col">{t("account-seen")}</th>
            </tr></thead>
            <tbody>{all.iter().map(row).collect_view()}</tbody>
        </table>
        <div class="desk-actions">{button("/staff/account/sign-out-everywhere", "account-sign-out-everywhere")}</div>
        <p class="hint">{t("account-sessions-hint")}</p>
    }
    .into_any()
}
