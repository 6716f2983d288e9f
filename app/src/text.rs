//! The words of the product, from the Fluent catalogues in `locales/<language>/*.ftl`, which are
//! compiled in. English comes first: a message another language lacks is taken from it.
//!
//! The language is the one the calling thread is rendering in ([`in_language`]). Rendering is
//! synchronous, so one thread renders one page at a time and a thread's language is a page's.
//! Nothing here waits, reads files or fails: a key that no catalogue has is returned as it is, and
//! the tests see to it that no page asks for one.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Language and texts of each folder of catalogues.
const CATALOGUES: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// The language that every message exists in.
pub const FIRST: &str = "en";

/// A made-up language, derived from English: every message stands in ⟦brackets⟧ and its vowels are
/// drawn out. A page rendered in it shows any text that did not come from a catalogue, and how the
/// page bears longer words.
pub const PSEUDO: &str = "en-XA";

type Bundle = FluentBundle<FluentResource>;

thread_local! {
    static LANGUAGE: RefCell<String> = RefCell::new(FIRST.to_owned());
}

/// Renders in `language` for as long as `render` runs, then goes back to the language before.
pub fn in_language<T>(language: &str, render: impl FnOnce() -> T) -> T {
    struct Restore(String);
    impl Drop for Restore {
        fn drop(&mut self) {
            LANGUAGE.set(std::mem::take(&mut self.0));
        }
    }
    let _restore = Restore(LANGUAGE.replace(language.to_owned()));
    render()
}

/// The languages there are catalogues for, English first.
pub fn languages() -> Vec<&'static str> {
    let others = CATALOGUES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| *name != FIRST);
    std::iter::once(FIRST).chain(others).collect()
}

/// The message `key` in the current language.
pub fn t(key: &str) -> String {
    say(key, None)
}

