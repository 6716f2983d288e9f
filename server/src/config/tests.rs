//! Every variable with its default, each kind of wrong value with its one line, and that no secret
//! is ever printed.

use std::os::unix::fs::PermissionsExt as _;

use super::*;

type Vars = [(&'static str, &'static str)];

fn load(vars: &Vars) -> Result<Config, ConfigError> {
    load_with(vars, &[])
}

fn load_with(vars: &Vars, files: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let find = |list: &[(&str, &str)], name: &str| {
        list.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
    };
    Config::load(
        |name| find(vars, name),
        |path| {
            find(files, &path.to_string_lossy())
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
        },
    )
}

/// The one line about what is wrong.
fn line(vars: &Vars) -> String {
    let line = load(vars).unwrap_err().to_string();
    assert!(!line.contains('\n'), "{line}");
    line
}

const KEY: &str = "0f0e0d0c0b0a090807060504030201000f0e0d0c0b0a09080706050403020100";

#[test]
fn without_any_variable_everything_has_its_default() {
    let config = load(&[("LOG", ""), ("LISTEN", "  ")]).unwrap();
    assert_eq!(config.database.shown(), "sqlite:data/clinics.db");
    assert_eq!(config.listen.address.to_string(), "127.0.0.1:3000");
    assert_eq!(config.listen.metrics, None);
    assert_eq!(
        config.listen.public_url.link("/find"),
        "http://127.0.0.1:3000/find"
    );
    assert_eq!(config.secret.file(), Some(Path::new("data/clinics.db.key")));
    assert!(config.mail.smtp_url.is_none() && config.mail.dir == Path::new("data/mail"));
    assert_eq!(
        config.mail.from.to_string(),
        "Met Lab Clinics <no-reply@localhost>"
    );
    assert!(config.limits.on);
    assert_eq!(config.log.filter, "info,sqlx=warn");
    assert_eq!(config.log.format, LogFormat::Text);
    assert_eq!(config.site.name, "Met Lab Clinics");
    assert!(config.site.telephone.is_empty() && config.site.telephone_hours.is_empty());
    assert!(config.warnings().is_empty());
}

#[test]
fn every_variable_is_read() {
    let config = load(&[
        (
            "DATABASE_URL",
            "postgres://clinics:hunter2@db.example.org/clinics",
        ),
        ("SECRET_KEY", KEY),
        ("LISTEN", "0.0.0.0:8080"),
        ("METRICS_LISTEN", "localhost:9090"),
        ("PUBLIC_URL", "https://Clinics.Example.org/"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
        (
            "SMTP_URL",
            "smtp://me:pa55@mail.example.org:587?tls=required",
        ),
        ("MAIL_FROM", "Clinics <clinics@example.org>"),
        ("MAIL_DIR", "/tmp/mail"),
        ("RATE_LIMITS", "on"),
        ("LOG", "warn,clinics=debug"),
        ("LOG_FORMAT", "json"),
        ("SITE_NAME", "Our Clinics"),
        ("TELEPHONE", "020 7946 0000"),
        ("TELEPHONE_HOURS", "Monday to Friday, 10am to 4pm"),
    ])
    .unwrap();
    assert_eq!(
        config.listen.public_url.origin(),
        "https://clinics.example.org"
    );
    assert!(config.listen.public_url.is_https());
    assert_eq!(config.listen.metrics.unwrap().port(), 9090);
    assert_eq!(
        config.mail.from.to_string(),
        "Clinics <clinics@example.org>"
    );
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.site.telephone, "020 7946 0000");
    assert!(config.warnings().is_empty());
}

#[test]
fn the_environment_wins_over_the_file() {
    let file = "listen = \"127.0.0.1:4000\"\nlog_format = \"json\"\ntrusted_proxies = [\"10.0.0.1\"]\n\
                secret_key_file = \"key\"\nrate_limits = false\n";
    let config = load_with(
        &[("CLINICS_CONFIG", "c.toml"), ("LISTEN", "127.0.0.1:5000")],
        &[("c.toml", file), ("key", KEY)],
    )
    .unwrap();
    assert_eq!(config.listen.address.port(), 5000);
    assert_eq!(config.log.format, LogFormat::Json);
    assert!(config.listen.proxies.trusts("10.0.0.1".parse().unwrap()));
    assert!(!config.limits.on);
    assert_eq!(config.secret.file(), None);
}

