//! The rules of serving files, on a site made for the test: what is built beside it does not
//! matter.

use axum::http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;

const NAME: &str = "clinics-0123456789ab.wasm";

fn site() -> &'static Site {
    static MADE: LazyLock<Site> = LazyLock::new(|| {
        let mut asset = Asset::new(NAME, Cow::Borrowed(b"plain, and longest"));
        asset.br = Some(Cow::Borrowed(b"br"));
        asset.gz = Some(Cow::Borrowed(b"gzip"));
        let mut site = Site::default();
        site.files.insert(NAME.to_owned(), asset);
        site
    });
    &MADE
}

async fn ask(method: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
    let file = async |headers: HeaderMap| site().files[NAME].answer(&headers);
    let router: Router = Router::new().route("/", get(file));
    let mut request = Request::builder().method(method);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (head, body) = answer.into_parts();
    (
        head.status,
        head.headers,
        body.collect().await.unwrap().to_bytes().to_vec(),
    )
}

#[tokio::test]
async fn a_file_is_kept_for_ever_and_told_apart_by_encoding() {
    let (status, head, body) = ask("GET", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(
        (status, body.as_slice()),
        (StatusCode::OK, b"br".as_slice())
    );
    assert_eq!(head[CONTENT_ENCODING], "br");
    assert_eq!(head[CONTENT_TYPE], "application/wasm");
    assert_eq!(head[CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(head[VARY], "accept-encoding");

    let (_, plain, body) = ask("GET", &[]).await;
    assert_eq!(body, b"plain, and longest");
    assert!(!plain.contains_key(CONTENT_ENCODING));
    assert_ne!(plain[ETAG], head[ETAG]);
}

#[tokio::test]
async fn head_answers_as_get_without_the_file() {
    let (status, head, body) = ask("HEAD", &[("accept-encoding", "gzip")]).await;
    assert_eq!((status, body.len()), (StatusCode::OK, 0));
    assert_eq!(head["content-length"], "4");
    assert_eq!(head[CONTENT_ENCODING], "gzip");
}

#[tokio::test]
async fn a_form_the_browser_holds_is_not_sent_again() {
    let (_, head, _) = ask("GET", &[("accept-encoding", "br")]).await;
    let tag = head[ETAG].to_str().unwrap();
    let weak = format!("\"other\", W/{tag}");
    for held in [tag, &weak] {
        let asked = [("accept-encoding", "br"), ("if-none-match", held)];
        let (status, head, body) = ask("GET", &asked).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(head[ETAG], tag);
    }
    let other = [("accept-encoding", "gzip"), ("if-none-match", tag)];
    assert_eq!(ask("GET", &other).await.0, StatusCode::OK);
}

#[tokio::test]
async fn nothing_outside_the_table_is_served() {
    let router: Router = routes();
    for path in [
        "/pkg/manifest.json",
        "/pkg/..%2f..%2fCargo.toml",
        "/pkg/%2fetc%2fpasswd",
        "/pkg/x.css",
    ] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router.clone().oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn a_folder_without_a_site_is_an_empty_site() {
    assert!(Site::read(Path::new("/nowhere")).files.is_empty());
}

#[test]
fn a_folder_is_read_by_its_manifest() {
    let folder = std::env::temp_dir().join(format!("clinics-assets-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("manifest.json"),
        r#"{"main.css":"main-1.css","gone.js":"gone-1.js"}"#,
    )
    .unwrap();
    std::fs::write(folder.join("main-1.css"), "a{}").unwrap();
    let site = Site::read(&folder);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(site.addresses["main.css"], "/pkg/main-1.css");
    assert_eq!(
        site.files["main-1.css"].content_type,
        "text/css; charset=utf-8"
    );
    assert_eq!(site.files["main-1.css"].br, None);
    assert!(!site.addresses.contains_key("gone.js"));
}
