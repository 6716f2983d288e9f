//! Each rule of a client's details by example, then the promises for any text at all.

use proptest::prelude::*;

use super::text::turns_direction;
use super::*;

#[expect(clippy::unnecessary_wraps, reason = "every field it fills is optional")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn sample() -> ClientInput {
    ClientInput {
        name: some("Sam Sample"),
        email: some("sam@example.org"),
        ..ClientInput::default()
    }
}

/// The codes of everything wrong, as `field:code`.
fn wrong(input: &ClientInput) -> Vec<String> {
    input
        .parse()
        .err()
        .unwrap_or_default()
        .iter()
        .map(|error| format!("{}:{}", error.field, error.wrong.code()))
        .collect()
}

#[test]
fn a_name_and_one_way_to_reach_them_is_enough_and_silence_is_never_a_yes() {
    let client = sample().parse().unwrap();
    assert_eq!(client.name, "Sam Sample");
    assert!(!client.safe_to_email && !client.safe_to_call && !client.leave_message);
    assert_eq!(client.mail_to(), None);
    let phone_only = ClientInput {
        email: None,
        phone: some("020 7946 0123"),
        ..sample()
    };
    assert_eq!(
        phone_only.parse().unwrap().phone.unwrap().e164(),
        "+442079460123"
    );
}

#[test]
fn nothing_is_mailed_unless_it_is_said_to_be_safe() {
    let safe = ClientInput {
        safe_to_email: Some(true),
        ..sample()
    }
    .parse()
    .unwrap();
    assert_eq!(safe.mail_to().unwrap().as_str(), "sam@example.org");
    let unsafe_ = ClientInput {
        safe_to_email: Some(false),
        ..sample()
    }
    .parse()
    .unwrap();
    assert!(unsafe_.mail_to().is_none());
}

#[test]
fn everything_wrong_is_told_at_once() {
    let input = ClientInput {
        name: some("  "),
        email: some("sam@"),
        phone: some("12"),
        postcode_area: some("nowhere"),
        organisation: some(&"o".repeat(151)),
        call_window: some("mornings\r\nBcc: all@example.org"),
        ..ClientInput::default()
    };
    assert_eq!(
        wrong(&input),
        [
            "name:required",
            "organisation:too_long",
            "email:invalid_email",
            "phone:invalid_phone",
            "call_window:control_characters",
            "postcode_area:invalid_postcode"
        ]
    );
    assert_eq!(
        wrong(&ClientInput::default()),
        ["name:required", "email:contact_needed"]
    );
}

#[test]
fn names_of_any_script_are_kept_and_need_one_letter() {
    for name in [
        "Zoë O’Neill-Ng",
        "李小龍",
        "محمد علي",
        "ईशा",
        "Åsa Öberg",
        "می\u{200c}رود",
        "U Nu",
    ] {
        let client = ClientInput {
            name: some(name),
            ..sample()
        }
        .parse()
        .unwrap();
        assert_eq!(client.name, name);
    }
    for name in ["12345", ":-)", "…", "🙂"] {
        assert_eq!(
            wrong(&ClientInput {
                name: some(name),
                ..sample()
            }),
            ["name:no_letters"],
            "{name}"
        );
    }
    let longest = "é".repeat(NAME_MAX);
    assert!(
        wrong(&ClientInput {
            name: some(&longest),
            ..sample()
        })
        .is_empty()
    );
    assert_eq!(
        wrong(&ClientInput {
            name: some(&format!("{longest}é")),
            ..sample()
        }),
        ["name:too_long"]
    );
}

#[test]
fn pasted_text_is_tidied_and_direction_marks_are_dropped() {
    let name = " \u{202e}Sam\u{a0} \tSample\u{200f} ";
    assert_eq!(
        ClientInput {
            name: some(name),
            ..sample()
        }
        .parse()
        .unwrap()
        .name,
        "Sam Sample"
    );
    assert_eq!(
        wrong(&ClientInput {
            name: some("Sam\u{0}Sample"),
            ..sample()
        }),
        ["name:control_characters"]
    );
}

#[test]
fn the_first_name_is_the_first_word_past_a_title() {
    for (name, first) in [
        ("Sam Sample", "Sam"),
        ("Dr. Sam Sample", "Sam"),
        ("Mrs Sample", "Sample"),
        ("Miss", "Miss"),
        ("李小龍", "李小龍"),
        ("", ""),
    ] {
        assert_eq!(first_name(name), first);
    }
}