/// The message `key` with its places filled in: `t_with("hold-until", &[("time", "3:24pm".into())])`.
/// A number chooses the plural form.
pub fn t_with(key: &str, places: &[(&str, FluentValue<'_>)]) -> String {
    let mut args = FluentArgs::with_capacity(places.len());
    for (name, value) in places {
        args.set(*name, value.clone());
    }
    say(key, Some(&args))
}

/// Whether English has `key`: for families of keys that end in a code, such as `problem-*-title`.
pub fn has(key: &str) -> bool {
    bundles()
        .get(FIRST)
        .is_some_and(|bundle| bundle.has_message(key))
}

fn say(key: &str, args: Option<&FluentArgs<'_>>) -> String {
    LANGUAGE.with_borrow(|language| {
        let bundles = bundles();
        [language.as_str(), FIRST]
            .iter()
            .find_map(|name| format(bundles.get(*name)?, key, args))
            .map_or_else(
                || key.to_owned(),
                |text| {
                    if language == PSEUDO {
                        format!("⟦{text}⟧")
                    } else {
                        text
                    }
                },
            )
    })
}

fn format(bundle: &Bundle, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    // A place that is not filled shows as its name in braces; the rest of the sentence stands.
    let mut problems = Vec::new();
    Some(
        bundle
            .format_pattern(pattern, args, &mut problems)
            .into_owned(),
    )
}

fn bundles() -> &'static BTreeMap<&'static str, Bundle> {
    static BUNDLES: OnceLock<BTreeMap<&'static str, Bundle>> = OnceLock::new();
    BUNDLES.get_or_init(|| {
        let mut all: BTreeMap<_, _> = CATALOGUES
            .iter()
            .map(|(name, texts)| (*name, bundle(name, texts)))
            .collect();
        if let Some((_, texts)) = CATALOGUES.iter().find(|(name, _)| *name == FIRST) {
            let mut pseudo = bundle(FIRST, texts);
            pseudo.set_transform(Some(drawn_out));
            all.insert(PSEUDO, pseudo);
        }
        all
    })
}

fn bundle(language: &str, texts: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.parse().unwrap_or_default()]);
    // Marks round each filled-in place matter only where directions mix, and upset copying.
    bundle.set_use_isolating(direction(language) == "rtl");
    for text in texts {
        // A line that is not Fluent is left out, and the test below names it.
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(rest, _)| rest);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// `rtl` for the languages written from right to left, else `ltr`: the `dir` of a page.
pub fn direction(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "ar" | "fa" | "he" | "ku" | "ps" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

fn drawn_out(text: &str) -> Cow<'_, str> {
    let mut long = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        match letter {
            'a' => long.push_str("àà"),
            'e' => long.push_str("éé"),
            'i' => long.push('í'),
            'o' => long.push_str("öö"),
            'u' => long.push('ü'),
            other => long.push(other),
        }
    }
    Cow::Owned(long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_catalogue_is_fluent_without_doubles() {
        for (language, texts) in CATALOGUES {
            let mut bundle = Bundle::new_concurrent(vec![language.parse().unwrap()]);
            for text in *texts {
                let resource = FluentResource::try_new((*text).to_owned())
                    .unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
                bundle
                    .add_resource(resource)
                    .unwrap_or_else(|errors| panic!("{language}: {errors:?}"));
            }
        }
    }

    /// Every `t("key")` and `t_with("key"` of the sources, and every key there is.
    #[test]
    fn every_key_the_pages_ask_for_exists_and_every_key_is_asked_for() {
        let mut asked = BTreeSet::new();
        keys_asked_for(
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
            &mut asked,
        );
        assert!(asked.len() > 50, "the scan found only {}", asked.len());
        let missing: Vec<_> = asked.iter().filter(|key| !has(key)).collect();
        assert!(missing.is_empty(), "no catalogue has {missing:?}");

        // The mail's words are asked for by the server; families end in a code known at run time.
        let families = [
            "problem-",
            "state-",
            "staff-",
            "history-",
            "call-",
            "action-",
            "mail-",
            "equality-",
            "times-asked-",
            "times-way-",
            // Asked for by the server.
            "phone-which-missing",
        ];
        for file in [
            "site.ftl",
            "journey.ftl",
            "statements.ftl",
            "phone.ftl",
            "leaving.ftl",
            "equality.ftl",
        ] {
            let text = std::fs::read_to_string(format!(
                "{}/locales/en/{file}",
                env!("CARGO_MANIFEST_DIR")
            ))
            .unwrap();
            for key in text
                .lines()
                .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
            {
                let known =
                    asked.contains(key) || families.iter().any(|family| key.starts_with(family));
                assert!(
                    known || key.starts_with([' ', '-', '#', '*', '}']),
                    "{file}: nothing asks for {key}"
                );
            }
        }
    }

    fn keys_asked_for(folder: &Path, asked: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                keys_asked_for(&path, asked);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("text.rs")
            {
                let source = std::fs::read_to_string(&path).unwrap();
                let starts = ["t(\"", "t_with(\"", "t_with(\n", "tell(frame, \""];
                for start in starts {
                    for (at, _) in source.match_indices(start) {
                        let own_word = source[..at]
                            .chars()
                            .next_back()
                            .is_none_or(|c| !c.is_alphanumeric() && c != '_');
                        let rest = source[at + start.len()..]
                            .trim_start()
                            .trim_start_matches('"');
                        if own_word {
                            asked.insert(rest.split('"').next().unwrap_or_default().to_owned());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_language_lasts_as_long_as_its_page_even_when_a_page_panics() {
        let english = t("skip-to-content");
        let inside = in_language(PSEUDO, || t("skip-to-content"));
        assert!(inside.starts_with('⟦') && inside.ends_with('⟧') && inside.len() > english.len());
        let _ = std::panic::catch_unwind(|| in_language(PSEUDO, || panic!("on purpose")));
        assert_eq!(t("skip-to-content"), english);
    }

    #[test]
    fn a_language_without_a_message_falls_back_to_english() {
        assert_eq!(
            in_language("xx", || t("skip-to-content")),
            t("skip-to-content")
        );
        assert_eq!(t("no-such-key"), "no-such-key");
    }
}
