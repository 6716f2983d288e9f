//! The words of mails, from the Fluent catalogues.
//!
//! Promises: a word that is missing, or that lacks something it needs, is an error; a person never
//! gets a mail with a gap or an identifier in it.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

use super::wording::{OwnWords, fill};

type Catalogue = FluentBundle<FluentResource>;

/// The English catalogue, read once. `None` if it cannot be read, which a test rules out.
static ENGLISH: LazyLock<Option<Catalogue>> =
    LazyLock::new(|| catalogue("en", include_str!("../../../app/locales/en/mail.ftl")));

fn catalogue(lang: &str, source: &str) -> Option<Catalogue> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.parse().ok()?]);
    // Isolating marks are invisible characters round every argument; they break web addresses
    // that people copy, and subjects show them as boxes in old mail programs.
    bundle.set_use_isolating(false);
    bundle
        .add_resource(FluentResource::try_new(source.to_owned()).ok()?)
        .ok()?;
    Some(bundle)
}

/// A word that the catalogue does not have, or cannot make with what it was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mail catalogue cannot say `{0}`")]
pub struct MissingWords(pub String);

/// The words of one language, some of them a clinic's own.
pub struct Words {
    catalogue: Option<&'static Catalogue>,
    lang: &'static str,
    own: OwnWords,
}

impl Words {
    /// The words of `lang`, or English where there is no catalogue of that language.
    pub fn of(_lang: &str) -> Self {
        Self {
            catalogue: ENGLISH.as_ref(),
            lang: "en",
            own: OwnWords::new(),
        }
    }

    /// The same with a clinic's own words where it has some.
    pub fn with(self, own: OwnWords) -> Self {
        Self { own, ..self }
    }

    /// The language the words are truly in, for the `lang` attribute.
    pub fn lang(&self) -> &'static str {
        self.lang
    }

    /// The direction the language is written in: `ltr` or `rtl`.
    pub fn dir(&self) -> &'static str {
        match self.lang {
            "ar" | "fa" | "he" | "ps" | "ur" => "rtl",
            _ => "ltr",
        }
    }

    /// What the catalogue says under `id`.
    pub fn say(&self, id: &str) -> Result<String, MissingWords> {
        self.say_with(id, &[])
    }

    /// What the catalogue says under `id`, with values put in.
    pub fn say_with(&self, id: &str, values: &[(&str, &str)]) -> Result<String, MissingWords> {
        // A text of a clinic's own that lacks something is passed over: ours says everything.
        if let Some(text) = self.own.get(id).and_then(|text| fill(text, values)) {
            return Ok(text);
        }
        let missing = || MissingWords(id.to_owned());
        let catalogue = self.catalogue.ok_or_else(missing)?;
        let pattern = catalogue
            .get_message(id)
            .and_then(|message| message.value())
            .ok_or_else(missing)?;
        let arguments: FluentArgs<'_> = values
            .iter()
            .map(|(name, value)| (*name, fluent_bundle::FluentValue::from(*value)))
            .collect();
        let mut errors = Vec::new();
        let text = catalogue
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned();
        if errors.is_empty() {
            Ok(text)
        } else {
            Err(missing())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_missing_or_lacks_a_value_is_an_error() {
        let words = Words::of("en");
        assert_eq!(words.say("mail-hello-nobody").as_deref(), Ok("Hello,"));
        assert!(words.say("mail-no-such-words").is_err());
        assert!(words.say("mail-hello").is_err(), "needs a name");
        assert_eq!(
            words
                .say_with("mail-hello", &[("name", "Amina")])
                .as_deref(),
            Ok("Hello Amina,"),
            "and no invisible marks round the name"
        );
    }
}
