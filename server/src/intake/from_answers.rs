//! What the answers say about a client that the contact details leave open.

use crate::domain::client::{AccessNeed, Client, ClientInput};
use crate::domain::schedule::Feature;
use crate::domain::triage::{AdviserGender, Facts};

/// Takes language, interpreter and access needs from the answers where the contact details don't speak of them at all.
/// Said in both, the contact details count: they are the later word.
pub fn fill_from_answers(client: &mut Client, said: &ClientInput, facts: &Facts) {
    if said.language.is_none() {
        client.language.clone_from(&facts.language);
    }
    if said.interpreter.is_none() {
        client.interpreter = facts.interpreter;
    }
    if said.access.is_none() {
        client.access.needs = facts.access.iter().copied().map(need).collect();
        let others = [
            (facts.sight, AccessNeed::Sight),
            (facts.bring_someone, AccessNeed::BringSomeone),
            (facts.remote, AccessNeed::Video),
        ];
        client.access.needs.extend(
            others
                .into_iter()
                .filter_map(|(has, need)| has.then_some(need)),
        );
    }
    // Only the clinic's own question asks this: the contact details have nothing to say against it.
    let adviser = facts.adviser_gender.map(|gender| match gender {
        AdviserGender::Man => AccessNeed::AdviserMan,
        AdviserGender::Woman => AccessNeed::AdviserWoman,
    });
    let chaperone = facts.chaperone.then_some(AccessNeed::Chaperone);
    client
        .access
        .needs
        .extend(adviser.into_iter().chain(chaperone));
}

fn need(feature: Feature) -> AccessNeed {
    match feature {
        Feature::StepFree => AccessNeed::StepFree,
        Feature::Quiet => AccessNeed::Quiet,
        Feature::Hearing => AccessNeed::Hearing,
        Feature::Video => AccessNeed::Video,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::client::AccessInput;

    fn facts() -> Facts {
        Facts {
            language: "Somali".into(),
            interpreter: true,
            access: BTreeSet::from([Feature::Quiet]),
            sight: true,
            ..Facts::default()
        }
    }

    fn filled(input: &ClientInput) -> Client {
        let mut client = input.parse().unwrap();
        fill_from_answers(&mut client, input, &facts());
        client
    }

    fn input() -> ClientInput {
        ClientInput {
            name: Some("Sample Client".into()),
            phone: Some("020 7946 0000".into()),
            ..ClientInput::default()
        }
    }

    #[test]
    fn what_the_contact_details_leave_open_comes_from_the_answers() {
        let client = filled(&input());
        assert_eq!(
            (client.language.as_str(), client.interpreter),
            ("Somali", true)
        );
        assert_eq!(
            client.access.needs,
            BTreeSet::from([AccessNeed::Quiet, AccessNeed::Sight])
        );
    }

    #[test]
    fn domain_9_2_m12_who_is_to_see_them_reaches_staff_as_a_need() {
        let asked = Facts {
            adviser_gender: Some(AdviserGender::Woman),
            chaperone: true,
            ..Facts::default()
        };
        let said = ClientInput {
            access: Some(AccessInput::List(Vec::new())),
            ..input()
        };
        for input in [input(), said] {
            let mut client = input.parse().unwrap();
            fill_from_answers(&mut client, &input, &asked);
            let needs = BTreeSet::from([AccessNeed::AdviserWoman, AccessNeed::Chaperone]);
            assert_eq!(client.access.needs, needs);
        }
    }

    #[test]
    fn what_the_contact_details_say_counts() {
        let said = ClientInput {
            language: Some("Welsh".into()),
            interpreter: Some(false),
            access: Some(AccessInput::List(Vec::new())),
            ..input()
        };
        let client = filled(&said);
        assert_eq!(
            (client.language.as_str(), client.interpreter),
            ("Welsh", false)
        );
        assert!(client.access.needs.is_empty());
    }
}
