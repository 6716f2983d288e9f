//! What stands in the fields of a form: names with values, in order.

/// The fields of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// These pairs.
    #[must_use]
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of a field without spaces round it; empty if it was not sent.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default().trim()
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// The rest of each name that begins so, with its first value.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let names = self
            .0
            .iter()
            .filter_map(move |(name, _)| name.strip_prefix(start));
        let names: std::collections::BTreeSet<&str> = names.collect();
        names
            .into_iter()
            .map(move |rest| (rest, self.first(&format!("{start}{rest}"))))
    }

    /// Adds a value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Adds several values of one name.
    #[must_use]
    pub fn with_all<T: Into<String>>(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        let pairs = values
            .into_iter()
            .map(|value| (name.to_owned(), value.into()));
        self.0.extend(pairs);
        self
    }

    /// Everything but these names, to send again.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_str()))
            .cloned()
            .collect()
    }
}
