//! "Ask a person to call me": the only thing that a stop page stores, and only with consent.

use serde::{Deserialize, Serialize};

use crate::booking::{Actor, BookingError, Replay, earlier, in_turn, remember};
use crate::context::Context;
use crate::domain::booking::reference;
use crate::domain::client::Phone;
use crate::store::{NewCall, Records};

/// A call that somebody asks for, checked.
#[derive(Clone)]
pub struct CallBack {
    /// The clinic whose form it was.
    pub clinic: String,
    /// Name, one line.
    pub name: String,
    /// The number to ring.
    pub phone: Phone,
    /// When to ring, in their words.
    pub call_window: String,
    /// Whether a message may be left.
    pub leave_message: bool,
    /// Who typed.
    pub actor: Actor,
    /// For retries.
    pub replay: Option<Replay>,
}

/// The reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedForCall {
    /// What the person says if they ring.
    pub reference: String,
}

/// Puts the call at the head of the staff's list, once however often it is asked.
pub async fn ask_for_call(
    context: &Context,
    call: &CallBack,
) -> Result<AskedForCall, BookingError> {
    in_turn!(context, |tx| once(tx, context, call))
}

async fn once(
    tx: &mut dyn Records,
    context: &Context,
    call: &CallBack,
) -> Result<AskedForCall, BookingError> {
    if let Some(asked) = earlier(tx, call.replay.as_ref()).await? {
        return Ok(asked);
    }
    let now = context.now().timestamp();
    let asked = AskedForCall {
        reference: reference(context.bytes()),
    };
    let id = context.id();
    tx.put_call(&NewCall {
        id,
        clinic_id: call.clinic.clone(),
        reference: asked.reference.clone(),
        kind: "call_back",
        name: Some(call.name.clone()),
        phone: Some(call.phone.e164().to_owned()),
        call_window: Some(call.call_window.clone()),
        leave_message: Some(call.leave_message),
        appointment_id: None,
        request_id: None,
        waiting_id: None,
        // Whatever the stop was: which one it was is not kept, and a stop is never the lesser case. So a call that is
        // asked for after an urgent stop is looked at within one working day, as its rule asks.
        urgent: true,
        created_at: now,
    })
    .await?;
    call.actor
        .note(
            tx,
            context,
            "asked_for_call",
            ("call", id),
            &call.clinic,
            String::new(),
        )
        .await?;
    remember(tx, call.replay.as_ref(), &asked, now).await?;
    Ok(asked)
}