#[test]
fn a_misspelt_or_broken_file_is_told_with_its_line_and_without_its_content() {
    let broken = "listen = \"127.0.0.1:4000\"\nsecret_key = \"hunter2hunter2\n";
    let error = |files: &[(&str, &str)]| {
        load_with(&[("CLINICS_CONFIG", "c.toml")], files)
            .unwrap_err()
            .to_string()
    };
    let message = error(&[("c.toml", broken)]);
    assert!(
        message.starts_with(
            "CLINICS_CONFIG: \"c.toml\" is not right, expected a TOML file, but line 2"
        ),
        "{message}"
    );
    assert!(
        !message.contains("hunter2") && !message.contains('\n'),
        "{message}"
    );
    assert!(error(&[("c.toml", "listne = \"x\"")]).contains("\"listne\""));
    assert!(error(&[("c.toml", "LISTEN = \"127.0.0.1:1\"")]).contains("\"LISTEN\""));
    assert!(error(&[]).contains("a file to read"));
}

#[test]
fn a_secret_can_be_read_from_a_file_but_not_from_two_places() {
    let config = load_with(
        &[
            ("SECRET_KEY_FILE", "/run/key"),
            ("DATABASE_URL_FILE", "/run/db"),
        ],
        &[
            ("/run/key", &format!("{KEY}\n")),
            ("/run/db", "postgres://u:hunter2@h/d\n"),
        ],
    )
    .unwrap();
    assert_eq!(config.database.shown(), "postgres://u:***@h/d");
    let both = load_with(
        &[("SECRET_KEY_FILE", "k"), ("SECRET_KEY", KEY)],
        &[("k", KEY)],
    );
    assert_eq!(
        both.unwrap_err().to_string(),
        "SECRET_KEY_FILE: SECRET_KEY is set too, expected one of the two"
    );
    assert!(load_with(&[("SECRET_KEY_FILE", "k")], &[("k", " \n")]).is_err());
    assert!(line(&[("SMTP_URL_FILE", "gone")]).starts_with("SMTP_URL_FILE: \"gone\""));
}

#[test]
fn a_wrong_value_is_one_line_with_the_variable_the_value_and_what_was_expected() {
    for (variable, value) in [
        ("LISTEN", "3000"),
        ("LISTEN", "clinics.example.org:80"),
        ("METRICS_LISTEN", "yes"),
        ("PUBLIC_URL", "clinics.example.org"),
        ("PUBLIC_URL", "ftp://clinics.example.org"),
        ("PUBLIC_URL", "https://clinics.example.org/path"),
        ("TRUSTED_PROXIES", "10.0.0.0/33"),
        ("MAIL_FROM", "nobody"),
        ("RATE_LIMITS", "maybe"),
        ("LOG", "clinics=loudly"),
        ("LOG_FORMAT", "xml"),
        ("DRAIN_DELAY", "61"),
        ("DRAIN_DELAY", "soon"),
        ("SITE_NAME", "two\nlines"),
        ("TELEPHONE", "ring us"),
        ("DATABASE_URL", "sqlite::memory:"),
        ("DATABASE_URL", "sqlite:data/c.db?mode=ro"),
    ] {
        let line = line(&[(variable, value)]);
        assert!(
            line.starts_with(&format!("{variable}: {value:?} is not right, expected ")),
            "{line}"
        );
    }
    assert!(line(&[("DATABASE_URL", "mysql://h/d")]).contains("mysql://h/d"));
}