#[test]
fn email_addresses_that_mail_can_reach_are_accepted() {
    for (typed, kept) in [
        (" sam@example.org ", "sam@example.org"),
        (
            "Sam.O'Neill+clinic@EXAMPLE.Org",
            "Sam.O'Neill+clinic@example.org",
        ),
        ("a@b-c.example.co.uk", "a@b-c.example.co.uk"),
        ("sam@bücher.example", "sam@xn--bcher-kva.example"),
        ("sam@例え.jp", "sam@xn--r8jz45g.jp"),
    ] {
        let email = Email::parse(typed).unwrap();
        assert_eq!(email.as_str(), kept);
        assert!(
            kept.parse::<lettre::Address>().is_ok(),
            "{kept} cannot be mailed to"
        );
    }
    assert_eq!(
        Email::parse("Sam@Example.org").unwrap().folded(),
        "sam@example.org"
    );
}

#[test]
fn email_addresses_that_cannot_be_right_are_refused() {
    for typed in [
        "",
        "sam",
        "@example.org",
        "sam@",
        "sam@localhost",
        "sam@@example.org",
        "sam @example.org",
        "sam@exam ple.org",
        ".sam@example.org",
        "sam.@example.org",
        "sa..m@example.org",
        "sam@-a.org",
        "sam@a-.org",
        "sam@example..org",
        "sam@example.org.",
        "sam@1.2.3.4",
        "sam@[1.2.3.4]",
        "\"sam\"@example.org",
        "sam@example.org\r\nBcc: all@example.org",
        "sam\n@example.org",
        "sam,all@example.org",
        "sam@example.org, all@example.org",
        "<sam@example.org>",
        "Sam <sam@example.org>",
        "sam@example.123",
        "sam@ex%61mple.org",
        "sam@exa_mple.org",
        "säm@example.org",
        "sam@example.org\0",
    ] {
        assert_eq!(Email::parse(typed), Err(Wrong::InvalidEmail), "{typed:?}");
    }
    let long = format!("{}@example.org", "a".repeat(65));
    assert_eq!(Email::parse(&long), Err(Wrong::InvalidEmail));
    let longer = format!("a@{}.org", "a.".repeat(130));
    assert_eq!(Email::parse(&longer), Err(Wrong::TooLong(254)));
}

#[test]
fn telephone_numbers_are_kept_in_one_form_and_shown_in_another() {
    for (typed, e164, display) in [
        ("020 7946 0123", "+442079460123", "020 7946 0123"),
        ("(020) 7946-0123", "+442079460123", "020 7946 0123"),
        ("+44 (0)20 7946 0123", "+442079460123", "020 7946 0123"),
        ("0044 20 7946 0123", "+442079460123", "020 7946 0123"),
        ("07700 900123", "+447700900123", "07700 900123"),
        ("07700900123", "+447700900123", "07700 900123"),
        ("+33 1 42 68 53 00", "+33142685300", "+33 1 42 68 53 00"),
        ("٠٢٠٧٩٤٦٠١٢٣", "+442079460123", "020 7946 0123"),
    ] {
        let phone = Phone::parse(typed).unwrap_or_else(|_| panic!("{typed} refused"));
        assert_eq!((phone.e164(), phone.display()), (e164, display), "{typed}");
    }
}

#[test]
fn telephone_numbers_that_cannot_be_right_are_refused() {
    for typed in [
        "1",
        "999",
        "0207946",
        "07700 9001234567",
        "09066 123456",
        "call me",
        "0800 FLOWERS",
        "+",
        "020 7946 0123\n1",
    ] {
        assert_eq!(Phone::parse(typed), Err(Wrong::InvalidPhone), "{typed:?}");
    }
    assert_eq!(Phone::parse(&"0".repeat(41)), Err(Wrong::TooLong(40)));
}

#[test]
fn a_postcode_is_cut_to_its_first_part() {
    for (typed, kept) in [
        ("N7", "N7"),
        ("n7 8db", "N7"),
        ("N78DB", "N7"),
        ("sw1a", "SW1A"),
        ("SW1A 1AA", "SW1A"),
        ("sw1a1aa", "SW1A"),
        (" ec1v  9bd ", "EC1V"),
        ("E17AA", "E1"),
        ("E17 7AA", "E17"),
        ("E1 7", "E1"),
        ("W1A 0AX", "W1A"),
        ("M1 1AE", "M1"),
        ("CR2 6XH", "CR2"),
        ("DN55 1PT", "DN55"),
    ] {
        assert_eq!(
            PostcodeArea::parse(typed).unwrap().as_str(),
            kept,
            "{typed}"
        );
    }
    for typed in [
        "",
        "7",
        "N",
        "London",
        "NN",
        "N7 8D",
        "QQ1",
        "90210",
        "N7 8DB extra",
        "SW1I",
        "Ñ7",
        "№7 8DB",
    ] {
        assert_eq!(
            PostcodeArea::parse(typed),
            Err(Wrong::InvalidPostcode),
            "{typed}"
        );
    }
}

