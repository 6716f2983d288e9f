//! What one mail says, before it is text or HTML. Both are made from the same blocks in the same
//! order, so they cannot say different things.

use std::fmt::Write as _;
use std::sync::LazyLock;

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, Value};
use serde::Serialize;

use super::recipient::Recipient;
use super::sender::Sender;
use super::words::{MissingWords, Words};

const PAGE: &str = include_str!("letter.html");

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_formatter(escape);
    templates.add_template("letter.html", PAGE)?;
    Ok(templates)
});

/// A label and its value, such as "When" and a time.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

/// A piece of a mail.
#[derive(Debug, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// The sentence that matters most.
    Lead { text: String },
    /// A paragraph.
    Say { text: String },
    /// When, where, which.
    Facts { facts: Vec<Fact> },
    /// The one thing to press, its whole address visible.
    Link { label: String, address: String },
}

/// A whole mail.
#[derive(Debug, Serialize)]
pub struct Letter {
    pub subject: String,
    pub lang: &'static str,
    pub dir: &'static str,
    pub blocks: Vec<Block>,
}

impl Letter {
    /// A letter that greets the recipient and says one leading sentence.
    pub fn start(
        words: &Words,
        to: &Recipient,
        subject: String,
        lead: String,
    ) -> Result<Self, MissingWords> {
        let hello = if to.first_name.is_empty() {
            words.say("mail-hello-nobody")?
        } else {
            words.say_with("mail-hello", &[("name", &to.first_name)])?
        };
        Ok(Self {
            subject,
            lang: words.lang(),
            dir: words.dir(),
            blocks: vec![Block::Say { text: hello }, Block::Lead { text: lead }],
        })
    }

    /// Adds a paragraph.
    pub fn say(mut self, text: String) -> Self {
        self.blocks.push(Block::Say { text });
        self
    }

    /// Adds a list of facts.
    pub fn facts(mut self, facts: Vec<Fact>) -> Self {
        self.blocks.push(Block::Facts { facts });
        self
    }

    /// Adds the main link. A mail has one.
    pub fn link(mut self, label: String, address: &str) -> Self {
        let address = address.to_owned();
        self.blocks.push(Block::Link { label, address });
        self
    }

    /// Ends the letter: how to reach a person, and who sends it.
    pub fn end(self, words: &Words, sender: &Sender) -> Result<Self, MissingWords> {
        let telephone = ("telephone", sender.telephone.as_str());
        let hours = ("hours", sender.telephone_hours.as_str());
        let help = match (sender.replies_are_read, telephone.1, hours.1) {
            (false, "", _) => return Ok(self.signed(sender)),
            (false, _, "") => words.say_with("mail-help-phone-only", &[telephone])?,
            (false, ..) => words.say_with("mail-help-phone-only-hours", &[telephone, hours])?,
            (true, "", _) => words.say("mail-help-reply")?,
            (true, _, "") => words.say_with("mail-help-phone", &[telephone])?,
            (true, ..) => words.say_with("mail-help-phone-hours", &[telephone, hours])?,
        };
        Ok(self.say(help).signed(sender))
    }

    /// Ends the letter with the name of the service alone.
    pub fn signed(self, sender: &Sender) -> Self {
        self.say(sender.site_name.clone())
    }

    /// The plain text part. Lines are as long as their sentences: mail programs wrap them to the
    /// screen, and a wrapped web address would break.
    pub fn text(&self) -> String {
        let blocks: Vec<String> = self.blocks.iter().map(Block::text).collect();
        blocks.join("\n\n") + "\n"
    }

    /// The HTML part.
    pub fn html(&self) -> Result<String, minijinja::Error> {
        match &*TEMPLATES {
            Ok(templates) => templates
                .get_template("letter.html")?
                .render(Value::from(Serde(self))),
            Err(broken) => Err(minijinja::Error::new(broken.kind(), "letter.html")),
        }
    }
}

impl Block {
    fn text(&self) -> String {
        match self {
            Self::Lead { text } | Self::Say { text } => text.clone(),
            Self::Facts { facts } => facts
                .iter()
                .map(|fact| format!("{}: {}", fact.label, fact.value))
                .collect::<Vec<_>>()
                .join("\n"),
            Self::Link { label, address } => format!("{label}:\n{address}"),
        }
    }
}

/// Escapes as HTML needs it and no more. The library's own way also writes `/` as `&#x2f;`, which
/// hides web addresses from people and filters that read the source of a mail.
fn escape(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let text = value.to_string();
    if value.is_safe() || *state.auto_escape() != AutoEscape::Html {
        return Ok(out.write_str(&text)?);
    }
    for letter in text.chars() {
        match letter {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            _ => out.write_char(letter)?,
        }
    }
    Ok(())
}
