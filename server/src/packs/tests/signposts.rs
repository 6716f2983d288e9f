//! Everybody whom a rule may point to, against the clinics' list of who can help: name, number, and hours only where
//! the list has them.

use super::clinic;

/// Name, telephone as shown, digits that a link rings, hours.
const LIST: &[(&str, &str, &str, &str, &str)] = &[
    ("emergency", "Emergency services", "999", "999", ""),
    ("nhs_111", "NHS 111", "111", "111", "Day and night"),
    (
        "samaritans",
        "Samaritans",
        "116 123",
        "116123",
        "Day and night",
    ),
    ("shout", "Shout", "Text 85258", "", ""),
    ("papyrus", "Papyrus", "0800 068 4141", "08000684141", ""),
    ("childline", "Childline", "0800 1111", "08001111", ""),
    (
        "domestic_abuse_helpline",
        "National Domestic Abuse Helpline (Refuge)",
        "0808 2000 247",
        "08082000247",
        "Day and night. The call is free",
    ),
    (
        "mens_advice_line",
        "Men's Advice Line",
        "0808 801 0327",
        "08088010327",
        "",
    ),
    (
        "shelter",
        "Shelter England",
        "0808 800 4444",
        "08088004444",
        "",
    ),
    (
        "hlpas",
        "Housing Loss Prevention Advice Service",
        "",
        "",
        "",
    ),
    (
        "civil_legal_advice",
        "Civil Legal Advice (legal aid)",
        "0345 345 4 345",
        "03453454345",
        "",
    ),
    (
        "citizens_advice",
        "Citizens Advice Adviceline (England)",
        "0800 144 8848",
        "08001448848",
        "",
    ),
    ("acas", "Acas helpline", "0300 123 1100", "03001231100", ""),
    (
        "business_debtline",
        "Business Debtline",
        "0800 197 6026",
        "08001976026",
        "",
    ),
    (
        "national_debtline",
        "National Debtline",
        "0808 808 4000",
        "08088084000",
        "",
    ),
    ("taxaid", "TaxAid", "", "", ""),
    (
        "food_help",
        "Your local food bank, and your council",
        "",
        "",
        "",
    ),
    (
        "hmrc_payment_support",
        "HMRC Payment Support Service",
        "0300 200 3835",
        "03002003835",
        "",
    ),
    ("beat", "Beat", "0808 801 0677", "08088010677", ""),
    (
        "islington_adults",
        "Islington adult social care (Access Service)",
        "020 7527 2299",
        "02075272299",
        "9am to 5pm",
    ),
    (
        "islington_children",
        "Islington Children's Services Contact Team",
        "020 7527 7400",
        "02075277400",
        "Day and night",
    ),
    ("nspcc", "NSPCC", "0808 800 5000", "08088005000", ""),
];

/// Named in the rules, and with no number of their own.
const NO_NUMBER: &[&str] = &[
    "gp",
    "a_and_e",
    "midwife",
    "diabetes_team",
    "duty_solicitor",
    "detention_help",
    "solicitor",
    "court_help",
    "council_housing",
    "council_safeguarding",
    "immigration_adviser",
    "accountant",
    "charity_commission",
    "law_clinic",
];

#[test]
fn every_signpost_of_the_clinics_list_is_there_with_its_number_and_hours() {
    let pack = clinic("law");
    for (id, name, telephone, dial, hours) in LIST {
        let one = pack
            .signposts
            .values()
            .find(|one| one.id.0 == *id)
            .unwrap_or_else(|| panic!("{id}"));
        let shown = (
            one.name.as_str(),
            one.telephone.as_str(),
            one.dial.as_str(),
            one.hours.as_str(),
        );
        assert_eq!(shown, (*name, *telephone, *dial, *hours), "{id}");
        assert!(one.why.len() > 15, "{id}");
    }
    for id in NO_NUMBER {
        let one = pack
            .signposts
            .values()
            .find(|one| one.id.0 == *id)
            .unwrap_or_else(|| panic!("{id}"));
        assert!(one.telephone.is_empty() && one.hours.is_empty(), "{id}");
    }
    assert_eq!(
        pack.signposts.len(),
        LIST.len() + NO_NUMBER.len(),
        "nobody who is not on a list"
    );
}

#[test]
fn nobody_has_checked_a_signpost_or_a_rule_of_the_sample_packs_and_each_says_so() {
    for pack in super::Packs::embedded().unwrap().iter() {
        let never = crate::domain::triage::NOT_YET_CHECKED;
        assert!(
            pack.signposts
                .values()
                .all(|one| one.checked_on == never && one.checked_by == never)
        );
        assert!(
            pack.rules
                .iter()
                .all(|one| one.checked_on == never && one.checked_by == never)
        );
    }
}