#[test]
fn no_secret_is_ever_printed() {
    for vars in [
        [("DATABASE_URL", "mysql://me:hunter2@h/d")],
        [("DATABASE_URL", "postgres://me:hunter2@h")],
        [("DATABASE_URL", "postgres:me:hunter2")],
        [("DATABASE_URL", "hunter2")],
        [("SECRET_KEY", "hunter2")],
        [("SMTP_URL", "http://me:hunter2@mail")],
        [("SMTP_URL", "smtp://me:hunter2@mail?tls=perhaps")],
        [("SMTP_URL", "smtp://mail?password=hunter2")],
        [("SMTP_URL", "me:hunter2@mail")],
        [("PUBLIC_URL", "https://me:hunter2@mail")],
    ] {
        let line = line(&vars);
        assert!(!line.contains("hunter2"), "{line}");
        assert!(line.contains(vars[0].0), "{line}");
    }
    let config = load(&[
        ("DATABASE_URL", "postgres://me:hunter2@h/d?password=hunter2"),
        ("SMTP_URL", "smtp://me:hunter2@mail"),
        ("SECRET_KEY", KEY),
    ])
    .unwrap();
    let printed = format!("{config:?} {config:#?} {}", config.database.shown());
    assert!(
        !printed.contains("hunter2") && !printed.contains("0f0e"),
        "{printed}"
    );
}

#[test]
fn postgres_needs_a_secret_key() {
    let line = line(&[("DATABASE_URL", "postgres://h/d")]);
    assert!(line.starts_with("SECRET_KEY: not set, expected "), "{line}");
}

#[test]
fn rate_limits_are_off_on_loopback_only() {
    assert!(!load(&[("RATE_LIMITS", "off")]).unwrap().limits.on);
    assert!(
        !load(&[("RATE_LIMITS", "off"), ("LISTEN", "[::1]:3000")])
            .unwrap()
            .limits
            .on
    );
    let line = line(&[("RATE_LIMITS", "off"), ("LISTEN", "0.0.0.0:3000")]);
    assert!(
        line.starts_with("RATE_LIMITS: \"off\" is not right") && line.contains("0.0.0.0:3000"),
        "{line}"
    );
}

#[test]
fn a_public_address_that_was_not_given_is_warned_about() {
    let config = load(&[("LISTEN", "0.0.0.0:3000")]).unwrap();
    assert_eq!(config.listen.public_url.origin(), "http://localhost:3000");
    assert_eq!(config.warnings().len(), 1);
    assert_eq!(
        config.listen.public_url.at_port(81).link("/"),
        "http://localhost:81/"
    );
    let six = load(&[("LISTEN", "[::1]:3000")]).unwrap();
    assert_eq!(six.listen.public_url.origin(), "http://[::1]:3000");
}

#[test]
fn settings_that_work_and_are_hardly_meant_are_warned_about() {
    let warned = |vars: &Vars, word: &str| {
        let warnings = load(vars).unwrap().warnings();
        warnings.iter().any(|line| line.starts_with(word))
    };
    let open = ("LISTEN", "0.0.0.0:3000");
    assert!(warned(
        &[open, ("PUBLIC_URL", "http://c.example.org")],
        "PUBLIC_URL is http:"
    ));
    assert!(!warned(
        &[("PUBLIC_URL", "http://c.example.org")],
        "PUBLIC_URL"
    ));
    let https = ("PUBLIC_URL", "https://c.example.org");
    assert!(warned(&[https], "TRUSTED_PROXIES"));
    assert!(!warned(
        &[https, ("TRUSTED_PROXIES", "127.0.0.1")],
        "TRUSTED_PROXIES"
    ));
    assert!(warned(
        &[("METRICS_LISTEN", "0.0.0.0:9100")],
        "METRICS_LISTEN"
    ));
    assert!(!warned(
        &[("METRICS_LISTEN", "10.0.0.1:9100")],
        "METRICS_LISTEN"
    ));
}

