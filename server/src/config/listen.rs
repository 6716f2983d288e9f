//! Where to listen, and under which address people come: `LISTEN`, `PUBLIC_URL`, `TRUSTED_PROXIES`,
//! `METRICS_LISTEN`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use url::Url;

use super::error::ConfigError;
use super::source::Source;
use super::variable::Variable;

/// What can be set here.
pub(super) const VARIABLES: [Variable; 4] = [
    Variable::new(
        "LISTEN",
        "127.0.0.1:3000",
        "Where pages and API listen",
        "An address and a port",
    ),
    Variable::new(
        "PUBLIC_URL",
        "(from `LISTEN`)",
        "The address that people use: links in mail are made from it, never from `Host`",
        "`http://` or `https://` with a host and nothing after it",
    ),
    Variable::new(
        "TRUSTED_PROXIES",
        "(none)",
        "Whose `X-Forwarded-For` is believed",
        "Addresses or networks with commas between",
    ),
    Variable::new(
        "METRICS_LISTEN",
        "(not at all)",
        "Where `/metrics` listens; each process needs its own",
        "An address and a port that the world cannot reach",
    ),
];

const DEFAULT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
const EXPECTED: &str = "an address and a port, such as 127.0.0.1:3000 or [::1]:3000";

/// Where to listen.
#[derive(Debug, Clone)]
pub struct Listen {
    /// Pages and API.
    pub address: SocketAddr,
    /// `/metrics`, on its own; `None` for not at all.
    pub metrics: Option<SocketAddr>,
    /// The address people use.
    pub public_url: PublicUrl,
    /// Who may say on whose behalf a request comes.
    pub proxies: Proxies,
    public_url_given: bool,
}

impl Listen {
    pub(super) fn read(source: &Source<'_>) -> Result<Self, ConfigError> {
        let address = socket("LISTEN", source)?.unwrap_or(DEFAULT);
        let given = source.get("PUBLIC_URL")?;
        Ok(Self {
            address,
            metrics: socket("METRICS_LISTEN", source)?,
            public_url_given: given.is_some(),
            public_url: match given {
                Some(text) => PublicUrl::parse(&text)?,
                None => PublicUrl::of(address),
            },
            proxies: Proxies::parse(&source.get("TRUSTED_PROXIES")?.unwrap_or_default())?,
        })
    }

    /// Whether only this machine can reach us.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.address.ip().is_loopback()
    }

    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if !self.public_url_given && !self.is_loopback() {
            warnings.push(format!(
                "PUBLIC_URL is not set: links in mail will start with {}",
                self.public_url.origin()
            ));
        }
        if self.public_url_given && !self.public_url.is_https() && !self.is_loopback() {
            warnings.push(
                "PUBLIC_URL is http: whoever is on the way can read names and take over sessions"
                    .to_owned(),
            );
        }
        if self.public_url.is_https() && self.proxies == Proxies::default() {
            warnings.push(
                "TRUSTED_PROXIES is not set: behind a proxy every client has its address, and they share one limit"
                    .to_owned(),
            );
        }
        if let Some(metrics) = self.metrics.filter(|at| at.ip().is_unspecified()) {
            warnings.push(format!(
                "METRICS_LISTEN is {metrics}: whoever can reach this machine can read how busy the clinics are"
            ));
        }
        warnings
    }
}

fn socket(variable: &str, source: &Source<'_>) -> Result<Option<SocketAddr>, ConfigError> {
    let Some(text) = source.get(variable)? else {
        return Ok(None);
    };
    // The one name that needs no look-up.
    let numeric = text.replacen("localhost:", "127.0.0.1:", 1);
    numeric
        .parse()
        .map(Some)
        .map_err(|_| ConfigError::wrong(variable, &text, EXPECTED))
}

/// The address people use. Links in mail are made from it, never from a request's `Host`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    https: bool,
}

impl PublicUrl {
    fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrong = || {
            let expected = "http:// or https:// with a host and nothing after it, such as https://clinics.example.org";
            ConfigError::new(
                "PUBLIC_URL",
                format!("{} is not right", redacted(text)),
                expected,
            )
        };
        let url = Url::parse(text).map_err(|_| wrong())?;
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        match url.host_str() {
            Some(host) if bare && matches!(url.scheme(), "http" | "https") => Ok(Self {
                origin: url.origin().ascii_serialization(),
                host: host.to_owned(),
                https: url.scheme() == "https",
            }),
            _ => Err(wrong()),
        }
    }

    fn of(address: SocketAddr) -> Self {
        let host = match address.ip() {
            ip if ip.is_unspecified() => "localhost".to_owned(),
            IpAddr::V6(ip) => format!("[{ip}]"),
            IpAddr::V4(ip) => ip.to_string(),
        };
        let origin = match address.port() {
            80 => format!("http://{host}"),
            port => format!("http://{host}:{port}"),
        };
        Self {
            origin,
            host,
            https: false,
        }
    }

    /// The same address with another port: for a listener that asked for port 0.
    #[must_use]
    pub fn at_port(&self, port: u16) -> Self {
        let scheme = if self.https { "https" } else { "http" };
        Self {
            origin: format!("{scheme}://{}:{port}", self.host),
            ..self.clone()
        }
    }

    /// Scheme, host and port, as a browser writes `Origin`: no slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host alone, as it stands in a `Message-ID`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether people come by https, so that cookies and HSTS can insist on it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// The full address of a path that starts with `/`.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn redacted(text: &str) -> String {
    if text.contains('@') {
        super::redact_url(text)
    } else {
        format!("{text:?}")
    }
}

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Network>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    bits: u8,
}

impl Proxies {
    fn parse(text: &str) -> Result<Self, ConfigError> {
        let wrong = |item: &str| {
            let expected =
                "addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8";
            ConfigError::wrong("TRUSTED_PROXIES", item, expected)
        };
        text.split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(|item| Network::parse(item).ok_or_else(|| wrong(item)))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether requests from `address` may speak for others.
    #[must_use]
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0
            .iter()
            .any(|network| network.contains(address.to_canonical()))
    }

    /// The client's own address: the peer's, unless the peer is a trusted proxy; then the last
    /// address in `forwarded` (the values of `X-Forwarded-For` in order) that is not one. What a
    /// client writes in front of that is ignored.
    #[must_use]
    pub fn client<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        let hops: Vec<&str> = forwarded
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        let mut client = peer.to_canonical();
        for hop in hops.into_iter().rev() {
            if !self.trusts(client) {
                break;
            }
            match parse_hop(hop) {
                Some(address) => client = address.to_canonical(),
                None => break,
            }
        }
        client
    }
}

/// An address, perhaps with a port, as some proxies write it.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    hop.parse()
        .ok()
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
        .or_else(|| hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok())
}

impl Network {
    fn parse(item: &str) -> Option<Self> {
        let (address, bits) = match item.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (item, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= most)?,
            None => most,
        };
        Some(Self { address, bits })
    }

    fn contains(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let differ = u32::from(a) ^ u32::from(b);
                differ.leading_zeros() >= u32::from(self.bits)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let differ = u128::from(a) ^ u128::from(b);
                differ.leading_zeros() >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}