#[test]
fn no_fixed_home_needs_no_postcode() {
    let input = ClientInput {
        no_fixed_home: Some(true),
        postcode_area: some("none"),
        ..sample()
    };
    let client = input.parse().unwrap();
    assert!(client.no_fixed_home && client.postcode_area.is_none());
}

#[test]
fn access_needs_come_as_a_list_or_as_text_and_unknown_words_are_kept_for_a_person() {
    let list = AccessInput::List(vec!["step_free".into(), "quiet".into(), "none".into()]);
    let text = AccessInput::Text("step_free, quiet, big print".into());
    let parse = |access| {
        ClientInput {
            access: Some(access),
            ..sample()
        }
        .parse()
        .unwrap()
        .access
    };
    let needs = BTreeSet::from([AccessNeed::StepFree, AccessNeed::Quiet]);
    assert_eq!(
        parse(list),
        Access {
            needs: needs.clone(),
            note: String::new()
        }
    );
    assert_eq!(
        parse(text),
        Access {
            needs,
            note: "big print".into()
        }
    );
}

#[test]
fn the_shape_of_the_api_is_read() {
    let json = r#"{"name":"Sam Sample","email":null,"phone":"07700 900123","safe_to_call":true,
        "access":["hearing"],"language":"Somali","interpreter":true,"organisation":""}"#;
    let client = serde_json::from_str::<ClientInput>(json)
        .unwrap()
        .parse()
        .unwrap();
    assert!(client.safe_to_call && client.interpreter && client.email.is_none());
    assert_eq!(client.language, "Somali");
}

#[test]
fn nothing_about_a_client_is_printed() {
    let client = ClientInput {
        phone: some("07700 900123"),
        ..sample()
    }
    .parse()
    .unwrap();
    let printed = format!("{client:?} {:?} {:?}", client.email, client.phone);
    for secret in ["Sam", "sam", "example", "7700"] {
        assert!(!printed.contains(secret), "{printed}");
    }
}

fn any_text() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(prop_oneof![
        any::<String>(),
        "[a-z.]{1,9}@[a-z.-]{1,12}",
        "[+0-9 ()-]{0,20}",
        "[A-Za-z0-9 ]{0,9}",
        "[\u{0}-\u{20}\u{202a}-\u{202e}a-zא-ת]{0,12}"
    ])
}

proptest! {
    #[test]
    fn parsing_never_panics_and_what_comes_out_has_no_control_characters(
        name in any_text(), email in any_text(), phone in any_text(), postcode in any_text(), other in any_text(),
    ) {
        let input = ClientInput {
            name, email, phone,
            postcode_area: postcode,
            call_window: other.clone(),
            language: other.clone(),
            access: other.clone().map(AccessInput::Text),
            organisation: other,
            ..ClientInput::default()
        };
        for field in [&input.name, &input.email, &input.phone, &input.postcode_area].into_iter().flatten() {
            let _ = (Email::parse(field), PostcodeArea::parse(field), first_name(field));
            if let Ok(phone) = Phone::parse(field) {
                prop_assert!(is_clean(phone.e164()) && is_clean(phone.display()));
            }
        }
        if let Ok(client) = input.parse() {
            prop_assert!(client.name.chars().count() <= NAME_MAX && !client.first_name().is_empty());
            for text in [&client.name, &client.call_window, &client.language, &client.organisation, &client.access.note] {
                prop_assert!(is_clean(text), "{text:?}");
            }
            prop_assert!(client.email.is_some() || client.phone.is_some());
        }
    }

    #[test]
    fn every_address_accepted_can_be_mailed_to(typed in "[a-zA-Z0-9.+'_-]{1,20}@[a-zé.-]{1,20}\\.[a-z]{1,4}") {
        if let Ok(email) = Email::parse(&typed) {
            prop_assert!(email.as_str().parse::<lettre::Address>().is_ok(), "{}", email.as_str());
            prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email);
        }
    }

    #[test]
    fn a_postcode_area_reads_back_as_itself(typed in "[A-Z]{1,2}[0-9]{1,2}[A-Z]? ?[0-9][A-Z]{2}") {
        if let Ok(area) = PostcodeArea::parse(&typed) {
            prop_assert_eq!(PostcodeArea::parse(area.as_str()).unwrap(), area.clone());
            prop_assert!(typed.replace(' ', "").starts_with(area.as_str()));
        }
    }
}

fn is_clean(text: &str) -> bool {
    text.trim() == text && !text.chars().any(|c| c.is_control() || turns_direction(c))
}