#[test]
fn only_a_trusted_proxy_speaks_for_the_client() {
    let config = load(&[("TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1")]).unwrap();
    let client = |peer: &str, forwarded: &[&str]| {
        let peer = peer.parse().unwrap();
        config
            .listen
            .proxies
            .client(peer, forwarded.iter().copied())
            .to_string()
    };
    assert_eq!(client("198.51.100.7", &["203.0.113.9"]), "198.51.100.7");
    assert_eq!(client("10.1.2.3", &["203.0.113.9"]), "203.0.113.9");
    assert_eq!(
        client("::ffff:10.1.2.3", &["203.0.113.9:5555"]),
        "203.0.113.9"
    );
    // What the client wrote in front does not count; a second proxy of ours is skipped.
    assert_eq!(
        client("10.1.2.3", &["6.6.6.6, 203.0.113.9", "10.9.9.9"]),
        "203.0.113.9"
    );
    assert_eq!(client("10.1.2.3", &["[2001:db8::1]:443"]), "2001:db8::1");
    assert_eq!(client("10.1.2.3", &["unknown"]), "10.1.2.3");
    assert_eq!(client("10.1.2.3", &[]), "10.1.2.3");
}

#[test]
fn the_key_is_made_once_beside_the_database_and_readable_by_its_owner_only() {
    let folder = std::env::temp_dir().join(format!("clinics-key-{}", std::process::id()));
    let database = format!("sqlite:{}/deep/c.db", folder.display());
    let config = Config::load(
        |name| (name == "DATABASE_URL").then(|| database.clone()),
        |_| Err(io::Error::from(io::ErrorKind::NotFound)),
    )
    .unwrap();
    // Eight processes that start at once agree on one key.
    let keys: Vec<_> = std::thread::scope(|scope| {
        let start = |i| {
            let secret = &config.secret;
            scope.spawn(move || secret.key([i; 32]).unwrap())
        };
        let threads: Vec<_> = (0..8).map(start).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(keys.iter().all(|key| *key == keys[0]));
    assert_eq!(config.secret.key([99; 32]).unwrap(), keys[0]);
    let path = config.secret.file().unwrap();
    let mode = std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        std::fs::read_dir(path.parent().unwrap()).unwrap().count(),
        1
    );
    std::fs::write(path, "short").unwrap();
    let error = config.secret.key([1; 32]).unwrap_err().to_string();
    assert!(
        error.starts_with("SECRET_KEY: the file ") && !error.contains("short"),
        "{error}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What the table says of each default is what holds without the variable.
#[test]
fn the_reference_tells_the_defaults_that_hold() {
    let said = |name: &str| {
        variables()
            .find(|variable| variable.name == name)
            .map(|variable| variable.default)
            .unwrap()
    };
    let config = load(&[]).unwrap();
    assert_eq!(said("DATABASE_URL"), config.database.shown());
    assert_eq!(said("LISTEN"), config.listen.address.to_string());
    assert_eq!(said("MAIL_DIR"), config.mail.dir.display().to_string());
    assert_eq!(said("LOG"), config.log.filter);
    assert_eq!(said("SITE_NAME"), config.site.name);
    assert_eq!((said("LOG_FORMAT"), said("RATE_LIMITS")), ("text", "on"));
    assert_eq!(said("DRAIN_DELAY"), "(0 with SQLite, 5 with PostgreSQL)");
    assert_eq!(config.drain.delay.as_secs(), 0);
    let postgres = [("DATABASE_URL", "postgres://h/d"), ("SECRET_KEY", KEY)];
    assert_eq!(load(&postgres).unwrap().drain.delay.as_secs(), 5);
    let asked = [("DRAIN_DELAY", "60")];
    assert_eq!(load(&asked).unwrap().drain.delay.as_secs(), 60);
}

#[test]
fn every_variable_is_described_once_and_read_somewhere() {
    let mut names: Vec<_> = variables().map(|variable| variable.name).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/config");
    let sources: String = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.ends_with("tests.rs") != path.is_file())
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    for variable in variables() {
        let quoted = format!("\"{}\"", variable.name);
        // Once where it is described and once where it is read.
        assert!(
            sources.matches(&quoted).count() >= 2,
            "{quoted} is described and not read"
        );
        for text in [variable.default, variable.meaning, variable.accepted] {
            assert!(!text.is_empty() && !text.contains('\n'), "{quoted}");
        }
    }
}

#[test]
fn the_readme_has_the_table_that_the_program_prints() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    assert!(
        readme.contains(&table()),
        "the table of variables in README.md is not the one of `clinics config --markdown`:\n{}",
        table()
    );
}
