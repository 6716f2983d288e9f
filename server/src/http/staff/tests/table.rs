//! The table of role x route x clinic, cell by cell through HTTP; and that no route of the desk is missing in it.
//!
//! A route that is not in the table fails the last test: whoever adds one says here what each role gets.

use std::collections::BTreeSet;

use super::*;
use crate::testing::Browser as Site;

/// Who asks, in this order in each row. The records are the law clinic's: "own" works in it, and the first adviser takes
/// part in the meeting and has the case, the second does neither.
const WHO: [(&str, &str, &str); 10] = [
    ("Ada", "adviser", "law"),
    ("Bea", "adviser", "law"),
    ("Sue", "supervisor", "law"),
    ("Mo", "manager", "law"),
    ("Con", "conflict_checker", "law"),
    ("Dan", "administrator", ""),
    ("Eve", "adviser", "sports"),
    ("Fay", "supervisor", "sports"),
    ("Gus", "manager", "sports"),
    ("Hal", "conflict_checker", "sports"),
];

/// Method, route, and what each gets. Forms are sent empty: 422 and 409 mean that the form was looked at, 403 and 404
/// that it was not. The rows are asked in this order: the first adviser gives the case away by the form that says who has
/// it, and the second may then have it; by then it is declined, so that it is shut to the second, who had nothing to do with
/// it. No set of questions is loaded, so those who may change one are told that there is none (404), and those who may not
/// are refused first (403).
pub(super) const TABLE: &[(&str, &str, [u16; 10])] = &[
    //                                    law: a    b    s    m    c   adm  sports: a   s    m    c
    (
        "GET",
        "/staff",
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "GET",
        "/staff/calendar",
        [200, 200, 200, 200, 200, 403, 200, 200, 200, 200],
    ),
    (
        "GET",
        "/staff/calendar?clinic=law",
        [200, 200, 200, 200, 200, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/calendar/day-list",
        [200, 200, 200, 200, 200, 403, 200, 200, 200, 200],
    ),
    (
        "GET",
        "/staff/calendar/day-list?of=law",
        [200, 200, 200, 200, 200, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/live",
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "GET",
        "/staff/find",
        [200, 200, 200, 200, 403, 403, 200, 200, 200, 403],
    ),
    (
        "POST",
        "/staff/find",
        [303, 303, 303, 303, 403, 403, 303, 303, 303, 403],
    ),
    (
        "GET",
        "/staff/appointments/{reference}/move",
        [403, 404, 200, 200, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/move",
        [403, 404, 422, 422, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/appointments/{reference}",
        [200, 404, 200, 200, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/mark/{mark}",
        [409, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/crew",
        [403, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/appointments/{reference}/outcome",
        [404, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/outcome",
        [404, 404, 422, 422, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/appointments/{reference}/again",
        [404, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/again",
        [404, 404, 422, 422, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/appointments/{reference}/contact",
        [404, 404, 200, 200, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/contact",
        [404, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/requests/{reference}/contact",
        [404, 404, 200, 200, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/contact",
        [404, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/waiting/{reference}/contact",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/waiting/{reference}/contact",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/walk-in",
        [403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/confirm",
        [403, 404, 409, 403, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/turn-down",
        [403, 404, 303, 403, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/calls/{id}/done",
        [403, 403, 303, 303, 403, 403, 403, 303, 303, 403],
    ),
    (
        "POST",
        "/staff/calls/{id}/tried",
        [403, 403, 303, 303, 403, 403, 403, 303, 303, 403],
    ),
    (
        "GET",
        "/staff/phone",
        [200, 200, 200, 200, 403, 403, 200, 200, 200, 403],
    ),
    (
        "POST",
        "/staff/phone",
        [422, 422, 422, 422, 403, 403, 422, 422, 422, 403],
    ),
    (
        "POST",
        "/staff/phone/end",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "GET",
        "/staff/conflicts",
        [403, 403, 200, 403, 200, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/conflicts/{reference}",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/conflicts/{reference}",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/requests",
        [200, 200, 200, 200, 403, 403, 200, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/requests/{reference}",
        [200, 404, 200, 200, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/times",
        [200, 404, 200, 403, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/prepare",
        [409, 404, 409, 403, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/decide",
        [403, 404, 409, 403, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/answer",
        [403, 404, 422, 422, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/time",
        [403, 404, 422, 422, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/other-times",
        [403, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/withdraw",
        [403, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/turn-down",
        [403, 404, 303, 403, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/requests/{reference}/assign",
        [303, 404, 303, 303, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/waiting",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "GET",
        "/staff/waiting/{reference}",
        [404, 404, 200, 200, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/waiting/{reference}/offer",
        [404, 404, 422, 422, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/waiting/{reference}/accept",
        [404, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/waiting/{reference}/decline",
        [404, 404, 409, 409, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/waiting/{reference}/leave",
        [404, 404, 303, 303, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions",
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "GET",
        "/staff/questions/{set}",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions/{set}/versions",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions/{set}/versions/{number}",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/questions/{set}/versions/{number}/take",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions/{set}/edit/{id}",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/questions/{set}/edit/{id}",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions/{set}/settings",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/questions/{set}/settings",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions/{set}/file",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/questions/{set}/file",
        [403, 403, 404, 404, 403, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/questions/{set}/draft",
        [303, 303, 303, 303, 303, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/questions/{set}/publish",
        [403, 403, 303, 303, 403, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/questions/{set}/discard",
        [403, 403, 303, 303, 403, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/messages",
        [403, 403, 200, 200, 403, 403, 403, 200, 200, 403],
    ),
    (
        "POST",
        "/staff/messages/{id}/again",
        [403, 403, 303, 303, 403, 403, 403, 303, 303, 403],
    ),
    (
        "GET",
        "/staff/messages/samples",
        [403, 403, 200, 200, 403, 403, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/messages/samples/{name}",
        [403, 403, 200, 200, 403, 403, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/messages/samples/{name}/mail",
        [403, 403, 200, 200, 403, 403, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/messages/words",
        [403, 403, 200, 200, 403, 403, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/messages/words/{clinic}/{kind}",
        [403, 403, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/messages/words/{clinic}/{kind}",
        [403, 403, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/audit",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/audit?clinic=law",
        [403, 403, 200, 200, 403, 200, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/audit/export",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/people",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/people?clinic=law",
        [403, 403, 200, 200, 403, 200, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/people",
        [403, 403, 422, 422, 403, 422, 403, 422, 422, 403],
    ),
    (
        "GET",
        "/staff/people/{id}",
        [403, 403, 200, 200, 403, 200, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/give",
        [403, 403, 422, 422, 403, 422, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/take",
        [403, 403, 422, 422, 403, 422, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/invite",
        [403, 403, 303, 303, 403, 303, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/reset",
        [403, 403, 409, 409, 403, 409, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/place",
        [403, 403, 422, 422, 403, 422, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/end",
        [403, 403, 303, 303, 403, 303, 403, 404, 404, 403],
    ),
    (
        "POST",
        "/staff/people/{id}/begin",
        [403, 403, 303, 303, 403, 303, 403, 404, 404, 403],
    ),
    (
        "GET",
        "/staff/account",
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "POST",
        "/staff/account/password",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/account/codes",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/account/feed",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/account/feed/end",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/account/day",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/account/day/end",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/account/second-factor/end",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "GET",
        "/staff/second-factor",
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "POST",
        "/staff/second-factor/begin",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
    (
        "POST",
        "/staff/second-factor",
        [422, 422, 422, 422, 422, 422, 422, 422, 422, 422],
    ),
    (
        "GET",
        "/staff/prove",
        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200],
    ),
    (
        "POST",
        "/staff/prove",
        [422, 422, 422, 422, 422, 422, 422, 422, 422, 422],
    ),
    (
        "POST",
        "/staff/appointments/{reference}/cancel",
        [403, 404, 303, 303, 404, 404, 404, 404, 404, 404],
    ),
    (
        "GET",
        "/staff/reports",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/reports?clinic=law",
        [403, 403, 200, 200, 403, 200, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/reports.csv",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/reports.csv?clinic=law",
        [403, 403, 200, 200, 403, 200, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/reports.xlsx",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/reports/set-up",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "POST",
        "/staff/reports/set-up",
        [403, 403, 422, 422, 403, 422, 403, 422, 422, 403],
    ),
    (
        "GET",
        "/staff/availability",
        [200, 200, 200, 200, 403, 403, 200, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/availability?clinic=law",
        [200, 200, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/availability/drop-out",
        [403, 403, 200, 200, 403, 403, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/availability/drop-out?clinic=law",
        [403, 403, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/availability/drop-out",
        [403, 403, 403, 403, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/availability/{clinic}/resolve",
        [403, 403, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/availability/{clinic}/resolve",
        [403, 403, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/availability/{clinic}/{item}/{id}",
        [403, 403, 200, 200, 403, 403, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/availability/{clinic}/{item}/{id}",
        [403, 403, 422, 422, 403, 403, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/settings",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "GET",
        "/staff/settings/new",
        [403, 403, 200, 200, 403, 200, 403, 200, 200, 403],
    ),
    (
        "POST",
        "/staff/settings/new",
        [403, 403, 422, 422, 403, 422, 403, 422, 422, 403],
    ),
    (
        "GET",
        "/staff/settings/retention",
        [403, 403, 403, 403, 403, 200, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/settings/retention/{clinic}",
        [403, 403, 403, 403, 403, 200, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/settings/retention/{clinic}",
        [403, 403, 403, 403, 403, 422, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/settings/{clinic}",
        [403, 403, 200, 200, 403, 200, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/settings/{clinic}/switch",
        [403, 403, 409, 409, 403, 409, 403, 403, 403, 403],
    ),
    (
        "POST",
        "/staff/settings/{clinic}/questions",
        [403, 403, 303, 303, 403, 303, 403, 403, 403, 403],
    ),
    (
        "GET",
        "/staff/{*nothing}",
        [404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
    ),
    (
        "POST",
        "/staff/account/sign-out-everywhere",
        [303, 303, 303, 303, 303, 303, 303, 303, 303, 303],
    ),
];

/// Routes that ask nobody who they are: signing in, with its second step, and what is reached by a secret in the address.
/// Each has tests of its own.
const OPEN: &[&str] = &[
    "/staff/sign-in",
    "/staff/sign-out",
    "/staff/password/{token}",
    "/staff/second-step",
];

pub(super) struct Records {
    pub appointment: String,
    pub request: String,
    pub waiting: String,
    pub call: String,
    pub message: String,
    pub person: Uuid,
}

pub(super) async fn records(desk: &Desk) -> Records {
    let booked = desk.book("law-first", "Zelda Example", monday(10)).await;
    let asked = requests::law_case(desk, "Yuri Example").await;
    desk.test.checks_conflicts("law").await;
    let person = desk.staff("Vic", &[("adviser", "law")]).await;
    let message = messages::failed_about(desk, booked.id, "a test").await;
    let call = {
        let mut tx = desk.test.context.store.read().await.unwrap();
        tx.open_calls(None).await.unwrap().remove(0).id
    };
    Records {
        appointment: booked.reference,
        request: asked,
        waiting: waits(desk).await,
        call: call.to_string(),
        message: message.to_string(),
        person,
    }
}

/// Somebody on the law clinic's waiting list.
pub(super) async fn waits(desk: &Desk) -> String {
    let context = &desk.test.context;
    let wish = crate::booking::waiting::Join {
        service: "law-first".into(),
        client: crate::outbox::tests::client(context),
        intake: crate::store::IntakeRow {
            id: context.id(),
            clinic_id: "law".into(),
            pack_version: "1".into(),
            answers: "{}".into(),
            assessment: "{}".into(),
            stop_shown: false,
            topic: String::new(),
            created_at: 0,
            sealed: None,
        },
        needs: crate::booking::Needs::default(),
        times: crate::domain::waiting::Times::default(),
        urgent: false,
        source: "web",
        actor: crate::booking::Actor::Client,
        replay: None,
    };
    let joined = crate::booking::waiting::join(context, &wish).await.unwrap();
    joined.reference
}

pub(super) fn filled(route: &str, records: &Records) -> String {
    let own = if route.starts_with("/staff/requests") {
        &records.request
    } else if route.starts_with("/staff/waiting") {
        &records.waiting
    } else {
        &records.appointment
    };
    route
        .replace(
            "/staff/people/{id}",
            &format!("/staff/people/{}", records.person),
        )
        .replace(
            "/staff/calls/{id}",
            &format!("/staff/calls/{}", records.call),
        )
        .replace(
            "/staff/messages/{id}",
            &format!("/staff/messages/{}", records.message),
        )
        .replace("{name}", "confirmation")
        .replace("{kind}", "confirmation")
        .replace("{reference}", own)
        .replace("{mark}", "check-in")
        .replace("{item}/{id}", "closure/new")
        .replace("{clinic}", "law")
        .replace("{set}", "law")
        .replace("{id}", "A1")
        .replace("{number}", "1")
        .replace("{*nothing}", "no/such/page")
}

#[tokio::test]
async fn each_role_gets_on_each_route_what_the_table_says() {
    let desk = Desk::sqlite().await;
    let records = records(&desk).await;
    for (name, role, clinic) in WHO {
        desk.staff(name, &[(role, clinic)]).await;
    }
    desk.takes_part("Ada").await;
    desk.test
        .change(
            "UPDATE requests SET assigned_to = (SELECT id FROM staff WHERE name = 'Ada Sample')",
        )
        .await;
    let mut sites = Vec::new();
    for _ in WHO {
        sites.push(Site::new(desk.router.clone()));
    }
    let mut found = Vec::new();
    for (method, route, _) in TABLE {
        let path = filled(route, &records);
        let mut row = [0; 10];
        for (number, (name, ..)) in WHO.iter().enumerate() {
            let site = &mut sites[number];
            if site.get("/staff").await.status == 303 {
                let email = format!("{name}@sample.invalid");
                let form = [("email", email.as_str()), ("password", PASSWORD)];
                assert_eq!(site.post("/staff/sign-in", &form).await.status, 303);
            }
            let seen = if *method == "GET" {
                site.get(&path).await
            } else {
                site.post(&path, &[]).await
            };
            row[number] = seen.status;
        }
        found.push((*method, *route, row));
    }
    let wrong: Vec<String> = found
        .iter()
        .zip(TABLE)
        .filter(|(found, told)| found.2 != told.2)
        .map(|(found, told)| {
            format!(
                "{} {}\n   told {:?}\n  found {:?}",
                told.0, told.1, told.2, found.2
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The routes that the router of the desk has, as it prints itself.
fn routes() -> BTreeSet<String> {
    let printed = format!("{:?}", super::super::router());
    let quoted = regex::Regex::new(r#""(/staff[^"]*)""#).unwrap();
    quoted
        .captures_iter(&printed)
        .map(|found| found[1].to_owned())
        .collect()
}

#[tokio::test]
async fn every_route_of_the_desk_is_in_the_table_with_every_method_it_has() {
    let desk = Desk::sqlite().await;
    let records = records(&desk).await;
    let routes = routes();
    assert!(
        routes.len() > 40,
        "the router prints its routes: {routes:?}"
    );
    let mut missing = Vec::new();
    for route in routes
        .iter()
        .filter(|route| !OPEN.contains(&route.as_str()))
    {
        let path = filled(route, &records);
        for method in ["GET", "POST"] {
            let mut site = Site::new(desk.router.clone());
            let status = if method == "GET" {
                site.get(&path).await.status
            } else {
                site.post(&path, &[]).await.status
            };
            let there = TABLE
                .iter()
                .any(|row| row.0 == method && row.1 == route.as_str());
            if (status != 405) != there {
                missing.push(format!("{method} {route} answers {status}"));
            }
            // Without a session nothing of it opens, whatever it is.
            assert!(matches!(status, 303 | 405), "{method} {route}: {status}");
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
